from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.news_pipeline import RULES, card
from annotate.news_pipeline.evaluate import main
from annotate.news_pipeline.gold import GoldError, GoldText, read_gold, unmark
from annotate.news_pipeline.scoring import ALL, map_labels, score, table


def test_marks_become_ranges_of_the_plain_text() -> None:
    assert unmark("[Oman|GPE] and [Iran|GPE].") == ("Oman and Iran.", [(0, 4, "GPE"), (9, 13, "GPE")])


def test_articles_of_a_marked_file_are_read_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("=== 1 | a | b\nIn [Oman|GPE]\n\nx\n=== 2 | a | b\n[Iran|GPE]\n", encoding="utf-8")
    first, second = read_gold(path)
    assert first.text[slice(*first.spans[0][:2])] == "Oman"
    assert second == GoldText("Iran\n", ((0, 4, "GPE"),))


@pytest.mark.parametrize("span", ['[0, 4, "GPE"]', '{"start": 0, "end": 4, "label": "GPE"}'])
def test_both_forms_of_json_spans_are_read(tmp_path: Path, span: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "Oman", "spans": [{span}]}}\n\n', encoding="utf-8")
    assert read_gold(path) == [GoldText("Oman", ((0, 4, "GPE"),))]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"text": "x", "spans": []}\nnot json'),
        ("a.jsonl", '{"text": "x", "spans": []}\n{"text": 3}'),
        ("a.jsonl", '{"text": "x", "spans": []}\n{"text": "x", "spans": [[0, 9, "GPE"]]}'),
        ("a.jsonl", '{"text": "x", "spans": []}\n{"text": "x"}'),
        ("a.txt", "=== 1 | a | b\na stray ] bracket"),
    ],
)
def test_bad_gold_is_named_by_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{path}:2: ") and error.count("\n") == 1


def test_a_missing_file_and_a_wrong_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError):
        read_gold(tmp_path / "none.jsonl")
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(GoldError):
        read_gold(bad)


def test_scores_count_exact_ranges_and_labels() -> None:
    gold = [(0, 4, "GPE"), (5, 9, "ORG")]
    rows = score([([(0, 4, "GPE"), (5, 8, "ORG"), (10, 12, "GPE")], gold)])
    assert (rows["GPE"].precision, rows["GPE"].recall) == (0.5, 1.0)
    assert rows["ORG"].f1 == 0.0
    assert (rows[ALL].right, rows[ALL].suggested, rows[ALL].gold) == (1, 3, 2)
    assert rows[ALL].f1 == pytest.approx(0.4)


def test_scores_of_nothing_are_zero() -> None:
    row = score([([], [])])[ALL]
    assert (row.precision, row.recall, row.f1) == (0.0, 0.0, 0.0)


def test_mapping_leaves_unknown_labels_out() -> None:
    assert map_labels([(0, 1, "GPE"), (1, 2, "DATE")], {"GPE": "PLACE"}) == [(0, 1, "PLACE")]


def test_the_table_has_a_line_for_each_label() -> None:
    assert [line.split()[0] for line in table(score([([(0, 1, "GPE")], [])])).split("\n")] == ["label", "GPE", ALL]


def test_without_files_the_cards_figures_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = [GoldText("He flew to Kenya.", ((11, 16, "GPE"),))]
    monkeypatch.setattr(card, "gold_sets", lambda open_data: [card.GoldSet("tiny", gold)])
    assert main([]) == 0
    printed = capsys.readouterr().out
    for name in card.CONFIGURATIONS:
        assert f"tiny           {name:<14} 100.0 (100.0, 100.0)" in printed
    assert all(name in printed for name in (*RULES, "expected calibration error", "words a second", "Loading"))


def test_open_sets_are_compared_over_three_classes(tmp_path: Path) -> None:
    row = '{"text": "Oman", "spans": [[0, 4, "LOC"]], "split": "test"}\n'
    for name in ("wikigold", "uner_pud", "uner_ewt"):
        (tmp_path / f"{name}.jsonl").write_text(row + row.replace("test", "train"), encoding="utf-8")
    sets = {one.name: one for one in card.gold_sets(tmp_path)}
    assert list(sets) == ["own test", "sample", "WikiGold", "UNER PUD", "UNER EWT test"]
    assert [len(sets[name].texts) for name in ("WikiGold", "UNER PUD", "UNER EWT test")] == [2, 2, 1]
    assert sets["own test"].mapping is None and sets["WikiGold"].mapping is not None


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "He flew to Kenya.", "spans": [[11, 16, "GPE"]]}\n', encoding="utf-8")
    assert main([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ALL"]["f1"] == 1.0
