import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from annotate.errors import PipelineError
from annotate.extraction import SpacyPipeline, blank, load_spacy, suggest
from annotate.extractor import Engine, extract, open_extractor
from annotate.missing_packages import install_command
from annotate.outcomes import BATCH_ARTICLES, Pipeline, batches
from annotate.suggestions import Source

ROOT = Path(__file__).parents[2]


def _ruler(*patterns: tuple[str, str], name: str = "towns", **config: object) -> Language:
    nlp = spacy.blank("en", meta={"name": name, "version": "1.2"})
    ruler = nlp.add_pipe("span_ruler", config=config) if config else nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": pattern} for pattern, label in patterns])
    return nlp


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pipelines") / "towns"
    _ruler(("Lima", "GPE"), ("Ada Lovelace", "PERSON")).to_disk(path)
    return path


def _found(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    return [(text[one.span.start : one.span.end], one.span.label) for one in suggest(pipeline, text)]


# Loading


def test_importing_the_modules_imports_nothing_heavy():
    modules = "annotate.extraction, annotate.extractor, annotate.worker_processes, annotate.transformer_pipeline"
    code = f"import sys, {modules}; print({{'spacy', 'transformers', 'torch', 'distributed'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "set()\n"


def test_the_built_in_pipeline_is_a_source_of_that_name():
    pipeline = load_spacy("manicule_news")
    assert pipeline.source.name == "manicule_news"
    assert pipeline.source.version
    assert len(pipeline.source.fingerprint) == 64
    assert suggest(pipeline, "They paid $3 million on Friday.")


def test_a_folder_is_loaded_and_named_by_language_and_name(folder: Path):
    pipeline = load_spacy(str(folder))
    assert (pipeline.source.name, pipeline.source.version) == ("en_towns", "1.2")
    assert _found(pipeline, "Ada Lovelace in Lima") == [("Ada Lovelace", "PERSON"), ("Lima", "GPE")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pipeline", "model-best"),
        ("../evil/é x", "en_..-evil-é-x"),
        ("x" * 76 + ".y", "en_" + "x" * 76),
    ],
)
def test_a_source_is_never_a_path_and_an_unnamed_one_is_called_like_its_folder(tmp_path, name, expected):
    path = tmp_path / "model-best"
    _ruler(("Lima", "GPE"), name="plain").to_disk(path)
    meta = json.loads((path / "meta.json").read_text())
    (path / "meta.json").write_text(json.dumps({**meta, "name": name}))
    assert load_spacy(str(path)).source.name == expected


def test_an_installed_package_is_loaded_by_its_name(tmp_path, monkeypatch):
    package = tmp_path / "en_packed_towns"
    package.mkdir()
    _ruler(("Lima", "GPE"), name="packed_towns").to_disk(package / "en_packed_towns-1.2")
    meta = (package / "en_packed_towns-1.2" / "meta.json").read_text()
    (package / "meta.json").write_text(meta)
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n"
    )
    information = tmp_path / "en_packed_towns-1.2.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: en_packed_towns\nVersion: 1.2\n")
    monkeypatch.syspath_prepend(tmp_path)
    pipeline = load_spacy("en_packed_towns")
    assert pipeline.source.name == "en_packed_towns"
    assert _found(pipeline, "to Lima") == [("Lima", "GPE")]


def test_an_unknown_pipeline_says_how_to_install_it():
    with pytest.raises(PipelineError) as caught:
        load_spacy("en_core_web_sm_of_nowhere")
    assert caught.value.message == (
        "no pipeline 'en_core_web_sm_of_nowhere': it is neither an installed package nor a folder; "
        f"the command that installs it beside Manicule: {install_command(['en_core_web_sm_of_nowhere'])}"
    )


def _broken_folders(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / name for name in ("empty", "old", "garbled", "list")}
    for path in made.values():
        path.mkdir()
    (made["old"] / "meta.json").write_text(
        '{"lang": "en", "name": "old", "version": "2.3.1", "spacy_version": ">=2.3.0,<2.4.0"}'
    )
    (made["garbled"] / "meta.json").write_text("{")
    (made["list"] / "meta.json").write_text("[]")
    return made


@pytest.mark.parametrize("name", ["empty", "old", "garbled", "list"])
def test_a_folder_that_cannot_be_loaded_is_one_clear_line(tmp_path, name):
    path = _broken_folders(tmp_path)[name]
    with pytest.raises(PipelineError) as caught:
        load_spacy(str(path))
    assert caught.value.message.startswith(f"pipeline {str(path)!r} cannot be loaded: ")
    assert "\n" not in caught.value.message
    expected = {"empty": "no meta.json", "old": "made for spaCy >=2.3.0,<2.4.0 and this is spaCy"}
    assert expected.get(name, "") in caught.value.message


@pytest.mark.parametrize("name", ["", "pytest", "pluggy"])
def test_what_is_no_pipeline_is_refused_in_one_line(name):
    with pytest.raises(PipelineError) as caught:
        load_spacy(name)
    assert "\n" not in caught.value.message


