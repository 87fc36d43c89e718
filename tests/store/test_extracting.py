import errno
import threading
from pathlib import Path

import pytest
import spacy
from edited_files import edit
from small_projects import annotate, propose, shared, small_project

from annotate.articles import Article, hash_text
from annotate.errors import PipelineError
from annotate.extractor import Engine
from annotate.outcomes import BATCH_ARTICLES
from store import file_batch, shard_cache, suggestion_writer, texts_index
from store.article_files import write_article
from store.atomic import write_unsynced
from store.errors import StoreError
from store.extracting import Progress, extract_missing, is_unread
from store.file_batch import FileBatch
from store.library_index import LibraryIndex
from store.project import Project

TEXTS = {"a": "Ada met Bob in Lima.", "b": "Acme sold it to Lima.", "c": "Nobody is here."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


@pytest.fixture
def towns(tmp_path: Path) -> str:
    return _pipeline(tmp_path / "towns", ("Lima", "GPE"), ("Acme", "PLANET"))


def _pipeline(path: Path, *patterns: tuple[str, str]) -> str:
    nlp = spacy.blank("en", meta={"name": "towns", "version": "1"})
    rules = [{"label": label, "pattern": pattern} for pattern, label in patterns]
    nlp.add_pipe("entity_ruler").add_patterns(rules)
    nlp.to_disk(path)
    return str(path)


def _run(project: Project, *pipelines: str, **options: object) -> list[Progress]:
    return list(extract_missing(project, pipelines, **options))  # type: ignore[arg-type]


def _quotes(project: Project, article_id: str) -> list[tuple[str, str, str]]:
    article = project.article(article_id)
    found = project.suggestions(article)
    return [(article.text[one.span.start : one.span.end], one.span.label, one.source) for one in found]


def test_every_article_is_extracted_and_told(project, towns):
    assert _run(project, towns) == [
        Progress(1, 3, "a", "en_towns", 1),
        Progress(2, 3, "b", "en_towns", 1, (("PLANET", 1),)),
        Progress(3, 3, "c", "en_towns", 0),
    ]
    assert _quotes(project, "a") == [("Lima", "GPE", "en_towns")]
    layer = project.suggestion_layer("en_towns", "a")
    assert layer is not None and layer.source.version == "1" and len(layer.source.fingerprint) == 64


def test_what_is_up_to_date_is_not_extracted_again(project, towns):
    _run(project, towns)
    before = shared(project.root)
    assert _run(project, towns) == []
    assert shared(project.root) == before


def test_a_changed_pipeline_extracts_again(project, towns, tmp_path):
    _run(project, towns)
    _pipeline(tmp_path / "towns", ("Lima", "GPE"), ("Bob", "PERSON"))
    assert len(_run(project, towns)) == 3
    assert _quotes(project, "a") == [("Bob", "PERSON", "en_towns"), ("Lima", "GPE", "en_towns")]


def test_only_an_article_with_another_text_is_extracted_again(project, towns):
    _run(project, towns)
    text = "In Lima."
    write_article(project.locations.article("c"), Article("c", "C", text, hash_text(text)))
    assert [(one.article_id, one.done) for one in _run(project, towns)] == [("c", 3)]
    assert _quotes(project, "c") == [("Lima", "GPE", "en_towns")]


def test_a_label_that_the_scheme_gets_later_needs_no_new_run(project, towns):
    _run(project, towns)
    assert ("Acme", "PLANET", "en_towns") in _quotes(project, "b")


def test_labels_are_translated_when_suggestions_are_read_so_that_a_new_translation_needs_no_new_run(project, towns):
    _run(project, towns)
    config = project.root / "manicule.toml"
    config.write_text(config.read_text() + '\n[label_map.en_towns]\nPLANET = "ORG"\n')
    translating = Project.open(project.root)
    assert _quotes(translating, "b") == [("Acme", "ORG", "en_towns"), ("Lima", "GPE", "en_towns")]
    for one, undecided in ((project, {"a": 1, "b": 1, "c": 0}), (translating, {"a": 1, "b": 2, "c": 0})):
        assert {row.article_id: row.undecided for row in LibraryIndex(one, "ada").check()} == undecided
    assert _run(translating, towns) == []


def test_what_is_left_out_is_counted_after_labels_are_translated(project, tmp_path):
    config = project.root / "manicule.toml"
    config.write_text(config.read_text() + '\n[label_map]\nPLANET = "ORG"\nMISC = ""\n')
    name = _pipeline(tmp_path / "towns", ("Acme", "PLANET"), ("Lima", "MISC"), ("Ada", "X"))
    found = _run(Project.open(project.root), name)
    assert [(one.count, one.left_out) for one in found] == [(0, (("X", 1),)), (1, ()), (0, ())]


def test_decisions_and_other_sources_are_not_touched(project, towns):
    propose(project, "a", [("Ada", "PERSON")])
    annotate(project, "ada", "a", [("Ada", "PERSON")], rejected=[])
    before = shared(project.root)
    _run(project, towns)
    after = shared(project.root)
    assert {path for path in after if path not in before} == {
        path for path in after if path.startswith("suggestions/en_towns/")
    }
    assert all(after[path] == before[path] for path in before)


def test_a_broken_article_is_named_and_the_others_are_extracted(project, towns):
    path = project.locations.article("b")
    path.write_text("{")
    found = _run(project, towns)
    assert [one.article_id for one in found if one.problem] == ["b"]
    assert next(one.problem for one in found if one.problem).startswith(f"{path}: ")
    assert sorted(one.done for one in found) == [1, 2, 3]
    assert path.read_text() == "{"


def test_a_broken_suggestion_file_is_named_and_left_alone(project, towns):
    _run(project, towns)
    path = project.locations.suggestions("en_towns", "a")
    path.write_text("{")
    (found,) = _run(project, towns)
    assert found.problem.startswith(f"{path}: ")
    assert path.read_text() == "{"


def test_a_file_of_a_newer_version_is_named_and_left_alone_and_the_others_are_extracted(project, towns):
    propose(project, "a", [("Ada", "PERSON")], source="en_towns")
    path = project.locations.suggestions("en_towns", "a")
    edit(path, ('"format": 1', '"format": 2'))
    kept = path.read_bytes()
    first, *others = _run(project, towns)
    assert first.problem == f"{path}: made by a newer Manicule: it can be read only"
    assert [(one.article_id, one.problem) for one in others] == [("b", ""), ("c", "")]
    assert path.read_bytes() == kept


def test_several_pipelines_are_counted_together(project, towns, tmp_path):
    other = spacy.blank("en", meta={"name": "people", "version": "1"})
    other.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Ada"}])
    other.to_disk(tmp_path / "people")
    found = _run(project, towns, str(tmp_path / "people"))
    assert [(one.done, one.total, one.source) for one in found] == [
        *((done, 6, "en_towns") for done in (1, 2, 3)),
        *((done, 6, "en_people") for done in (4, 5, 6)),
    ]
    assert project.sources() == ["en_people", "en_towns"]


def test_the_project_s_own_pipelines_are_run_by_default(project):
    assert {one.source for one in extract_missing(project)} == {"manicule_news"}


def test_a_folder_in_manicule_toml_is_the_project_s(project):
    (project.root / "models").mkdir()
    _pipeline(project.root / "models" / "towns", ("Lima", "GPE"))
    config = project.root / "manicule.toml"
    config.write_text(config.read_text().replace('"manicule_news"', '"models/towns"'))
    assert len(list(extract_missing(Project.open(project.root)))) == 3
    assert project.sources() == ["en_towns"]


def test_workers_write_the_same(project, towns, tmp_path):
    _run(project, towns)
    other = small_project(tmp_path / "other", TEXTS)
    _run(other, towns, engine=Engine(2))
    suggestions = [
        {path: one for path, one in shared(root.root).items() if "suggestions" in path} for root in (project, other)
    ]
    assert suggestions[0] == suggestions[1]


@pytest.mark.parametrize("apart", [False, True])
def test_a_run_can_be_stopped_and_the_next_one_goes_on_where_it_ended(tmp_path, towns, apart):
    project = small_project(tmp_path / "many", {f"x{index:03}": f"{index} in Lima" for index in range(100)})
    stop = threading.Event()
    seen = []
    for progress in extract_missing(project, [towns], engine=Engine(apart=apart), stop=stop):
        seen.append(progress.article_id)
        stop.set()
    assert 0 < len(seen) <= 2 * BATCH_ARTICLES
    assert all(project.suggestion_layer("en_towns", name) for name in seen)
    rest = [one.article_id for one in _run(project, towns)]
    assert sorted(seen + rest) == project.article_ids()


def test_closing_the_iterator_ends_the_run_and_what_was_found_is_kept(tmp_path, towns):
    project = small_project(tmp_path / "many", {f"x{index:03}": f"{index} in Lima" for index in range(100)})
    run = extract_missing(project, [towns])
    next(run)
    run.close()
    assert len(_run(project, towns)) == 100 - BATCH_ARTICLES


def test_many_articles_are_written_with_one_sync(tmp_path, towns, monkeypatch):
    project = small_project(tmp_path / "many", {f"x{index:03}": f"{index} in Lima" for index in range(100)})
    monkeypatch.setattr(suggestion_writer, "SECONDS", 1e9)
    written: list[int] = []
    finish = FileBatch.finish
    monkeypatch.setattr(FileBatch, "finish", lambda batch: (written.append(len(batch._files)), finish(batch)))
    assert len(_run(project, towns)) == 100
    assert [one for one in written if one] == [BATCH_ARTICLES, 100 - BATCH_ARTICLES]


@pytest.mark.parametrize(("limit", "most"), [("MOST", 20), ("MOST_SUGGESTIONS", 20)])
def test_what_waits_to_be_written_stays_small(tmp_path, towns, monkeypatch, limit, most):
    project = small_project(tmp_path / "many", {f"x{index:03}": f"{index} in Lima" for index in range(100)})
    monkeypatch.setattr(suggestion_writer, "SECONDS", 1e9)
    monkeypatch.setattr(suggestion_writer, limit, most)
    written: list[int] = []
    finish = FileBatch.finish
    monkeypatch.setattr(FileBatch, "finish", lambda batch: (written.append(len(batch._files)), finish(batch)))
    assert len(_run(project, towns)) == 100
    assert max(written) < most + BATCH_ARTICLES


def test_a_full_disk_is_told_and_leaves_no_file_torn(tmp_path, towns, monkeypatch):
    project = small_project(tmp_path / "many", {f"x{index:03}": f"{index} in Lima" for index in range(40)})
    monkeypatch.setattr(suggestion_writer, "SECONDS", 0.0)
    wrote: list[object] = []

    def full(path: str, data: bytes) -> None:
        wrote.append(path)
        if len(wrote) > 20:
            raise OSError(errno.ENOSPC, "No space left on device", path)
        write_unsynced(path, data)

    monkeypatch.setattr(file_batch, "write_unsynced", full)
    with pytest.raises(StoreError, match="the disk is full"):
        _run(project, towns)
    layers = [project.suggestion_layer("en_towns", name) for name in project.article_ids()]
    assert sum(layer is not None for layer in layers) == 20
    assert not [path for path in project.root.rglob(".*.tmp")]


def test_an_unknown_pipeline_writes_nothing(project):
    before = shared(project.root)
    with pytest.raises(PipelineError, match="no pipeline 'nope'"):
        _run(project, "nope")
    assert shared(project.root) == before


def test_what_was_read_is_not_read_again_to_find_that_out(
    project: Project, towns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard_cache, "disk_clock", lambda locations: 1 << 62)
    assert len(_run(project, towns)) == 3
    assert _run(project, towns) == []
    seen: list[Path] = []
    for reader in ("read_article", "read_suggestions"):
        real = getattr(texts_index, reader)
        monkeypatch.setattr(texts_index, reader, lambda path, name, real=real: seen.append(path) or real(path, name))
    assert _run(project, towns) == []
    assert seen == []
    changed = next((project.root / "suggestions").rglob("b.json"))
    changed.write_bytes(changed.read_bytes()[:9])
    assert [(one.article_id, bool(one.problem)) for one in _run(project, towns)] == [("b", True)]
    assert seen == [changed]


def test_a_search_for_unread_articles_can_be_stopped(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    read = texts_index.read_article
    seen: list[str] = []

    def reading(path: Path, name: str) -> Article:
        seen.append(name)
        stop.set()
        return read(path, name)

    monkeypatch.setattr(texts_index, "read_article", reading)
    is_unread(project, stop)
    assert len(seen) == 1
