"""jsonschema and PyLD: what the Web Annotation model demands, and the triples that a JSON-LD processor makes of it."""

from __future__ import annotations

import json
from typing import Any

from common import OURS, TEXTS, same, theirs
from jsonschema import Draft202012Validator
from pyld import jsonld

OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"

# What the recommendation says must be: an id that is an IRI, the type, a target with a source and selectors.
IRI = {"type": "string", "pattern": r"^[^\s<>\"{}|\\^`]+$"}
POSITION = {
    "required": ["type", "start", "end"],
    "properties": {
        "type": {"const": "TextPositionSelector"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
    },
}
QUOTE = {
    "required": ["type", "exact"],
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        "exact": {"type": "string", "minLength": 1},
        "prefix": {"type": "string"},
        "suffix": {"type": "string"},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"const": "classifying"},
        "body": {
            "type": "array",
            "items": {
                "required": ["type", "value"],
                "properties": {
                    "type": {"const": "TextualBody"},
                    "value": {"type": "string"},
                    "purpose": {"enum": ["classifying", "commenting"]},
                },
            },
        },
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": IRI,
                "selector": {"type": "array", "prefixItems": [POSITION, QUOTE], "minItems": 2, "maxItems": 2},
            },
        },
    },
}
PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": ANNOTATION},
    },
}

# The terms that an annotation of ours uses, as the vocabulary defines them.
CONTEXT = {
    "@context": {
        "oa": OA,
        "id": "@id",
        "type": "@type",
        "Annotation": f"{OA}Annotation",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "SpecificResource": f"{OA}SpecificResource",
        "TextualBody": f"{OA}TextualBody",
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "TextQuoteSelector": f"{OA}TextQuoteSelector",
        "items": {"@id": f"{AS}items", "@container": "@list"},
        "body": {"@id": f"{OA}hasBody"},
        "target": {"@id": f"{OA}hasTarget"},
        "source": {"@id": f"{OA}hasSource", "@type": "@id"},
        "selector": {"@id": f"{OA}hasSelector"},
        "start": {"@id": f"{OA}start", "@type": COUNT},
        "end": {"@id": f"{OA}end", "@type": COUNT},
        "exact": f"{OA}exact",
        "value": f"{RDF}value",
        "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
        "classifying": f"{OA}classifying",
        "commenting": f"{OA}commenting",
    }
}


def loader(url: str, options: object) -> dict[str, Any]:
    if url != "http://www.w3.org/ns/anno.jsonld":
        raise SystemExit(f"{url} was asked for")
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def facts(name: str, page: dict[str, Any]) -> list[tuple[object, ...]]:
    """The spans as triples say them."""
    quads = jsonld.to_rdf(page, {"documentLoader": loader, "base": "http://corpus.example/"})["@default"]
    said: dict[tuple[str, str], list[str]] = {}
    for quad in quads:
        key = quad["subject"]["value"], quad["predicate"]["value"]
        said.setdefault(key, []).append(quad["object"]["value"])

    def one(subject: str, predicate: str) -> str:
        (value,) = said[subject, predicate]
        return value

    found: list[tuple[object, ...]] = []
    for (subject, predicate), values in said.items():
        if predicate != f"{OA}hasTarget":
            continue
        (target,) = values
        if one(target, f"{OA}hasSource") != f"http://corpus.example/{name}.txt":
            raise SystemExit(f"{name}: another source")
        selectors = said[target, f"{OA}hasSelector"]
        (position,) = (s for s in selectors if (s, f"{OA}start") in said)
        (quote,) = (s for s in selectors if (s, f"{OA}exact") in said)
        (label,) = (
            one(body, f"{RDF}value")
            for body in said[subject, f"{OA}hasBody"]
            if one(body, f"{OA}hasPurpose") == f"{OA}classifying"
        )
        start, end = int(one(position, f"{OA}start")), int(one(position, f"{OA}end"))
        found.append((name, start, end, label, one(quote, f"{OA}exact")))
    return found


theirs("w3c").mkdir()
validator = Draft202012Validator(PAGE)
found: list[tuple[object, ...]] = []
for path in sorted((OURS / "w3c").glob("*.jsonld")):
    page = json.loads(path.read_text("utf-8"))
    if errors := [error.message for error in validator.iter_errors(page)]:
        raise SystemExit(f"{path}: {errors}")
    if path.with_suffix(".txt").read_bytes().decode() != TEXTS[path.stem]:
        raise SystemExit(f"{path}: another text")
    found += facts(path.stem, page)
    compacted = jsonld.compact(
        page, "http://www.w3.org/ns/anno.jsonld", {"documentLoader": loader, "base": "http://corpus.example/"}
    )
    (theirs("w3c") / path.name).write_text(json.dumps(compacted), "utf-8")
    (theirs("w3c") / f"{path.stem}.txt").write_text(TEXTS[path.stem], "utf-8")
print(f"{same(found, 'w3c')} annotations, all valid, the same as triples")
