"""Proper names by their form: capitalised sequences whose head word tells what they are.

"Ministry of Rail Safety", "Northlake University", "Orchid Robotics Ltd." need no authority file to be typed.
The head words are in `data/name_forms.en.tsv`; `position` says where the head may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ..errors import OntologyError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FILE = "data/name_forms.en.tsv"
LINKS = frozenset({"of", "for", "and", "&", "the", "on"})
POSITIONS = frozenset({"any", "first", "last"})


class NameForm(NamedTuple):
    """Tokens `start` to `end` (exclusive) that look like a name, with the class its head word gives."""

    start: int
    end: int
    cls: str


@cache
def name_heads() -> Mapping[str, tuple[str, str]]:
    """Head word as written -> (position, class of the ontology)."""
    return parse_name_forms((files(__package__) / FILE).read_text(encoding="utf-8"), FILE)


def parse_name_forms(text: str, name: str) -> Mapping[str, tuple[str, str]]:
    """Parse the table; raises `OntologyError` with file and line."""
    table = {}
    for number, line in enumerate(text.splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3 or cells[1] not in POSITIONS:
            raise OntologyError(
                f"{name}, line {number}: expected word, position (any, first or last) and class, got {line!r}."
            )
        table[cells[0]] = (cells[1], cells[2])
    return table


def name_forms(doc: Doc) -> Iterator[NameForm]:
    """Names in `doc` by their form, in order, without overlap."""
    heads = name_heads()
    for first, last in _capitalised(doc):
        for start, end in _parted(doc, first, last, heads):
            found = _typed(doc, start, end, heads)
            if found is not None:
                yield found


def _parted(
    doc: Doc, start: int, end: int, heads: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Two names joined by "and" are parted where each ends with a head word of its own."""
    for i in range(start + 2, end - 2):
        if doc[i].lower_ == "and" and doc[i - 1].text in heads and doc[end - 1].text in heads:
            yield start, i
            yield i + 1, end
            return
    yield start, end


def _typed(doc: Doc, start: int, end: int, heads: Mapping[str, tuple[str, str]]) -> NameForm | None:
    linked = next((i for i in range(start, end) if doc[i].lower_ in LINKS and doc[i].lower_ != "the"), end)
    for i in (linked - 1, end - 1):
        position, cls = heads.get(doc[i].text, ("", ""))
        alone = end - start == 1
        if not cls or alone or (position == "first" and i != start):
            continue
        return NameForm(start, i + 1 if position == "last" else end, cls)
    return None


def _capitalised(doc: Doc) -> Iterator[tuple[int, int]]:
    i = 0
    while i < len(doc):
        if not _is_capital(doc[i]) or (doc[i].is_sent_start and doc[i].is_stop):
            i += 1
            continue
        start, last = i, i
        i += 1
        while i < len(doc) and (
            _is_capital(doc[i])
            or doc[i].lower_ in LINKS
            or doc[i].text in ("-", "'s", "’s")
            or (doc[i - 1].text == "-" and not doc[i - 1].whitespace_)
        ):
            if doc[i].is_sent_start or _starts_another(doc, i):
                break
            if _is_capital(doc[i]):
                last = i
            i += 1
        yield start, last + 1
        i = last + 1


def _starts_another(doc: Doc, i: int) -> bool:
    """ "X Centre and the Y Office" are two names: an article behind "and" begins another."""
    return doc[i].lower_ in ("and", "&") and i + 1 < len(doc) and doc[i + 1].lower_ == "the"


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.text[:1].isalpha()
