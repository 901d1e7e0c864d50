"""Names that bodies of many countries have, and the adjectives of countries.

The forms are in `data/shared_names.en.tsv` ("*" stands for any words), the adjectives in `data/demonyms.en.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ..errors import OntologyError
from ..ontology import fold

SHARED_NAMES = "data/shared_names.en.tsv"
DEMONYMS = "data/demonyms.en.tsv"


def parse_rows(text: str, name: str) -> list[tuple[str, str]]:
    """The rows of a table of two columns; raises `OntologyError` with file and line."""
    rows = []
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 2 or not all(cells):
            raise OntologyError(f"{name}, line {number}: expected two cells parted by a tab, got {line!r}.")
        rows.append((cells[0], cells[1]))
    return rows


@cache
def shared_names() -> re.Pattern[str]:
    """What the folded form of a name that many countries use looks like, as a whole."""
    rows = parse_rows((files(__package__) / SHARED_NAMES).read_text(encoding="utf-8"), SHARED_NAMES)
    forms = (re.escape(form).replace(r"\*", ".+") for form, _ in rows)
    return re.compile("|".join(forms))


@cache
def demonyms() -> Mapping[str, str]:
    """Adjective -> key of the country."""
    return dict(parse_rows((files(__package__) / DEMONYMS).read_text(encoding="utf-8"), DEMONYMS))


def is_shared(name: str) -> bool:
    """Whether bodies of several countries are called `name`.

    >>> is_shared("the Ministry of Education"), is_shared("Ministry of Ponds"), is_shared("State Council")
    (True, True, False)
    """
    return shared_names().fullmatch(fold(name)) is not None
