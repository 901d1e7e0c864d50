"""How the sentences of a Chinese document present what they say, each in the light of what stands before it.

A demand goes on from sentence to sentence ("会议强调，要…。加强…。"), a heading ("2025年工作安排") holds for all
below it, and 了 behind a verb says that it has been done. Where nothing marks a verb, the register of the document
decides; the learned model weighs the cues found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .occurrences import ARTICLE, is_heading
from .register import Register, begins_bare, read_register
from .sentences import clauses
from .status_cues import Cue, find_cues
from .words import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

EXPLICIT = ("adverb", "after")
CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)")


class Mood(NamedTuple):
    """The cues of one sentence and what holds from before it.

    `carried` is the status of the last explicit cue of the sentences before it in its paragraph, `heading` that of
    the nearest heading with a cue of time. `voice` is "reported" where somebody or a document has said what a
    sentence without a subject demands, `is_bare` tells that it begins with a verb. `section` is what the
    part of a report is about that the sentence stands in: what has been done, or what is to be done.
    """

    cues: tuple[Cue, ...]
    bounds: tuple[int, ...]
    carried: str
    heading: str
    voice: str
    is_bare: bool
    section: str

    def clause_of(self, token: int) -> int:
        """The number of the clause that a token stands in."""
        return max(0, sum(1 for bound in self.bounds if bound <= token) - 1)

    def before(self, token: int, kinds: Sequence[str] = EXPLICIT) -> list[Cue]:
        """The cues of some kinds in front of a token, nearest first."""
        return [cue for cue in reversed(self.cues) if cue.start < token and cue.kind in kinds]


@dataclass(slots=True)
class StatusReader:
    """The moods of one document's sentences, by the token each begins with."""

    doc: Doc
    register: Register = field(init=False)
    texts: list[str] = field(init=False)
    _moods: dict[int, Mood] = field(init=False)

    def __post_init__(self) -> None:
        self.register = read_register(self.doc)
        self.texts = [token.text for token in self.doc]
        self._moods = {}
        carried = heading = voice = section = "-"
        reporting = word_groups()["reporting"]
        for sentence in self.doc.sents:
            text = sentence.text
            if (sentence.start and "\n" in self.texts[sentence.start - 1]) or ARTICLE.match(text):
                carried = "-"
            cues = tuple(find_cues(self.doc, self.texts, sentence.start, sentence.end))
            bounds = tuple(start for start, _ in clauses(sentence))
            is_bare = begins_bare(text)
            if any(word in text for word in reporting):
                voice = "reported"
            elif not is_bare and text.lstrip()[:1] != "要":
                voice = "-"
            self._moods[sentence.start] = Mood(cues, bounds, carried, heading, voice, is_bare, section)
            if is_heading(text):
                kept = "-" if CHAPTER.match(text) and section == "established" else section
                section = next((c.status for c in cues if c.kind == "section"), kept)
                heading = next((c.status for c in cues if c.kind in ("time", "section")), heading)
            last = next((c.status for c in reversed(cues) if c.kind in EXPLICIT), None)
            carried = last or carried

    def mood(self, sentence: Span) -> Mood:
        """The mood of a sentence of the document."""
        return self._moods[sentence.start]