def test_a_language_without_tokenizer_is_refused():
    with pytest.raises(PipelineError, match="language 'tlh': spaCy has no tokenizer for it here"):
        blank("tlh")


# Fingerprints


def test_the_fingerprint_holds_as_long_as_the_files_do(tmp_path):
    path = tmp_path / "one"
    _ruler(("Lima", "GPE")).to_disk(path)
    before = load_spacy(str(path)).source.fingerprint
    assert load_spacy(str(path)).source.fingerprint == before
    patterns = path / "entity_ruler" / "patterns.jsonl"
    patterns.write_text(patterns.read_text().replace("Lima", "Rome"))
    assert load_spacy(str(path)).source.fingerprint != before


# Suggestions


def test_groups_of_spans_are_suggested_with_their_scores():
    nlp = _ruler(("Lima", "GPE"))

    @Language.component("test_scored_group")
    def scored(doc: Doc) -> Doc:
        doc.spans["sc"] = [
            doc.char_span(0, 3, "PERSON"),
            doc.char_span(0, 11, "ORG"),
            doc.char_span(7, 11, "GPE"),
        ]
        doc.spans["sc"].attrs["scores"] = [0.25, float("nan"), 0.75]
        doc.spans["plain"] = [doc.char_span(0, 3, "PERSON")]
        return doc

    nlp.add_pipe("test_scored_group")
    found = suggest(SpacyPipeline(nlp, Source("s", "9")), "Ada of Lima")
    assert [(one.span.start, one.span.end, one.span.label, one.score) for one in found] == [
        (0, 11, "ORG", None),
        (0, 3, "PERSON", 0.25),
        (7, 11, "GPE", 0.75),
    ]
    assert {(one.source, one.version) for one in found} == {("s", "9")}


def test_white_space_at_the_edges_is_left_out_and_nothing_else_is_not_suggested():
    nlp = spacy.blank("en")

    @Language.component("test_loose_edges")
    def loose(doc: Doc) -> Doc:
        doc.spans["loose"] = [Span(doc, 0, 2, "GPE"), Span(doc, 1, 2, "GPE")]
        return doc

    nlp.add_pipe("test_loose_edges")
    assert _found(SpacyPipeline(nlp, Source("s")), "Lima\n\nis") == [("Lima", "GPE")]


@settings(max_examples=30, deadline=None)
@given(st.text("ab é日😀\n\u200d́", max_size=30))
def test_suggestions_lie_in_the_text_and_have_no_space_at_their_edges(text):
    nlp = spacy.blank("en")
    doc = nlp(text)
    nlp.add_pipe("span_ruler").add_patterns([{"label": "X", "pattern": [{"OP": "+"}]}])
    for one in suggest(SpacyPipeline(nlp, Source("s")), text):
        quote = text[one.span.start : one.span.end]
        assert quote and quote == quote.strip()
    assert doc.text == text


def test_the_vocabulary_does_not_grow_with_every_new_word():
    pipeline = SpacyPipeline(_ruler(("Lima", "GPE")), Source("s"))
    pipeline.read(["In Lima.", "In Lima again."])
    before = len(pipeline.nlp.vocab.strings)
    texts = [" ".join(f"word{number}" for number in range(start, start + 50)) + " Lima" for start in range(0, 1000, 50)]
    assert [len(found) for found, _ in pipeline.read(texts)] == [1] * 20
    assert len(pipeline.nlp.vocab.strings) == before
    assert pipeline.read(texts) == [pipeline.read([text])[0] for text in texts]


def test_where_a_component_may_keep_something_of_a_text_nothing_is_forgotten():
    kept: list[Doc] = []

    @Language.component("test_keeps_docs")
    def keeps(doc: Doc) -> Doc:
        kept.append(doc)
        return doc

    nlp = _ruler(("Lima", "GPE"))
    nlp.add_pipe("test_keeps_docs")
    SpacyPipeline(nlp, Source("s")).read(["In Lima.", "unheard of"])
    assert [token.text for doc in kept for token in doc] == ["In", "Lima", ".", "unheard", "of"]


def test_a_long_text_runs_where_no_component_is_hungry_for_memory(folder):
    text = "Lima " * 300_000
    assert len(text) > 1_000_000
    assert load_spacy(str(folder)).nlp.max_length > len(text)


def test_a_text_that_is_too_long_for_the_pipeline_is_refused_in_plain_words():
    nlp = _ruler(("Lima", "GPE"))
    nlp.max_length = 5
    with pytest.raises(PipelineError, match="the text has 6 characters, this pipeline takes 5 at most"):
        suggest(SpacyPipeline(nlp, Source("s")), "abcdef")


def test_a_tokenizer_that_changes_the_text_is_refused():
    nlp = spacy.blank("en")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split())  # type: ignore[assignment]
    with pytest.raises(PipelineError, match="offsets cannot be trusted"):
        suggest(SpacyPipeline(nlp, Source("s")), "two  spaces")


