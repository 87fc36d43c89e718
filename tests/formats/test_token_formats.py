"""Formats of tokens and tags: CoNLL, IOB2, BIOES, Hugging Face, GLiNER."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import articles, facts, fitted, letter_facts, read_back, read_facts, scheme, written

from store.formats import find_format
from store.formats.fitting import Policy, fit
from store.formats.model import FormatError, GoldArticle, GoldSpan, WriteOptions
from store.formats.tags import TagError, spans_of
from store.formats.tokens import tokenizer

CONLL = ("conll2003", "iob2", "bioes")
FOLDERS = ("huggingface", "huggingface-parquet")
OPTIONS = WriteOptions(scheme())
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = "Ada Lovelace met Bob. In Lima\nthe Bank of\nPeru closed."
ARTICLE = GoldArticle(
    "a-1", "A title", TEXT, (GoldSpan(0, 12, "PERSON"), GoldSpan(17, 20, "PERSON"), GoldSpan(34, 46, "B-A-B"))
)


def _fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out") / "out"


@pytest.mark.parametrize("name", CONLL)
@QUICK
@given(given_articles=articles())
def test_columns_give_every_span_back_on_its_letters(tmp_path_factory, name, given_articles):
    held = [one for one in fitted(find_format(name), given_articles, OPTIONS) if one.text.strip()]
    read = [one.article for one in read_back(name, written(name, held, _fresh(tmp_path_factory)))]
    assert letter_facts(read, [one.id for one in held]) == letter_facts(held)
    assert [one.text.split() for one in read] == [one.text.split() for one in read]


@pytest.mark.parametrize("name", FOLDERS)
@QUICK
@given(given_articles=articles())
def test_rows_give_every_span_back_at_its_place(tmp_path_factory, name, given_articles):
    held = fitted(find_format(name), given_articles, OPTIONS)
    read = read_back(name, written(name, held, _fresh(tmp_path_factory)))
    assert read_facts(read) == facts(held)
    assert [(one.article.id, one.article.title, one.article.text) for one in read] == [
        (one.id, one.title, one.text) for one in held
    ]


@QUICK
@given(given_articles=articles())
def test_gliner_gives_every_span_back_on_its_letters_nested_and_crossing_ones_too(tmp_path_factory, given_articles):
    held = [one for one in fitted(find_format("gliner"), given_articles, OPTIONS) if one.text.strip()]
    read = [one.article for one in read_back("gliner", written("gliner", held, _fresh(tmp_path_factory)))]
    assert letter_facts(read, [one.id for one in held]) == letter_facts(held)


@pytest.mark.parametrize("name", (*CONLL, *FOLDERS, "gliner"))
def test_no_article_is_written_and_read(tmp_path, name):
    assert read_back(name, written(name, [], tmp_path / "out")) == []


@pytest.mark.parametrize("name", (*CONLL, *FOLDERS, "gliner"))
def test_equal_articles_make_equal_bytes(tmp_path, name):
    def content(folder: str) -> list[bytes]:
        out = written(name, [ARTICLE], tmp_path / folder)
        return (
            [one.read_bytes() for one in sorted(out.rglob("*")) if one.is_file()]
            if out.is_dir()
            else [out.read_bytes()]
        )

    assert content("one") == content("two")


# CoNLL


def test_conll_2003_has_four_columns_and_sentences_that_no_entity_is_cut_by(tmp_path):
    lines = written("conll2003", [ARTICLE], tmp_path / "x").read_text("utf-8").split("\n")
    assert lines == [
        "-DOCSTART- -X- O O",
        "",
        "Ada -X- O B-PERSON",
        "Lovelace -X- O I-PERSON",
        "met -X- O O",
        "Bob -X- O B-PERSON",
        ". -X- O O",
        "",
        "In -X- O O",
        "Lima -X- O O",
        "",
        "the -X- O O",
        "Bank -X- O B-B-A-B",
        "of -X- O I-B-A-B",
        "Peru -X- O I-B-A-B",
        "closed -X- O O",
        ". -X- O O",
        "",
        "",
    ]


def test_bioes_marks_ends_and_singles(tmp_path):
    lines = written("bioes", [ARTICLE], tmp_path / "x").read_text("utf-8").split("\n")
    tagged = [line.split("\t")[1] for line in lines if "\t" in line]
    assert [tag for tag in tagged if tag != "O"] == [
        "B-PERSON",
        "E-PERSON",
        "S-PERSON",
        "B-B-A-B",
        "I-B-A-B",
        "E-B-A-B",
    ]


def _read_tags(tmp_path: Path, *tags: str, separator: str = "\t") -> list[tuple[str, str]]:
    path = tmp_path / "x.iob"
    words = ["-DOCSTART-", *(f"w{n}" for n in range(1, len(tags)))]
    rows = [f"{word}{separator}{tag}" if tag else "" for word, tag in zip(words, tags, strict=True)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    (read,) = read_back("iob2", path)
    assert not read.spaced
    return [(read.article.text[one.start : one.end], one.label) for one in read.article.spans]


@pytest.mark.parametrize(
    ("kind", "tags"),
    [
        ("IOB1", ["O", "I-A", "I-A", "B-A", "O", "I-B"]),
        ("IOB2", ["O", "B-A", "I-A", "B-A", "O", "B-B"]),
        ("BIOES", ["O", "B-A", "E-A", "S-A", "O", "S-B"]),
        ("BILOU", ["O", "B-A", "L-A", "U-A", "O", "U-B"]),
    ],
)
def test_the_four_schemes_are_told_apart(tmp_path, kind, tags):
    assert _read_tags(tmp_path, *tags) == [("w1 w2", "A"), ("w3", "A"), ("w5", "B")]


def test_columns_may_be_many_and_parted_by_spaces_and_lines_may_end_with_carriage_return(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"EU NNP I-NP I-ORG\r\nrejects VBZ I-VP O\r\n\r\nPeter NNP I-NP I-PER\r\n")
    (read,) = read_back("conll2003", path)
    assert read.article.text == "EU rejects\nPeter"
    assert [(one.start, one.end, one.label, one.line) for one in read.article.spans] == [
        (0, 2, "ORG", 1),
        (11, 16, "PER", 4),
    ]


BROKEN_COLUMNS = {
    "one column": ("Ada\n", "1: one column only: a token and its tag are needed"),
    "columns": ("Ada\tO\nmet\tX\tO\n", "2: 3 columns, and 2 in the lines before"),
    "truncated": ("Ada\tB-PER\nBy", "2: one column only: a token and its tag are needed"),
    "tag": ("Ada\tPER\n", "1: 'PER' is no tag: O, or B-, I-, E-, S-, L- or U- and a label"),
    "no label": ("Ada\tB-\n", "1: 'B-' is no tag: O, or B-, I-, E-, S-, L- or U- and a label"),
    "no token": ("\tO\n", "1: no token in the first column"),
    "space": ("New York\tB-LOC\n", "1: white space inside the token 'New York'"),
    "encoding": (b"Zo\xe9\tO\n", "1: not UTF-8 (byte 0xe9)"),
    "mixed": (
        "a\tI-A\nb\tO\n\nc\tB-A\n",
        " an entity begins with I- at line 1, and with B- at line 4: neither IOB1 nor IOB2",
    ),
    "BIOES without begin": ("a\tS-A\nb\tI-A\nc\tE-A\n", "2: 'I-A' goes on with an entity that has not begun"),
    "BIOES without end": ("a\tS-A\nb\tB-A\nc\tO\n", "3: the entity A before it lacks its end (E- or S-)"),
    "BIOES read as IOB": ("a\tB-A\nb\tE-B\n", "2: the entity A before it lacks its end (E- or S-)"),
    "BIOES cut": ("a\tS-A\nb\tB-A\n", "2: the entity A before it lacks its end (E- or S-)"),
}


@pytest.mark.parametrize("kind", BROKEN_COLUMNS)
def test_broken_columns_are_one_line_with_their_line(tmp_path, kind):
    content, expected = BROKEN_COLUMNS[kind]
    path = tmp_path / "x"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FormatError) as caught:
        read_back("iob2", path)
    assert caught.value.message == f"{path}:{expected}"


@pytest.mark.parametrize("name", ["conll2003", "iob2", "bioes"])
def test_a_text_that_holds_the_mark_between_articles_is_a_loss(name):
    can, tokenize = find_format(name).can, tokenizer("en")
    made = fit(GoldArticle("a", "", "Ada wrote -DOCSTART- here."), can, Policy(), tokenize)
    assert [one.line for one in made.losses] == ["a: its text holds -DOCSTART-, which parts articles there"]
    assert made.left_out
    assert not fit(GoldArticle("a", "", "Ada wrote x-DOCSTART-x here."), can, Policy(), tokenize).left_out


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "E-A", "S-A", "B-B", "I-B", "E-B", "S-B"]), max_size=8))
def test_bioes_tags_are_either_spans_that_make_the_same_tags_or_refused(tags):
    try:
        found = spans_of(tags, "BIOES")
    except TagError:
        return
    made = ["O"] * len(tags)
    for first, last, label in found:
        for index in range(first, last + 1):
            made[index] = f"I-{label}"
        made[first] = f"B-{label}"
        made[last] = f"{'S' if first == last else 'E'}-{label}"
    assert made == tags


# Hugging Face


def test_a_folder_has_a_card_that_names_the_tags_and_numbers_in_the_rows(tmp_path):
    out = written("huggingface", [ARTICLE], tmp_path / "out")
    (row,) = [json.loads(line) for line in (out / "data" / "train.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    names = ["O", *(f"{p}-{label}" for label in sorted(one.name for one in scheme().labels) for p in "BI")]
    assert [names[tag] for tag in row["ner_tags"]][:5] == ["B-PERSON", "I-PERSON", "O", "B-PERSON", "O"]
    card = (out / "README.md").read_text("utf-8")
    assert "          '0': \"O\"\n          '1': \"B-B-A-B\"\n" in card
    assert "path: data/train.jsonl" in card and "num_examples: 1" in card


@pytest.mark.parametrize("name", FOLDERS)
def test_parts_of_a_split_corpus_are_files_that_the_card_lists(tmp_path, name):
    given_articles = [replace(ARTICLE, id=part, part=part) for part in ("train", "dev", "test")]
    out = written(name, given_articles, tmp_path / "out")
    assert sorted(one.stem for one in (out / "data").iterdir()) == ["test", "train", "validation"]
    assert {one.article.id for one in read_back(name, out)} == {"train", "dev", "test"}


@pytest.mark.parametrize(
    ("names", "head"),
    [
        (True, "dataset_info:\n  features:\n  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n"),
        (False, "dataset_info: {}\n"),
    ],
)
def test_rows_of_others_are_read_by_tokens_and_tags(tmp_path, names, head):
    folder = tmp_path / "theirs"
    folder.mkdir()
    listed = "          '0': O\n          '1': B-PER\n          '2': I-PER\n" if names else ""
    (folder / "README.md").write_text(f"---\n{head}{listed}---\n# Theirs\n", "utf-8")
    tags: list[object] = [1, 2, 0] if names else ["B-PER", "I-PER", "O"]
    (folder / "train.jsonl").write_text(json.dumps({"tokens": ["Ada", "Lovelace", "met"], "ner_tags": tags}) + "\n")
    (read,) = read_back("huggingface", folder)
    assert (read.article.text, read.spaced) == ("Ada Lovelace met", False)
    assert [(one.start, one.end, one.label) for one in read.article.spans] == [(0, 12, "PER")]


def _row(**changes: object) -> str:
    return json.dumps({"tokens": ["Ada"], "ner_tags": [1]} | changes)


BROKEN_ROWS = {
    "truncated": ('{"tokens": ["Ada"', "1: not JSON: Expecting ',' delimiter at column 18"),
    "lengths": (_row(ner_tags=[1, 0]), "1: ner_tags: 2 of them for 1 tokens"),
    "beyond": (_row(ner_tags=[7]), "1: ner_tags: 7 is none of the 3 tags"),
    "negative": (_row(ner_tags=[-1]), "1: ner_tags: -1 is none of the 3 tags"),
    "float": (_row(ner_tags=[0.5]), "1: ner_tags: not a whole number"),
    "token": (_row(tokens=[3]), "1: tokens: not a list of tokens"),
    "nothing": ("{}", "1: tokens: missing"),
    "illegal": (_row(tokens=["a", "b", "c"], ner_tags=["B-X", "I-X", "E-X"]) + "\n" + _row(ner_tags=["I-X-"]), None),
    "end": (
        _row(tokens=["a", "b"], ner_tags=["S-X", "B-X"]),
        "1: tag 2: the entity X before it lacks its end (E- or S-)",
    ),
    "span": (_row(text="Ada", spans=[{"start": 0}]), "1: span 1: end: not a whole number"),
    "spans": (_row(text="Ada", spans=7), "1: spans: not a list"),
}


@pytest.mark.parametrize("kind", BROKEN_ROWS)
def test_broken_rows_are_one_line_with_their_line(tmp_path, kind):
    content, expected = BROKEN_ROWS[kind]
    folder = tmp_path / "theirs"
    folder.mkdir()
    names = "          '0': O\n          '1': B-PER\n          '2': I-PER\n"
    (folder / "README.md").write_text(f"---\nx:\n        names:\n{names}---\n", "utf-8")
    path = folder / "train.jsonl"
    path.write_text(content, "utf-8")
    if expected is None:
        assert len(read_back("huggingface", folder)) == 2
        return
    with pytest.raises(FormatError) as caught:
        read_back("huggingface", folder)
    assert caught.value.message == f"{path}:{expected}"


def test_numbers_without_a_card_are_refused_and_so_are_empty_folders_and_cards_that_are_none(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_text(_row())
    with pytest.raises(FormatError, match="numbers, and no card beside the file that says what they mean"):
        read_back("huggingface", path)
    (tmp_path / "README.md").write_text("---\n{[\n---\n")
    with pytest.raises(FormatError, match=r"README.md: its head is no YAML"):
        read_back("huggingface", tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormatError, match="no .jsonl and no .parquet file in it"):
        read_back("huggingface", tmp_path / "empty")


@pytest.mark.parametrize("kind", ["truncated", "text", "empty", "head", "tail", "flipped", "jsonl", "zip"])
def test_a_broken_parquet_is_one_line(tmp_path, kind):
    out = written("huggingface-parquet", [ARTICLE], tmp_path / "out")
    path = out / "data" / "train.parquet"
    whole = path.read_bytes()
    path.write_bytes(
        {
            "truncated": whole[:-9],
            "text": b"Ada is here.\n" * 9,
            "empty": b"",
            "head": whole[:4],
            "tail": whole[-8:],
            "flipped": whole[:-30] + bytes([255] * 20) + whole[-10:],
            "jsonl": b'{"tokens": []}\n',
            "zip": b"PK\x03\x04" + whole[4:-4] + b"PK\x03\x04",
        }[kind]
    )
    with pytest.raises(FormatError, match="no Parquet, or a damaged one: ") as caught:
        read_back("huggingface-parquet", out)
    assert "\n" not in caught.value.message


# GLiNER


def test_gliner_counts_the_last_token_in_and_long_spans_are_named(tmp_path):
    out = written("gliner", [ARTICLE], tmp_path / "x.json")
    (doc,) = json.loads(out.read_text("utf-8"))
    assert doc["ner"] == [[0, 1, "PERSON"], [3, 3, "PERSON"], [8, 10, "B-A-B"]]
    assert doc["tokenized_text"][8:11] == ["Bank", "of", "Peru"]
    text = " ".join(["word"] * 13)
    form = find_format("gliner")
    assert form.write is not None
    notes = form.write(out, [GoldArticle("a", "", text, (GoldSpan(0, len(text), "PERSON"),))], OPTIONS)
    assert notes == ["spans of more than 12 tokens: 1; GLiNER learns from them if its max_width is larger"]


def _gliner(**changes: object) -> str:
    return json.dumps([{"tokenized_text": ["Ada", "met"], "ner": []}, {"tokenized_text": ["a"], "ner": []} | changes])


BROKEN_GLINER = {
    "truncated": (_gliner()[:-1], "1: not JSON: the file ends too early"),
    "cut": ('[\n{"tokenized_text": ["Ada"],\n "ner": [', "3: not JSON: the file ends too early"),
    "beyond": (_gliner(ner=[[0, 1, "X"]]), "1: ner 1: tokens 0 to 1 of 1 (the last one is included)"),
    "reversed": (_gliner(ner=[[1, 0, "X"]]), "1: ner 1: tokens 1 to 0 of 1 (the last one is included)"),
    "pair": (_gliner(ner=[[0, 0]]), "1: ner 1: not [first token, last token, label]"),
    "label": (_gliner(ner=[[0, 0, 7]]), "1: ner 1: not [first token, last token, label]"),
    "float": (_gliner(ner=[[0, 0.5, "X"]]), "1: ner 1: last token: not a whole number"),
    "words": (_gliner(tokenized_text="Ada"), "1: tokenized_text: not a list"),
    "no words": (_gliner(tokenized_text=[]), "1: tokenized_text: not a list of tokens"),
    "no spans": (_gliner(ner=None), "1: ner: not a list"),
    "after": (_gliner() + "\n]", "2: something after the end of the array"),
    "number": ("[1]", "1: not a JSON object"),
    "comma": ('[{"tokenized_text": ["a"], "ner": []}\n{}]', "2: not JSON: , or ] expected, not '{'"),
    "encoding": (b'[{"tokenized_text": ["Zo\xe9"], "ner": []}]', "1: not UTF-8"),
}


@pytest.mark.parametrize("kind", BROKEN_GLINER)
def test_a_broken_gliner_file_is_one_line_with_its_line(tmp_path, kind):
    content, expected = BROKEN_GLINER[kind]
    path = tmp_path / "x.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FormatError) as caught:
        read_back("gliner", path)
    assert caught.value.message.startswith(f"{path}:{expected}")


def test_overlap_that_a_policy_leaves_is_written(tmp_path):
    nested = replace(ARTICLE, spans=(GoldSpan(34, 46, "GPE"), GoldSpan(42, 46, "PERSON")))
    (held,) = fitted(find_format("iob2"), [nested], OPTIONS, Policy(overlap="longest"))
    (read,) = read_back("iob2", written("iob2", [held], tmp_path / "x"))
    assert [one.label for one in read.article.spans] == ["GPE"]
