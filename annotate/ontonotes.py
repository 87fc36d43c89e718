"""The label scheme that a new project starts with: OntoNotes 5 (Weischedel et al., LDC2013T19)."""

from __future__ import annotations

from annotate.schemes import Label, LabelScheme

_ROWS = (
    ("PERSON", "P", "#c8553d", "Names of people, also fictional; titles and ranks before them stay outside.",
     ("Marie Curie", "Curie")),
    ("NORP", "N", "#b5838d", "Nationalities, peoples, religions and political groups, also as adjectives.",
     ("Afghan", "Sunni", "Democrats")),
    ("FAC", "F", "#8d6e63", "Named buildings, airports, roads, bridges, stadiums.",
     ("Heathrow", "Golden Gate Bridge")),
    ("ORG", "O", "#3a7ca5", "Companies, agencies, ministries, parties, clubs, courts, media; acronyms.",
     ("Foreign Office", "WHO")),
    ("GPE", "G", "#5b8e55", "Countries, cities, states and provinces, also standing for a government.",
     ("Kenya", "Lima")),
    ("LOC", "L", "#4f9d8d", "Other places: continents, regions, rivers, mountains, seas.",
     ("South Asia", "Danube")),
    ("PRODUCT", "R", "#a2795b", "Named vehicles, weapons, devices, medicines, software; not services.",
     ("Boeing 737", "Windows")),
    ("EVENT", "E", "#9c6ade", "Named wars, battles, storms, tournaments, summits, elections.",
     ("World War II", "Olympics")),
    ("WORK_OF_ART", "K", "#b565a7", "Titles of books, films, songs, programmes, awards.",
     ("War and Peace",)),
    ("LAW", "W", "#7768ae", "Named laws, treaties, constitutions and articles of them.",
     ("Article 370", "Paris Agreement")),
    ("LANGUAGE", "V", "#6a8caf", "Named languages.", ("Urdu", "Russian")),
    ("DATE", "Y", "#c99a2e", "Dates and periods of a day or longer, also relative ones; ages.",
     ("Friday", "last year", "45-year-old")),
    ("TIME", "T", "#bf8b30", "Times and periods shorter than a day.", ("8 a.m.", "two hours")),
    ("PERCENT", "H", "#6d8f3c", "Percentages with their sign or word.", ("4.5 per cent",)),
    ("MONEY", "M", "#4c956c", "Sums with their currency.", ("$3 million", "50 euros")),
    ("QUANTITY", "Z", "#709775", "Measures with a unit.", ("120 km", "30 tonnes")),
    ("ORDINAL", "I", "#8a817c", "Ordinal numbers.", ("first", "fifth")),
    ("CARDINAL", "C", "#857c8d", "Numbers that are nothing of the above.", ("two", "1,200")),
)  # fmt: skip

ONTONOTES = LabelScheme(tuple(Label(*row) for row in _ROWS))
"""Eighteen labels with their keys, a muted colour each, a one-line guideline and examples."""
