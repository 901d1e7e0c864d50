"""Chinese names by their form: modifiers without a gap before a head word, "海宁市教育局", "辽宁材料实验室".

A name has its head at the end, so its left edge is what must be found: words are taken in from the head to the
left until one comes that no name holds (a preposition, "的", a comma, "支持"), and the name begins where something
identifies it: a place or body, a proper word, or the level of a government ("省教育厅"). Modifiers that only say
what kind of thing it is ("高等学校", "省重点实验室") make no name. Head words, such modifiers and the words that end
the search are in `data/name_forms.zh.tsv`, `data/generic_modifiers.zh.tsv` and `data/name_stops.zh.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ...errors import OntologyError
from ..names import NameForm
from .compact import compact
from .document_forms import document_forms
from .left_edges import Head, LeftReader
from .lexicon import is_other_word
from .persons import person_forms
from .place_forms import place_forms
from .word_lists import parse_rows, read_data, words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..lexicon import LexiconMatch

FILE = "name_forms.zh.tsv"
NEEDS = frozenset({"body", "free", "level", "modified", "owner", "place", "proper", "whole"})
"""What a head word needs in front: a body; nothing, whatever stands there being part of the name; a place or level; a
place and anything more; a place, level or body; a place; a place and more than a kind of thing, or a proper word;
nothing, the place being part of the name."""


@cache
def name_heads() -> Mapping[str, Head]:
    """Head word -> class of the ontology and what it needs."""
    return parse_heads(read_data(FILE), f"data/{FILE}")


def parse_heads(text: str, name: str) -> Mapping[str, Head]:
    """Parse the table of head words; raises `OntologyError` with file and line."""
    table = {}
    for number, (head, cls, needs) in enumerate(parse_rows(text, name, 3), 2):
        if needs not in NEEDS:
            raise OntologyError(f"{name}, line {number}: {needs!r} is none of {', '.join(sorted(NEEDS))}.")
        table[head] = Head(cls, needs)
    return table


@cache
def _heads_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(head) for head in sorted(name_heads(), key=len, reverse=True)))


def name_forms(doc: Doc, matches: Iterable[LexiconMatch], kinds: Mapping[str, str]) -> Iterator[NameForm]:
    """Names in `doc` by their form, in order, without overlap; those that a match covers as a whole are left out.

    `kinds` gives the core type of every authority key.
    """
    found = list(matches)
    forms = [*_headed(doc, found, kinds), *document_forms(doc), *person_forms(doc), *place_forms(doc, found)]
    end = 0
    for form in sorted(forms, key=lambda form: (form.start, -form.end)):
        if form.start >= end:
            end = form.end
            yield form


def _headed(doc: Doc, matches: Sequence[LexiconMatch], kinds: Mapping[str, str]) -> Iterator[NameForm]:
    source = compact(doc)
    reader = LeftReader(doc, source, matches, kinds)
    covered = {i: match for match in matches if not match.contextual for i in range(match.start, match.end)}
    best: dict[int, NameForm] = {}
    for found in _heads_pattern().finditer(source.text):
        span = source.span(*found.span())
        if span is None or is_other_word(source, *found.span()):
            continue
        if (not source.is_border(span[1]) and span[1] - span[0] < 3) or _is_no_head(source.text, found.end()):
            continue
        head = name_heads()[found[0]]
        start = reader.start(span[0], head)
        if start is None:
            continue
        known = covered.get(span[1] - 1)
        if known is None or (start < known.start and known.end <= span[1]):
            best[start] = NameForm(start, span[1], head.cls)
    yield from best.values()


def _is_no_head(text: str, end: int) -> bool:
    """Whether the characters in front of `end` are a word that only looks like the end of a name: "格局"."""
    words = words_in("no_heads.zh.tsv")
    return any(text[end - length : end] in words for length in range(2, 9) if length <= end)
