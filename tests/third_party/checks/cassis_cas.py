"""dkpro-cassis: reads both of our files, with DKPro's types merged in, and writes both with types of its own."""

from __future__ import annotations

from pathlib import Path

import cassis
from cassis.typesystem import TypeSystemMode
from common import OURS, TEXTS, same, theirs

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
dkpro = cassis.load_dkpro_core_typesystem()


def found(path: Path, cas: cassis.Cas) -> list[tuple[object, ...]]:
    if cas.sofa_string != TEXTS[path.stem]:
        raise SystemExit(f"{path}: another text")
    if problems := cas.typecheck():
        raise SystemExit(f"{path}: {problems}")
    return [(path.stem, one.begin, one.end, one.value, one.get_covered_text()) for one in cas.select(ENTITY)]


def from_json(path: Path) -> cassis.Cas:
    with path.open("rb") as file:
        return cassis.load_cas_from_json(file, typesystem=dkpro)


def from_xmi(path: Path) -> cassis.Cas:
    with (OURS / "cas-xmi" / "TypeSystem.xml").open("rb") as types, path.open("rb") as file:
        return cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(types))


as_json = {path: from_json(path) for path in sorted((OURS / "cas-json").glob("*.json"))}
as_xmi = {path: from_xmi(path) for path in sorted((OURS / "cas-xmi").glob("*.xmi"))}
spans = same((fact for path, cas in as_json.items() for fact in found(path, cas)), "cas-json")
same((fact for path, cas in as_xmi.items() for fact in found(path, cas)), "cas-xmi")
theirs("cas-json").mkdir()
theirs("cas-xmi").mkdir()
for path, cas in as_json.items():
    cas.to_json(theirs("cas-json") / path.name, type_system_mode=TypeSystemMode.FULL, pretty_print=True)
for path, cas in as_xmi.items():
    cas.to_xmi(theirs("cas-xmi") / path.name, pretty_print=True)
    cas.typesystem.to_xml(theirs("cas-xmi") / "TypeSystem.xml")
print(f"{spans} entities in {len(as_json)} texts, of each file, in code points from UTF-16; types merge with DKPro's")
