"""The words of Chinese text that lie outside mentions, and the groups that the word file puts them in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ...errors import OntologyError

if TYPE_CHECKING:
    from spacy.tokens import Doc

PACKAGE = "triplehelix.extract"
FILE = "words.zh.yaml"
GROUPS = ("preposition", "causative", "modal", "joiner", "filler", "reporting")
LONGEST = 4
VERBAL = frozenset({"v", "vn", "vd", "vi", "vq", "p"})


class FreeWord(NamedTuple):
    """A word outside all mentions: tokens [start, end), its text, and whether it may govern what follows."""

    start: int
    end: int
    text: str
    verbal: bool


@cache
def word_groups() -> Mapping[str, frozenset[str]]:
    """The groups of the word file by name."""
    return parse_groups((files(PACKAGE) / "data" / FILE).read_text(encoding="utf-8"), FILE)


def parse_groups(text: str, name: str) -> Mapping[str, frozenset[str]]:
    """Read the word file; raises `OntologyError` where a group is unknown, missing or no list of words."""
    raw = yaml.safe_load(text)
    for group in raw:
        if group not in GROUPS:
            raise OntologyError(f"{name}: {group!r} is no group of words; use {', '.join(GROUPS)}.")
    for group in GROUPS:
        if not isinstance(raw.get(group), list) or not all(isinstance(word, str) for word in raw[group]):
            raise OntologyError(f"{name}: {group} must be a list of words.")
    return {group: frozenset(raw[group]) for group in GROUPS}


def free_words(
    doc: Doc, texts: Sequence[str], start: int, end: int, covered: Sequence[bool], known: frozenset[str]
) -> list[FreeWord]:
    """The words of tokens [start, end) outside what is `covered`; words of `known` are cut out first.

    The segmenter joins and splits words as everyday text has them ("会同" as a noun, "推进改革" as one word);
    verbs that the data know are found whatever it says.
    """
    spans: tuple[tuple[int, int, str], ...] = doc._.policy_words
    found: list[FreeWord] = []
    tags = {word[0]: (word[1], word[2]) for word in words_within(spans, start, end)}
    i = start
    tag, word_end = "x", start
    while i < end:
        if i in tags:
            word_end, tag = tags[i]
        if covered[i] or texts[i].isspace():
            i += 1
            continue
        length = _known_length(texts, i, end, covered, known)
        if length:
            found.append(FreeWord(i, i + length, "".join(texts[i : i + length]), True))
            i += length
            continue
        stop = i + 1
        limit = min(max(word_end, i + 1), end)
        while stop < limit and not covered[stop] and stop not in tags:
            if _known_length(texts, stop, end, covered, known) > 1:
                break
            stop += 1
        found.append(FreeWord(i, stop, "".join(texts[i:stop]), tag in VERBAL))
        i = stop
    return found


def words_within(
    words: Sequence[tuple[int, int, str]], start: int, end: int
) -> Sequence[tuple[int, int, str]]:
    """The segmenter's words that reach into tokens [start, end)."""
    low = bisect_left(words, (start,))
    if low and words[low - 1][1] > start:
        low -= 1
    return words[low : bisect_left(words, (end,))]


def _known_length(
    texts: Sequence[str], i: int, end: int, covered: Sequence[bool], known: frozenset[str]
) -> int:
    """How many tokens from `i` on spell a known word of at least two characters, longest first; 0 for none."""
    stop = i
    while stop < end and stop - i < LONGEST and not covered[stop]:
        stop += 1
    for length in range(stop - i, 1, -1):
        if "".join(texts[i : i + length]) in known:
            return length
    return 0
