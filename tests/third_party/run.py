"""Have other people's tools read what Manicule writes, and read what they write: `make third-party`.

    python tests/third_party/run.py [--fast] [--environments DIR] [CHECK ...]

Each check runs in an environment of its own, which is made once, with what `checks/NAME.txt` names.
`--fast` runs those that need nothing beyond the `dev` extra, here. The exit code is 1 where a check fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

from corpus import as_held, corpus, scheme  # noqa: E402

from annotate.offsets import Offsets  # noqa: E402
from store.formats import find_format  # noqa: E402
from store.formats.model import GoldArticle, ReadOptions, WriteOptions  # noqa: E402

Fact = tuple[str, int, int, str, str]
"""(article, start, end, label, surface), in code points."""


@dataclass(frozen=True, slots=True)
class Check:
    """Another tool's check.

    Attributes:
        name: of its script and its requirements, in `checks/`.
        formats: the formats that it reads.
        fast: whether it is quick, and the `dev` extra has all that it needs.
        here: whether it needs nothing but what Manicule itself does.
        back: the formats in which it leaves files of its own making, for us to read.
    """

    name: str
    formats: tuple[str, ...]
    fast: bool = False
    here: bool = False
    back: tuple[str, ...] = ()


CHECKS = (
    Check("iobes_tags", ("conllu", "iob2", "bioes"), fast=True),
    Check("conllu_parser", ("conllu",), fast=True, back=("conllu",)),
    Check("cassis_cas", ("cas-json", "cas-xmi"), fast=True, back=("cas-json", "cas-xmi")),
    Check("spacy_cli", ("spacy",), here=True, back=("spacy",)),
    Check("spacy_convert", ("conll2003", "iob2", "prodigy"), here=True),
    Check("gatenlp_bdoc", ("bdoc",), back=("bdoc",)),
    Check("w3c_model", ("w3c",), back=("w3c",)),
    Check("html5_page", ("html",)),
    Check("lxml_tei", ("tei",)),
    Check("ud_validate", ("conllu",)),
    Check("pandas_tables", ("csv", "tsv"), back=("csv", "tsv")),
    Check("brat_parser", ("brat",), back=("brat",)),
    Check("nltk_corpus", ("conll2003",)),
    Check("scores", ("iob2", "prodigy")),
    Check("studio_interface", ("label-studio",)),
    Check("hf_datasets", ("huggingface", "huggingface-parquet"), back=("huggingface", "huggingface-parquet")),
    Check("gliner_processor", ("gliner",)),
    Check("doccano_server", ("doccano",), back=("doccano",)),
    Check("studio_server", ("label-studio",), back=("label-studio",)),
)
"""All checks, the quick ones first."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks that are asked for, and say what each proved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--environments", type=Path, default=ROOT / ".third-party")
    parser.add_argument("checks", nargs="*", choices=[*(one.name for one in CHECKS), []])
    asked = parser.parse_args(arguments)
    failed = 0
    for check in CHECKS:
        if (not asked.checks or check.name in asked.checks) and (check.fast or not asked.fast):
            began = time.monotonic()
            python = sys.executable if check.fast or check.here else environment(check, asked.environments)
            problem, proved = run(check, python)
            failed += bool(problem)
            took = time.monotonic() - began
            print(f"{'FAILED' if problem else 'ok    '}  {check.name} ({took:.0f} s): {problem or proved}", flush=True)
    return 1 if failed else 0


def environment(check: Check, folder: Path) -> str:
    """The interpreter of the check's own environment, which is made where it is not there yet."""
    place = folder / check.name
    python = place / "bin" / "python"
    done = place / "installed"
    wanted = (HERE / "checks" / f"{check.name}.txt").read_text("utf-8")
    if not done.is_file() or done.read_text("utf-8") != wanted:
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        requirements = str(HERE / "checks" / f"{check.name}.txt")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        done.write_text(wanted, "utf-8")
    return str(python)


def run(check: Check, python: str) -> tuple[str, str]:
    """What is wrong, or "", and what was proved."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = {form: export(form, folder) for form in check.formats}
        (folder / "expected.json").write_text(json.dumps(expected), "utf-8")
        (folder / "articles.json").write_text(json.dumps({one.id: one.text for one in corpus()}), "utf-8")
        script = str(HERE / "checks" / f"{check.name}.py")
        quiet = {"PYTHONPATH": str(HERE / "checks"), "PYTHONWARNINGS": "ignore", "HF_HUB_OFFLINE": "1"}
        ran = subprocess.run([python, script], cwd=folder, env=os.environ | quiet, capture_output=True, text=True)
        if ran.returncode:
            return (ran.stderr or ran.stdout).strip()[-3000:] or f"exit code {ran.returncode}", ""
        proved = ran.stdout.strip().rpartition("\n")[2]
        problems = [problem for form in check.back if (problem := read_back(form, folder, expected[form]))]
    back = f"; its own {', '.join(check.back)} came in with every span" if check.back else ""
    return "; ".join(problems), proved + back


def export(name: str, folder: Path) -> list[Fact]:
    """Write the corpus in a format to `ours/NAME`; what it holds."""
    form = find_format(name)
    assert form.write is not None
    options = WriteOptions(scheme(overlap=form.can.nesting and name != "spacy"), title="Corpus")
    held = as_held(form, options)
    out = folder / "ours" / (name + form.suffix)
    out.parent.mkdir(exist_ok=True)
    if form.is_folder:
        out.mkdir()
    form.write(out, held, options)
    return sorted(facts(held))


def facts(articles: Iterable[GoldArticle]) -> set[Fact]:
    """What the spans say."""
    return {(a.id, s.start, s.end, s.label, a.text[s.start : s.end]) for a in articles for s in a.spans}


def read_back(name: str, folder: Path, expected: list[Fact]) -> str:
    """What is wrong with what the tool wrote to `theirs/NAME`, when we read it; "" for nothing."""
    form = find_format(name)
    assert form.read is not None
    texts = {one.id: one.text for one in corpus()}
    found: set[Fact] = set()
    for read in form.read(folder / "theirs" / (name + form.suffix), ReadOptions()):
        article = read.article
        text = article.text or texts[article.id]
        offsets = Offsets(text, read.unit)
        for span in article.spans:
            start, end = offsets.to_codepoint(span.start), offsets.to_codepoint(span.end)
            found.add((article.id, start, end, span.label, text[start:end]))
    missing, more = set(expected) - found, found - set(expected)
    return (
        f"{name}: of its own files, missing {sorted(missing)}, not expected {sorted(more)}" if missing or more else ""
    )


if __name__ == "__main__":
    raise SystemExit(main())
