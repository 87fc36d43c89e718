"""Files as other tools write them, where they differ from ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from round_trips import TEST_STRING, read_back, read_facts, scheme, written
from small_projects import small_project
from spacy.tokens import DocBin, Span

from annotate.offsets import UNITS, Unit
from store.formats import find_format
from store.formats.cas import NAMED_ENTITY, cas_of
from store.formats.model import GoldArticle, GoldSpan, ReadOptions, WriteOptions
from store.import_request import ImportRequest
from store.importing import import_files

OPTIONS_FOR = {unit: WriteOptions(scheme(), unit=unit) for unit in UNITS}
CHARLES = ("a", 22, 29, "PER", "Charles")


@pytest.mark.parametrize("start", [22, 25, 19, 33])
def test_brat_offsets_are_read_in_the_unit_that_fits_the_text(tmp_path: Path, start: int) -> None:
    (tmp_path / "a.txt").write_text(TEST_STRING, "utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tPER {start} {start + 7}\tCharles\n", "utf-8")
    assert read_facts(read_back("brat", tmp_path)) == {CHARLES}


@pytest.mark.parametrize("shift", [0, 1], ids=["counting line feeds", "counting carriage returns too"])
def test_brat_text_with_carriage_returns_is_read_either_way_that_its_offsets_count(tmp_path: Path, shift: int) -> None:
    (tmp_path / "a.txt").write_bytes(b"Ada\r\nmet Zo\r\n")
    (tmp_path / "a.ann").write_text(f"T1\tPER {8 + shift} {10 + shift}\tZo\n", "utf-8")
    (read,) = read_back("brat", tmp_path)
    assert read.article.text == "Ada\nmet Zo\n"
    assert read_facts([read]) == {("a", 8, 10, "PER", "Zo")}


def test_brat_discontinuous_spans_keep_their_parts_and_line_breaks_are_bridged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("North and South\nAmerica", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tGPE 0 5;16 23\tNorth America\nT2\tGPE 10 15;16 23\tSouth America\n", "utf-8")
    (read,) = read_back("brat", tmp_path)
    apart, bridged = read.article.spans
    assert (apart.start, apart.end, apart.fragments) == (0, 23, ((0, 5), (16, 23)))
    assert (bridged.start, bridged.end, bridged.fragments, bridged.quote) == (10, 23, (), "South\nAmerica")


def test_brat_notes_are_read_and_what_is_no_span_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada met Zoe", "utf-8")
    (tmp_path / "a.ann").write_text(
        "T1\tPER 0 3\tAda\nT2\tPER 8 11\tZoe\nE1\tMeet:T1\nR1\tKnows Arg1:T1 Arg2:T2\nA1\tSure T1\nM1\tNeg T1\n"
        "N1\tReference T1 Wikidata:Q7259\tAda\n*\tEquiv T1 T2\n#1\tAnnotatorNotes T2\twho?\n#2\tNormalization T1\tx\n",
        "utf-8",
    )
    (read,) = read_back("brat", tmp_path)
    assert [(one.identifier, one.note) for one in read.article.spans] == [("T1", ""), ("T2", "who?")]


def test_brat_labels_that_it_cannot_write_come_back(tmp_path: Path) -> None:
    article = GoldArticle("a", "", "Ada", (GoldSpan(0, 3, "Ünit.2+"),))
    out = written("brat", [article], tmp_path / "out")
    assert (out / "a.ann").read_text("utf-8") == "T1\t_nit_2_ 0 3\tAda\n"
    assert read_facts(read_back("brat", out)) == {("a", 0, 3, "Ünit.2+", "Ada")}


def test_bdoc_in_java_s_offsets_is_read_in_them(tmp_path: Path) -> None:
    one = {"type": "PER", "start": 25, "end": 32, "id": 0, "features": {"gender": "m"}}
    doc = {"text": TEST_STRING, "offset_type": "j", "annotation_sets": {"": {"annotations": [one]}}, "features": {}}
    (tmp_path / "a.bdocjs").write_text(json.dumps(doc), "utf-8")
    assert read_facts(read_back("bdoc", tmp_path)) == {CHARLES}


def test_a_single_annotation_of_w3c_without_a_text_gives_its_quote(tmp_path: Path) -> None:
    target = {
        "source": "https://example.org/page",
        "selector": [
            {"type": "TextPositionSelector", "start": 22, "end": 29},
            {"type": "TextQuoteSelector", "exact": "Charles"},
        ],
    }
    (tmp_path / "a.jsonld").write_text(json.dumps({"type": "Annotation", "body": "PER", "target": target}), "utf-8")
    (read,) = read_back("w3c", tmp_path)
    (span,) = read.article.spans
    assert (read.article.text, span.start, span.end, span.label, span.quote) == ("", 22, 29, "PER", "Charles")


def test_an_array_of_annotations_is_read_as_a_page_in_the_offsets_of_browsers(tmp_path: Path) -> None:
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#1",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "value": "PER", "purpose": "tagging"}],
        "target": {
            "selector": [
                {"type": "TextQuoteSelector", "exact": "Charles"},
                {"type": "TextPositionSelector", "start": 25, "end": 32},
            ]
        },
    }
    (tmp_path / "a.json").write_text(json.dumps([annotation, annotation | {"id": "#2"}], indent=2), "utf-8")
    (tmp_path / "a.txt").write_text(TEST_STRING, "utf-8")
    (read,) = read_back("w3c", tmp_path)
    assert (read.article.id, read.article.text) == ("a", TEST_STRING)
    assert [(one.start, one.quote) for one in read.article.spans] == [(25, "Charles")] * 2


def test_w3c_looks_for_no_text_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    target = {"source": "../secret.txt", "selector": {"type": "TextPositionSelector", "start": 0, "end": 6}}
    (folder / "a.jsonld").write_text(json.dumps({"type": "Annotation", "body": "PER", "target": target}), "utf-8")
    (read,) = read_back("w3c", folder)
    assert read.article.text == ""


WEBANNO = """#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_x.POS


