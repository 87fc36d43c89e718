import sys
from pathlib import Path

import pytest
import spacy

from annotate import missing_packages
from annotate.errors import PipelineError
from annotate.missing_packages import install_command, lacked, not_installed, pipeline_command
from annotate.pipelines import load_pipeline


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/ann/.local/share/pipx/venvs/manicule", "pipx inject manicule one two"),
        ("/home/ann/.local/share/uv/tools/manicule", "uv tool install manicule --with one --with two"),
        ("/home/ann/venvs/work", "'/my python' -m pip install one two"),
    ],
)
def test_the_command_is_that_of_the_tool_that_installed_the_program(
    prefix: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "executable", "/my python")
    assert install_command(["one", "two"]) == command


def test_where_there_is_no_pip_uv_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/v")
    monkeypatch.setattr(sys, "executable", "/v/bin/python")
    monkeypatch.setattr(missing_packages, "find_spec", lambda name: None)
    assert install_command(["one"]) == "uv pip install --python /v/bin/python one"
    assert pipeline_command("en_core_web_sm") == (
        "uv pip install --python /v/bin/python pip && /v/bin/python -m spacy download en_core_web_sm"
    )


def test_spacy_s_own_models_are_downloaded_by_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/v/bin/python")
    assert pipeline_command("de_core_news_lg") == "/v/bin/python -m spacy download de_core_news_lg"
    assert pipeline_command("en_our_own").endswith(" install en_our_own")


def test_what_is_required_and_not_there_is_named_once() -> None:
    assert not_installed(["spacy>=3", "no-such-thing[x]>=1,<2; python_version>'3'", "!"]) == ["no-such-thing"]
    assert lacked(ModuleNotFoundError("No module named 'a.b'", name="a.b"), ["a >=1"]) == ["a"]
    unknown = ValueError("[E893] Could not find function 'spacy-transformers.TransformerModel.v3' in function registry")
    assert lacked(unknown, []) == ["spacy-transformers"]
    assert lacked(ValueError("some other trouble"), []) == []


def test_a_pipeline_with_a_component_of_another_package_names_that_and_the_command(tmp_path: Path) -> None:
    spacy.blank("en", meta={"name": "big"}).to_disk(tmp_path / "big")
    config = tmp_path / "big" / "config.cfg"
    text = config.read_text().replace("pipeline = []", 'pipeline = ["transformer"]')
    config.write_text(text + '\n[components.transformer]\nfactory = "curated_transformer"\n')
    with pytest.raises(PipelineError) as caught:
        load_pipeline(str(tmp_path / "big"))
    command = install_command(["spacy-curated-transformers"])
    assert caught.value.message == (
        f"pipeline {str(tmp_path / 'big')!r} cannot be loaded: "
        f"it needs spacy-curated-transformers, which is not installed: {command}"
    )


def test_a_name_with_a_slash_may_be_a_transformers_model() -> None:
    with pytest.raises(PipelineError, match=r"a model of that name .* is transformers:someone/bert-ner$"):
        load_pipeline("someone/bert-ner")
