"""Head nouns of policy text and the semantic classes they may have, from `data/heads.en.tsv` and its like."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ..errors import OntologyError

CLASSES = frozenset({"instrument", "people", "organisation", "body", "document", "field", "place"})


@cache
def head_classes(language: str = "en") -> Mapping[str, tuple[str, ...]]:
    """Noun (English: lemma, lower case) -> its classes, for instance "alliance" -> ("instrument", "organisation").

    Raises `OntologyError` with file and line when a row is wrong.
    """
    name = f"data/heads.{language}.tsv"
    return parse_heads((files(__package__) / name).read_text(encoding="utf-8"), name)


def parse_heads(text: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Parse the table `noun<TAB>class|class`; `name` is used in error messages."""
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines()[1:], 2):
        noun, _, classes = line.partition("\t")
        wanted = tuple(classes.split("|"))
        unknown = sorted(set(wanted) - CLASSES)
        if not noun or unknown:
            raise OntologyError(
                f"{name}, line {number}: unknown class {', '.join(unknown) or '(none)'}; "
                f"use {', '.join(sorted(CLASSES))}."
            )
        if noun in table:
            raise OntologyError(f"{name}, line {number}: the noun {noun!r} stands twice; merge the rows.")
        table[noun] = wanted
    return table