#Sentence.id=s1
#Text=I like Ms. 😊 Haag-Lyon .
1-1\t0-1\tI\tPRP\t_\t_\t_\t_\t
1-2\t2-6\tlike\tVBP\t_\t_\t_\t_\t
1-3\t7-10\tMs.\tNNP\t*[1]\tPER[1]\t_\t_\t
1-4\t11-13\t😊\tNNP\t*[1]\tPER[1]\t_\t_\t
1-5\t14-23\tHaag-Lyon\tNNP\t*[1]|*[2]\tPER[1]|A\\|B\\_C[2]\t_\t_\t
1-5.1\t19-23\tLyon\t_\t*\tGPE\t_\t_\t
1-6\t24-25\t.\t.\t_\t_\t_\t_\t

#Text=Two
#Text=lines\\t.
2-1\t26-29\tTwo\t_\t_\t_\t_\t_\t
2-2\t30-35\tlines\t_\t_\t_\t_\t_\t
2-3\t36-37\t.\t_\t_\t_\t_\t_\t
"""


def test_webanno_stacked_spans_parts_of_tokens_and_other_layers(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(WEBANNO, "utf-8")
    (read,) = read_back("webanno-tsv", tmp_path)
    assert read.article.text == "I like Ms. 😊 Haag-Lyon .\nTwo\nlines\t."
    assert read_facts([read]) == {
        ("a", 7, 22, "PER", "Ms. 😊 Haag-Lyon"),
        ("a", 13, 22, "A|B_C", "Haag-Lyon"),
        ("a", 18, 22, "GPE", "Lyon"),
    }


def test_webanno_is_written_as_its_page_says(tmp_path: Path) -> None:
    article = GoldArticle(
        "a", "", "Ms. Haag plays", (GoldSpan(0, 8, "A|B"), GoldSpan(4, 8, "B_C"), GoldSpan(9, 13, "X"))
    )
    out = written("webanno-tsv", [article], tmp_path / "out")
    assert (out / "a.tsv").read_text("utf-8").split("\n") == [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value",
        "",
        "",
        "#Text=Ms. Haag plays",
        "1-1\t0-3\tMs.\tA\\|B[1]\t",
        "1-2\t4-8\tHaag\tA\\|B[1]|B\\_C[2]\t",
        "1-3\t9-14\tplays\t_\t",
        "1-3.1\t9-13\tplay\tX\t",
        "",
    ]


CONLLU = """# sent_id = 1
# text = Ada goes to the USA.
1\tAda\t_\t_\t_\t_\t_\t_\t_\tname=B-PER
2-3\tgoes\t_\t_\t_\t_\t_\t_\t_\t_
2\tgo\t_\t_\t_\t_\t_\t_\t_\t_
3\tes\t_\t_\t_\t_\t_\t_\t_\t_
3.1\tnothing\t_\t_\t_\t_\t_\t_\t_\t_
4\tto\t_\t_\t_\t_\t_\t_\t_\t_
5\tthe\t_\t_\t_\t_\t_\t_\t_\tname=B-GPE
6\tUSA\t_\t_\t_\t_\t_\t_\t_\tname=I-GPE|SpaceAfter=No
7\t.\t_\t_\t_\t_\t_\t_\t_\t_

