"""Places by their form: names of towns, counties and zones that the segmenter knows or that end as such do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..names import NameForm
from .compact import compact
from .word_lists import table_in, words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..lexicon import LexiconMatch


SHORT = 2
"""Characters of a name that is a place only behind the place it lies in: "义县", but "入市"."""


def place_forms(doc: Doc, matches: Sequence[LexiconMatch]) -> Iterator[NameForm]:
    """Words that the segmenter takes for places and no label covers, with what makes them towns or zones."""
    endings = table_in("place_forms.zh.tsv")
    source = compact(doc)
    no_places = words_in("no_places.zh.tsv")
    kinds = words_in("place_kinds.zh.tsv")
    behind = {match.end for match in matches if not match.contextual}
    taken = {i for match in matches if not match.contextual for i in range(match.start, match.end)}
    for word in doc._.policy_words:
        if word.tag != "ns" or word.end - word.start < 2 or word.start in taken or word.end - 1 in taken:
            continue
        text = source.surface(word.start, word.end)
        if text in no_places or text[-2:] in kinds or "\n" in text:
            continue
        if len(text) == SHORT and word.start not in behind:
            continue
        cls = next((endings[text[-n:]] for n in (4, 3, 2, 1) if text[-n:] in endings and len(text) > n), None)
        if cls is not None:
            yield NameForm(word.start, word.end, cls)
