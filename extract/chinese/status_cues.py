"""The words by which Chinese says that something is proposed, planned, under way or denied (`data/status.zh.yaml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ..status_cues import parse_cues
from .words import words_within

if TYPE_CHECKING:
    from spacy.tokens import Doc

PACKAGE = "triplehelix.extract"
FILE = "data/status.zh.yaml"


class Cue(NamedTuple):
    """A cue at tokens [start, end): its kind ("adverb", "verb", "after", "time", "negation"), status and text."""

    start: int
    end: int
    kind: str
    status: str
    text: str


@cache
def status_cues() -> Mapping[str, Mapping[str, str]]:
    """Cue lists by kind: cue -> status."""
    return parse_cues((files(PACKAGE) / FILE).read_text(encoding="utf-8"), FILE)


@cache
def _by_first() -> Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """First character -> cues that begin with it, longest first, each with its kinds and statuses."""
    meanings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, table in status_cues().items():
        for text, status in table.items():
            meanings[text].append((kind, status))
    found: dict[str, list[tuple[str, tuple[tuple[str, str], ...]]]] = defaultdict(list)
    for text in sorted(meanings, key=lambda t: (-len(t), t)):
        found[text[0]].append((text, tuple(meanings[text])))
    return {first: tuple(items) for first, items in found.items()}


def find_cues(doc: Doc, texts: list[str], start: int, end: int) -> Iterator[Cue]:
    """The cues of tokens [start, end), in order, the longest at each place."""
    words = {word[0]: word[1] for word in words_within(doc._.policy_words, start, end)}
    text = "".join(texts[start:end])
    offsets = [0]
    for token in texts[start:end]:
        offsets.append(offsets[-1] + len(token))
    place, i = 0, start
    while i < end:
        place = offsets[i - start]
        for cue, meanings in _by_first().get(texts[i][0], ()):
            if not text.startswith(cue, place):
                continue
            stop = i + len(cue)
            if len(cue) == 1 and words.get(i) != stop:
                continue
            yield from (Cue(i, stop, kind, status, cue) for kind, status in meanings)
            i = stop
            break
        else:
            i += 1