"""


def test_conllu_words_written_as_one_and_empty_nodes(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(CONLLU, "utf-8")
    (read,) = read_back("conllu", tmp_path / "a.conllu")
    assert read.article.text == "Ada goes to the USA."
    assert read_facts([read]) == {("a", 0, 3, "PER", "Ada"), ("a", 12, 19, "GPE", "the USA")}
    assert not read.spaced


def test_a_table_counts_as_asked(tmp_path: Path) -> None:
    article = GoldArticle("a", "", TEST_STRING, (GoldSpan(22, 29, "PERSON"),))
    form = find_format("csv")
    assert form.write and form.read
    starts: dict[Unit, int] = {"utf16": 25, "grapheme": 19, "utf8": 33}
    for unit, start in starts.items():
        path = tmp_path / unit
        form.write(path, [article], OPTIONS_FOR[unit])
        assert path.read_text("utf-8").split("\n")[1] == f"a,{start},{start + 7},PERSON,Charles,confirmed,,,,"
        (read,) = form.read(path, ReadOptions(unit=unit))
        assert read.unit == unit


def test_a_table_keeps_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = 'The "A, B"\nCo\tLtd'
    note = 'so, "they"\nsay'
    article = GoldArticle("a", "", text, (GoldSpan(4, len(text), "ORG", note=note, annotator="ada"),))
    for name in ("csv", "tsv"):
        (read,) = read_back(name, written(name, [article], tmp_path / name))
        (span,) = read.article.spans
        assert (span.quote, span.note, span.annotator) == (text[4:], note, "ada")


def test_uima_without_dkpro_s_types_is_read_by_its_one_layer(tmp_path: Path) -> None:
    out = written("cas-json", [GoldArticle("a", "", "Ada met", (GoldSpan(0, 3, "PERSON"),))], tmp_path / "out")
    renamed = (
        (out / "a.json").read_text("utf-8").replace("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "my.Span")
    )
    (out / "a.json").write_text(renamed, "utf-8")
    assert read_facts(read_back("cas-json", out)) == {("a", 0, 3, "PERSON", "Ada")}


def test_uima_files_that_name_their_types_differently_are_each_read_by_their_own(tmp_path: Path) -> None:
    texts = {name: (GoldSpan(0, 3, "PERSON"),) for name in ("a", "b", "c", "d")}
    out = written(
        "cas-json", [GoldArticle(name, "", "Ada met", spans) for name, spans in texts.items()], tmp_path / "out"
    )
    for name in ("b", "c"):
        content = (
            (out / f"{name}.json")
            .read_text("utf-8")
            .replace("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "my.Span")
        )
        (out / f"{name}.json").write_text(content, "utf-8")
    bare = json.loads((out / "d.json").read_text("utf-8"))
    del bare["%TYPES"]
    (out / "d.json").write_text(json.dumps(bare), "utf-8")
    assert read_facts(read_back("cas-json", out)) == {(name, 0, 3, "PERSON", "Ada") for name in texts}


def test_spans_that_have_no_label_are_there_for_a_map_of_labels(tmp_path: Path) -> None:
    content = WEBANNO.replace("*[1]\tPER[1]", "*[1]\t*[1]").replace("PER[1]|A", "*[1]|A")
    (tmp_path / "a.tsv").write_text(content, "utf-8")
    assert ("a", 7, 22, "*", "Ms. 😊 Haag-Lyon") in read_facts(read_back("webanno-tsv", tmp_path))
    out = written("cas-json", [GoldArticle("a", "", "Ada met", (GoldSpan(0, 3, "PERSON"),))], tmp_path / "out")
    doc = json.loads((out / "a.json").read_text("utf-8"))
    del doc["%FEATURE_STRUCTURES"][1]["value"]
    (out / "a.json").write_text(json.dumps(doc), "utf-8")
    assert read_facts(read_back("cas-json", out)) == {("a", 0, 3, "*", "Ada")}


def test_webanno_spans_over_several_sentences(tmp_path: Path) -> None:
    rows = "#Text=He knows .\n1-1\t0-2\tHe\tX[1]\t\n1-2\t3-8\tknows\tX[1]\t\n1-3\t9-10\t.\tX[1]|Y[2]\t\n"
    more = "\n#Text=So do I\n2-1\t11-13\tSo\tX[1]|Y[2]\t\n2-2\t14-16\tdo\t_\t\n2-3\t17-18\tI\t_\t\n"
    (tmp_path / "a.tsv").write_text(
        f"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n{rows}{more}", "utf-8"
    )
    (read,) = read_back("webanno-tsv", tmp_path)
    assert read.article.text == "He knows .\nSo do I"
    assert read_facts([read]) == {("a", 0, 13, "X", "He knows .\nSo"), ("a", 9, 13, "Y", ".\nSo")}


def test_what_links_a_span_to_a_knowledge_base_is_read_and_an_import_says_that_it_is_not_kept(tmp_path):
    text = "Ada is in Lima."
    doc = spacy.blank("en")(text)
    doc.set_ents([Span(doc, 0, 1, label="PERSON", kb_id="Q7259"), Span(doc, 3, 4, label="GPE")])
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    target = {"source": "a.txt", "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}
    bodies = [
        {"type": "TextualBody", "value": "PERSON", "purpose": "classifying"},
        {"type": "SpecificResource", "source": "http://www.wikidata.org/entity/Q7259", "purpose": "identifying"},
    ]
    (tmp_path / "w3c").mkdir()
    (tmp_path / "w3c" / "a.txt").write_text(text)
    (tmp_path / "w3c" / "a.jsonld").write_text(
        json.dumps({"id": "urn:x:1", "type": "Annotation", "body": bodies, "target": target})
    )
    cas = cas_of(GoldArticle("a", "", text, (GoldSpan(0, 3, "PERSON"),)), text)
    next(iter(cas.select(NAMED_ENTITY))).identifier = "Q7259"
    cas.to_json(tmp_path / "a.json")
    for form, path, link in (
        ("spacy", tmp_path / "a.spacy", "Q7259"),
        ("w3c", tmp_path / "w3c", "http://www.wikidata.org/entity/Q7259"),
        ("cas-json", tmp_path / "a.json", "Q7259"),
    ):
        (read,) = read_back(form, path)
        assert read.article.spans[0].link == link
        project = small_project(tmp_path / f"of-{form}", {"a": text})
        done = import_files(project, ImportRequest(form, (path,), "layer", "ada"))
        told = "1 span taken without what links it to a knowledge base: here, whole entities are linked, by hand"
        assert [one for one in done.notes if "link" in one] == [told]
