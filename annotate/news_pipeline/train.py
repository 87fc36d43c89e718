"""Builds the pipeline's weights: `python -m annotate.news_pipeline.train --out DIR [--open-data DIR] [--seed N]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from spacy.language import Language

from annotate.news_pipeline import AFTERWARDS, load_rules
from annotate.news_pipeline.evaluate import THREE_CLASSES
from annotate.news_pipeline.gold import GoldError, read_gold
from annotate.news_pipeline.labeller import WEIGHTS, Labeller, shipped, unpack
from annotate.news_pipeline.network import Network, Shape, first_weights
from annotate.news_pipeline.scores import Scores
from annotate.news_pipeline.training import calibrate, corpus, knowledge, teacher_labels
from annotate.news_pipeline.training.augment import Names, vary
from annotate.news_pipeline.training.examples import Example, examples, open_examples
from annotate.news_pipeline.training.trainer import Item, Settings, f1, items, train

Tell = Callable[[str], None]


def build(
    out: Path,
    settings: Settings,
    tell: Tell,
    *,
    folder: Path = corpus.FOLDER,
    open_data: Path | None = None,
    taught: Path | None = None,
    like: Network | None = None,
    go_on: bool = False,
) -> None:
    """Train on a folder's batches, and on openly licensed gold if given, and write the weights into `out`.

    The sizes and the table of word pieces are those of `like`, the shipped network unless another is given; to `go_on`
    starts from its weights instead of random ones.

    Raises:
        GoldError: a batch cannot be read.
        OSError: the open data cannot be read, or the weights not written.
    """
    like = like or shipped()
    rules = load_rules()
    written = examples(rules, corpus.articles("train", folder), "written")
    gold, choose = open_examples(rules, open_data) if open_data else ([], [])
    names = gather(rules, folder)
    told = teacher_labels.items(rules, open_data, taught) if open_data and taught else []
    tell(f"{len(written)} articles, {len(gold)} texts of open gold, {len(told)} texts labelled by the teacher")
    chosen = items(rules, choose or examples(rules, corpus.articles("dev", folder), "written"))
    weights = first_weights(like.shape, settings.seed)
    if go_on:
        weights = {name: value.copy() for name, value in like.weights.items()}
    network = Network(like.shape, weights, like.pieces, like.piece_table)
    trained = train(
        network,
        lambda epoch: _epoch(rules, [*written, *gold], told, names, Random(1000 * settings.seed + epoch)),
        lambda candidate: f1(candidate, chosen, THREE_CLASSES if choose else None),
        settings,
        tell,
    )
    out.mkdir(parents=True, exist_ok=True)
    Labeller([], True, trained).to_disk(out)
    nlp = with_network(rules, trained)
    fitted = calibrate.fit(*calibrate.evidence(nlp, corpus.articles("dev", folder)))
    Scores(fitted).to_disk(out)
    tell(f"written to {out}")


def gather(rules: Language, folder: Path) -> Names:
    """The names of the training batches, by region."""
    names = Names()
    for path in corpus.batches("train", folder):
        names.gather(path.stem.split("-")[0], examples(rules, read_gold(path), "written"))
    return names


def with_network(rules: Language, network: Network) -> Language:
    """The rules' pipeline with all that comes after, around a network."""
    for name, factory in AFTERWARDS.items():
        component = rules.add_pipe(factory, name=name)
        if isinstance(component, Labeller):
            component.network = network
    return rules


def _epoch(rules: Language, gold: Sequence[Example], told: list[Item], names: Names, random: Random) -> list[Item]:
    """An epoch's texts: the gold, varied afresh, and a part of what the teacher labelled."""
    some = random.sample(told, int(len(told) * teacher_labels.SHARE))
    return [*items(rules, [vary(one, names, random) for one in gold]), *some]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m annotate.news_pipeline.train", description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS.parent, metavar="DIR", help="where the weights go")
    parser.add_argument("--open-data", type=Path, metavar="DIR", help="folder of openly licensed gold, JSONL")
    parser.add_argument("--taught", type=Path, metavar="FILE", help="what a teacher said of the open data's plain text")
    parser.add_argument("--knowledge", type=Path, metavar="FILE", help="another table of word pieces, as .npz")
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER, metavar="DIR", help="the batches")
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="FILE", help="go on from these weights (network.npz)"
    )
    parser.add_argument("--rate", type=float, default=Settings().rate, help="the learning rate to begin with")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--seed", type=int, default=Settings().seed)
    options = parser.parse_args(arguments)
    if options.taught and not options.open_data:
        parser.error("--taught needs --open-data")
    if options.start and options.knowledge:
        parser.error("--from and --knowledge exclude each other")
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - started:7.0f} s  {line}", flush=True)

    try:
        build(
            options.out,
            Settings(epochs=options.epochs, rate=options.rate, seed=options.seed),
            tell,
            folder=options.corpus,
            open_data=options.open_data,
            taught=options.taught,
            like=_like(options.start, options.knowledge),
            go_on=options.start is not None,
        )
    except (GoldError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _like(start: Path | None, table: Path | None) -> Network | None:
    if start is not None:
        return unpack(start.read_bytes())
    return knowing(table) if table is not None else None


def knowing(path: Path) -> Network:
    """An untrained network of the shipped sizes around another table of word pieces.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no table of pieces.
    """
    pieces, table = knowledge.load(path)
    shape = Shape(piece_width=table.shape[1])
    return Network(shape, first_weights(shape, 0), pieces, table)


if __name__ == "__main__":
    sys.exit(main())
