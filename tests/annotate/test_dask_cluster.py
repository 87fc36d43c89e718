"""A pipeline on a Dask cluster of processes on this machine: what it finds, and what the death of a worker costs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from distributed import LocalCluster

from annotate import dask_cluster, missing_packages
from annotate.errors import PipelineError
from annotate.extractor import Engine, extract, open_extractor
from annotate.outcomes import Extracted

ARTICLES = [(f"a{number:03}", f"Report {number}. {'They met in Lima again. ' * 20}") for number in range(200)]

DEADLY = """
import os
from spacy.language import Language
from spacy.tokens import Doc


@Language.component("test_dies_on_a_cluster")
def dies(doc: Doc) -> Doc:
    if "deadly" in doc.text:
        os._exit(1)
    return doc


def load(**given):
    from spacy.util import load_model_from_init_py
    return load_model_from_init_py(__file__, **given)
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package en_deadly, a pipeline that finds Lima and dies of an article with `deadly` in it."""
    root = tmp_path_factory.mktemp("packages")
    package = root / "en_deadly"
    package.mkdir()
    nlp = spacy.blank("en", meta={"name": "deadly", "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Lima"}])
    data = package / "en_deadly-1"
    nlp.to_disk(data)
    config = data / "config.cfg"
    text = config.read_text().replace('["entity_ruler"]', '["entity_ruler","dies"]')
    config.write_text(text + '\n[components.dies]\nfactory = "test_dies_on_a_cluster"\n')
    (package / "__init__.py").write_text(DEADLY)
    (package / "meta.json").write_text((data / "meta.json").read_text())
    (root / "en_deadly-1.dist-info").mkdir()
    (root / "en_deadly-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: en_deadly\nVersion: 1\n")
    return root


@pytest.fixture(scope="module")
def cluster(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    sys.path.insert(0, str(packages))
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=":0",
        local_directory=str(tmp_path_factory.mktemp("dask")),
        silence_logs=50,
    ) as running:
        yield running
    sys.path.remove(str(packages))


def _by_id(found: list[Extracted]) -> dict[str, Extracted]:
    assert len({one.article_id for one in found}) == len(found)
    return {one.article_id: one for one in found}


def test_a_worker_that_is_killed_in_the_middle_costs_nothing_but_time(cluster, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PARTITION", 8)
    found: list[Extracted] = []
    with open_extractor("en_deadly", Engine(scheduler=cluster.scheduler_address)) as extractor:
        for some in extractor.extract(iter(ARTICLES)):
            if not found:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            found += some
    assert _by_id(found) == _by_id(list(extract(ARTICLES, "en_deadly")))


def test_only_the_article_that_kills_every_worker_is_given_up(cluster, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PARTITION", 4)
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 1)
    articles = [*ARTICLES[:10], ("deadly", "Lima is deadly."), *ARTICLES[10:20]]
    found = _by_id(list(extract(articles, "en_deadly", Engine(scheduler=cluster.scheduler_address))))
    assert found.pop("deadly").error == "the workers that read it died of it, perhaps for want of memory"
    assert found == _by_id(list(extract(ARTICLES[:20], "en_deadly")))


def test_partitions_are_read_only_as_workers_get_to_them(cluster, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PARTITION", 8)
    read: list[int] = []

    def endless() -> Iterator[tuple[str, str]]:
        for number in range(10**7):
            read.append(number)
            yield str(number), "Lima"

    with open_extractor("en_deadly", Engine(scheduler=cluster.scheduler_address)) as extractor:
        found = extractor.extract(endless())
        next(found)
        assert len(read) < 10 * 8
        found.close()


def test_a_pipeline_that_the_workers_do_not_have_is_one_line(cluster):
    with pytest.raises(PipelineError, match="^on the cluster: no pipeline 'en_nowhere'") as caught:
        open_extractor("en_nowhere", Engine(scheduler=cluster.scheduler_address))
    assert "\n" not in caught.value.message


def test_a_cluster_that_is_lost_in_the_middle_is_one_line(packages, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PARTITION", 8)
    monkeypatch.setattr(dask_cluster, "_CONNECT", 0.5)
    with LocalCluster(
        n_workers=1, processes=False, host="127.0.0.1", protocol="tcp", dashboard_address=":0", silence_logs=50
    ) as lost:
        with open_extractor("manicule_news", Engine(scheduler=lost.scheduler_address)) as extractor:
            found = extractor.extract(ARTICLES)
            assert next(found)
            lost.close()
            with pytest.raises(PipelineError, match=f"^the cluster at {lost.scheduler_address} is lost$"):
                list(found)


def test_a_cluster_without_workers_is_one_line(monkeypatch):
    monkeypatch.setattr(dask_cluster, "_WORKERS", 0.2)
    with LocalCluster(
        n_workers=0, processes=False, host="127.0.0.1", protocol="tcp", dashboard_address=":0", silence_logs=50
    ) as empty:
        with pytest.raises(PipelineError, match=f"^the cluster at {empty.scheduler_address} has no workers$"):
            open_extractor("manicule_news", Engine(scheduler=empty.scheduler_address))


def test_where_no_scheduler_answers_that_is_one_line(monkeypatch):
    monkeypatch.setattr(dask_cluster, "_CONNECT", 0.2)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(PipelineError, match=f"no Dask scheduler answers at {address}: ") as caught:
            open_extractor("manicule_news", Engine(scheduler=address))
        assert "\n" not in caught.value.message


def test_without_dask_the_command_that_installs_it_is_said(monkeypatch):
    monkeypatch.setattr(dask_cluster, "find_spec", lambda name: None)
    command = missing_packages.install_command(["distributed"])
    with pytest.raises(PipelineError) as caught:
        open_extractor("manicule_news", Engine(scheduler="tcp://127.0.0.1:8786"))
    assert caught.value.message == f"the engine dask needs distributed, which is not installed: {command}"