def test_one_text_that_fails_does_not_take_its_batch_with_it():
    nlp = _ruler(("Lima", "GPE"))

    @Language.component("test_fails_on_bad")
    def fails(doc: Doc) -> Doc:
        if "bad" in doc.text:
            raise ValueError("first line\nsecond line")
        return doc

    nlp.add_pipe("test_fails_on_bad")
    outcomes = SpacyPipeline(nlp, Source("s")).read(["Lima", "bad Lima", "in Lima"])
    assert outcomes == [
        ([(0, 4, "GPE", None)], ""),
        ([], "ValueError: first line"),
        ([(3, 7, "GPE", None)], ""),
    ]


@given(st.lists(st.integers(0, 300_000), max_size=50))
def test_batches_keep_every_article_in_order_and_stay_small(lengths):
    articles = [(str(index), "x" * length) for index, length in enumerate(lengths)]
    found = list(batches(articles))
    assert [article for batch in found for article in batch] == articles
    assert all(0 < len(batch) <= BATCH_ARTICLES for batch in found)


# Many articles, here and in workers


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_article_is_extracted_in_order(folder, jobs):
    articles = [(f"a{index}", f"{'x ' * (index % 3)}Lima") for index in range(60)]
    found = list(extract(articles, str(folder), Engine(jobs)))
    assert [one.article_id for one in found] == [article_id for article_id, _ in articles]
    assert [one.suggestions[0].span.start for one in found] == [2 * (index % 3) for index in range(60)]
    assert {one.source.name for one in found} == {"en_towns"}
    assert not any(one.error for one in found)


def test_articles_are_read_only_as_workers_get_to_them(folder):
    read = []

    def endless():
        for index in range(10_000_000):
            read.append(index)
            yield str(index), "Lima"

    with open_extractor(str(folder), Engine(apart=True)) as extractor:
        found = extractor.extract(endless())
        assert sum(len(next(found)) for _ in range(4)) == 4 * BATCH_ARTICLES
        assert len(read) < 12 * BATCH_ARTICLES


def test_a_pipeline_that_is_changed_while_it_runs_is_told_and_not_mixed(tmp_path):
    path = tmp_path / "towns"
    _ruler(("Lima", "GPE")).to_disk(path)
    with open_extractor(str(path), Engine(2)) as extractor:
        _ruler(("Lima", "ORG")).to_disk(path)
        with pytest.raises(PipelineError, match="was changed while it ran; run it again"):
            for some in extractor.extract((str(number), "Lima") for number in range(10**7)):
                assert {one.suggestions[0].span.label for one in some} == {"GPE"}


def test_a_worker_tells_that_there_is_no_such_pipeline():
    with pytest.raises(PipelineError, match="no pipeline 'nowhere'"):
        open_extractor("nowhere", Engine(2))


_DEADLY = """
import os
from spacy.language import Language
from spacy.tokens import Doc


@Language.component("test_dies_of_it")
def dies(doc: Doc) -> Doc:
    if "deadly" in doc.text:
        os._exit(1)
    return doc
"""


def test_only_the_article_that_kills_its_process_is_given_up(tmp_path, monkeypatch):
    """The pipeline is a package, so that worker processes find its component."""
    package = tmp_path / "en_deadly"
    nlp = _ruler(("Lima", "GPE"), name="deadly")
    package.mkdir()
    nlp.to_disk(package / "en_deadly-1.2")
    data = package / "en_deadly-1.2"
    config = (data / "config.cfg").read_text()
    names = '["entity_ruler","test_dies_of_it"]'
    config = config.replace('["entity_ruler"]', names) + '\n[components.test_dies_of_it]\nfactory = "test_dies_of_it"\n'
    (data / "config.cfg").write_text(config)
    (package / "meta.json").write_text((data / "meta.json").read_text())
    load = "from spacy.util import load_model_from_init_py\ndef load(**given):\n"
    (package / "__init__.py").write_text(_DEADLY + load + "    return load_model_from_init_py(__file__, **given)\n")
    information = tmp_path / "en_deadly-1.2.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: en_deadly\nVersion: 1.2\n")
    monkeypatch.syspath_prepend(tmp_path)
    articles = [(f"a{index}", "deadly" if index == 20 else "in Lima") for index in range(40)]
    found = list(extract(articles, "en_deadly", Engine(apart=True)))
    assert [one.article_id for one in found] == [article_id for article_id, _ in articles]
    assert [one.article_id for one in found if len(one.suggestions) != 1] == ["a20"]
    assert found[20].error == "the process that read it ended by itself, perhaps for want of memory"


CHILD = """
import sys
from annotate.extractor import Engine, open_extractor
if __name__ == "__main__":
    with open_extractor(sys.argv[1], Engine(2)) as extractor:
        for some in extractor.extract((str(n), "Lima " * 50) for n in range(10**9)):
            print(some[0].article_id, flush=True)
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent(folder, tmp_path, end):
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, str(script), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    assert child.stdout is not None and child.stdout.readline()
    os.kill(child.pid, end)
    child.stdout.close()
    child.wait(30)
    deadline = time.monotonic() + 30
    while _group_lives(child.pid):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        os.sched_yield()


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
