import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import articles, facts, read_back, read_facts, scheme, written

from annotate.errors import PipelineError
from store.formats.model import FormatError, GoldArticle, GoldSpan, WriteOptions

TEXT = "Ada met Bob-Jones in Lima\u2028😀."
ADA = GoldSpan(0, 3, "PERSON", annotator="ada", note="who?")
LIMA = GoldSpan(21, 25, "GPE", "suggested", source="news", score=0.75)


def test_a_line_has_its_keys_in_a_fixed_order_and_characters_as_they_are_but_for_line_separators(tmp_path):
    article = GoldArticle("a-1", "A title", TEXT, (ADA, LIMA), metadata={"file": "a.txt", "author": "x"})
    (out,) = written("jsonl", [article], tmp_path / "out").read_bytes().decode("utf-8").rstrip("\n").split("\n")
    assert out == (
        '{"id": "a-1", "title": "A title", "text": "Ada met Bob-Jones in Lima\\u2028😀.", "status": "done", "spans": ['
        '{"start": 0, "end": 3, "label": "PERSON", "status": "confirmed", "annotator": "ada", "note": "who?"}, '
        '{"start": 21, "end": 25, "label": "GPE", "status": "suggested", "source": "news", "score": 0.75}], '
        '"metadata": {"author": "x", "file": "a.txt"}}'
    )


def test_all_that_a_line_says_is_read_back(tmp_path):
    article = GoldArticle("a-1", "A title", TEXT, (ADA, LIMA), "in progress", {"file": "a.txt"})
    (read,) = read_back("jsonl", written("jsonl", [article], tmp_path / "out"))
    assert (read.article, read.line, read.unit) == (article, 1, "codepoint")


def test_tokens_are_those_of_a_blank_tokenizer_and_cover_the_text(tmp_path):
    out = written("jsonl", [GoldArticle("a", "", TEXT)], tmp_path / "out", WriteOptions(scheme(), tokens=True))
    tokens = json.loads(out.read_text("utf-8"))["tokens"]
    doc = spacy.blank("en")(TEXT)
    assert [one["text"] for one in tokens] == [one.text for one in doc]
    assert "".join(one["text"] + " " * one["ws"] for one in tokens) == TEXT
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in tokens)
    assert [one["id"] for one in tokens] == list(range(len(doc)))


def test_neither_writing_nor_reading_without_tokens_imports_spacy(tmp_path):
    code = (
        "import sys; from pathlib import Path; from store.formats import find_format\n"
        "from store.formats.model import *; from annotate.ontonotes import *\n"
        f"form, path = find_format('jsonl'), Path({str(tmp_path / 'out')!r})\n"
        "form.write(path, [GoldArticle('a', 'b', 'c')], WriteOptions(None))\n"
        "assert len(list(form.read(path, ReadOptions()))) == 1\n"
        "raise SystemExit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


def test_a_language_that_spacy_does_not_know_is_one_line(tmp_path):
    with pytest.raises(PipelineError, match="language 'tlh'"):
        written("jsonl", [GoldArticle("a", "", TEXT)], tmp_path / "out", WriteOptions(scheme(), "tlh", tokens=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_articles=articles())
def test_every_span_comes_back_at_its_place(tmp_path, given_articles):
    read = read_back("jsonl", written("jsonl", given_articles, tmp_path / "out"))
    assert read_facts(read) == facts(given_articles)
    assert [one.article.text for one in read] == [one.text for one in given_articles]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), given_articles=articles())
def test_a_file_cut_anywhere_is_read_up_to_there_or_refused_by_line(tmp_path, data, given_articles):
    out = written("jsonl", given_articles, tmp_path / "out")
    whole = out.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    out.write_bytes(whole[:cut])
    at_edge = cut == 0 or whole[cut - 1 : cut] == b"\n" or whole[cut : cut + 1] == b"\n"
    if at_edge:
        assert len(read_back("jsonl", out)) <= len(given_articles)
        return
    with pytest.raises(FormatError) as caught:
        read_back("jsonl", out)
    assert caught.value.line == whole[:cut].count(b"\n") + 1


GOOD = '{"id": "a", "text": "Ada", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}\n'
BROKEN = {
    "truncated": (GOOD + GOOD[:40] + "\n", "2: not JSON: Unterminated string starting at column 39"),
    "not JSON": (GOOD + "Ada is here\n", "2: not JSON: Expecting value at column 1"),
    "a list": (GOOD + "\n[1]\n", "3: not a JSON object"),
    "encoding": (GOOD.encode("utf-16"), "1: not UTF-8 (byte 0xff)"),
    "latin": (GOOD.encode() + b'{"text": "Zo\xe9"}\n', "2: not UTF-8 (byte 0xe9)"),
    "no text": ('{"id": "a", "spans": []}\n', "1: text: missing"),
    "no spans": ('{"id": "a", "text": "Ada"}\n', "1: spans: missing"),
    "surrogate": ('{"text": "Ada \\ud83d", "spans": []}\n', "1: text: holds a lone surrogate"),
    "span is text": ('{"text": "Ada", "spans": ["Ada"]}\n', "1: span 1: not an object"),
    "no end": ('{"text": "Ada", "spans": [{"start": 0, "label": "X"}]}\n', "1: span 1: end: missing"),
    "float": ('{"text": "Ada", "spans": [{"start": 0.5, "end": 1}]}', "1: span 1: start: not a whole number"),
    "label": ('{"text": "Ada", "spans": [{"start": 0, "end": 1, "label": 7}]}', "1: span 1: label: not a text"),
    "status": (
        '{"text": "Ada", "spans": [{"start": 0, "end": 1, "label": "X", "status": "maybe"}]}',
        "1: span 1: status: 'maybe' is none of confirmed, rejected, suggested",
    ),
    "score": (
        '{"text": "Ada", "spans": [{"start": 0, "end": 1, "label": "X", "score": "high"}]}',
        "1: span 1: score: not a number",
    ),
    "not a number": ('{"text": "Ada", "spans": [{"start": NaN}]}', "1: not JSON: NaN is no JSON"),
    "depth": ("[" * 100_000, "1: not JSON: nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_one_line_with_its_line(tmp_path, kind):
    content, expected = BROKEN[kind]
    path = tmp_path / "broken.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    with pytest.raises(FormatError) as caught:
        read_back("jsonl", path)
    assert caught.value.message == f"{path}:{expected}"


def test_a_byte_order_mark_and_empty_lines_are_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\n\n" + GOOD.encode())
    assert [one.line for one in read_back("jsonl", path)] == [1, 4]
