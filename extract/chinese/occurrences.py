"""Where the referents of a Chinese document stand in its sentences: by name, or unspoken.

Chinese policy text names an actor once and goes on without it: the next clauses, the next sentences of the
paragraph and the items of a list say what it does. What a sentence may mean without naming it is an occurrence of
the form "unspoken"; its `via` tells where it was named: "topic" (the actors that the sentence before is about),
"lead-in" (what introduces the list that the sentence is an item of), "document" (the document whose content is
being told), "heading", "place" (the region spoken of) and "thing" (the arrangement that the sentence before names).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..annotations import ACTORS
from ..coreference import Referent
from ..occurrences import Occurrence
from .coordination import list_numbers
from .words import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+是|\d+[.．、])")
ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]+[条章节]")
HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|第[一二三四五六七八九十百]+[章节])"
)
LEADING_IN = re.compile(r"[:：]\s*$")
LONGEST_HEADING = 40
STOPS = frozenset("。；;，,！？：:")
MOST_TOPICS = 4
HEADED, MOST_HEADED = frozenset({"Mechanism", "Region", "Field"}), 3


@dataclass(slots=True)
class _Carried:
    """What is being spoken of, by `via`."""

    topic: tuple[int, ...] = ()
    lead_in: tuple[int, ...] = ()
    document: tuple[int, ...] = ()
    place: tuple[int, ...] = ()
    thing: tuple[int, ...] = ()
    heading: tuple[int, ...] = ()


@dataclass(slots=True)
class OccurrenceFinder:
    """The occurrences of one document's referents."""

    doc: Doc
    referents: Sequence[Referent]
    _texts: list[str] = field(default_factory=list)

    def by_sentence(self) -> Mapping[int, list[Occurrence]]:
        """Occurrences by number of the sentence: mentions by position, then what is not named."""
        self._texts = [token.text for token in self.doc]
        sentences = list(self.doc.sents)
        found = self._mentions(sentences)
        carried = _Carried()
        for index, sentence in enumerate(sentences):
            named = found.get(index, [])
            self._begin(sentence, carried)
            if named:
                found[index] = [*named, *self._unspoken(sentence, named, carried)]
            self._go_on(sentence, named, carried)
        return found

    def _mentions(self, sentences: Sequence[Span]) -> dict[int, list[Occurrence]]:
        sentence_of = [n for n, s in enumerate(sentences) for _ in range(s.start, s.end)]
        found: dict[int, list[Occurrence]] = defaultdict(list)
        for number, referent in enumerate(self.referents):
            for m in referent.mentions:
                found[sentence_of[m.start]].append(
                    Occurrence(number, referent.type, m.start, m.end, m.end - 1, "mention", m.confidence)
                )
        for occurrences in found.values():
            occurrences.sort(key=lambda o: (o.start, -o.end, o.referent))
        return found

    def _begin(self, sentence: Span, carried: _Carried) -> None:
        """Forget what a new article, a new heading or a paragraph that is no list item leaves behind."""
        text = sentence.text
        starts_line = sentence.start == 0 or "\n" in self._texts[sentence.start - 1]
        if ARTICLE.match(text):
            carried.topic = carried.lead_in = carried.thing = ()
        elif starts_line and not ITEM.match(text):
            carried.lead_in = ()

    def _unspoken(
        self, sentence: Span, named: Sequence[Occurrence], carried: _Carried
    ) -> Iterator[Occurrence]:
        start = sentence.start
        while start < sentence.end - 1 and self._texts[start].isspace():
            start += 1
        present = {o.referent for o in named}
        for via in ("lead-in", "topic", "document", "place", "heading", "thing"):
            for number in getattr(carried, via.replace("-", "_")):
                if number not in present:
                    present.add(number)
                    yield Occurrence(
                        number, self.referents[number].type, start, start, start, "unspoken", via=via
                    )

    def _go_on(self, sentence: Span, named: Sequence[Occurrence], carried: _Carried) -> None:
        text = sentence.text.strip()
        if not text:
            return
        lists = list_numbers(self._texts, named)
        actors = self._leading(sentence, named, lists, ACTORS)
        document = self._told(sentence, named)
        if LEADING_IN.search(text):
            introduced = [o.referent for o in named if o.type in ("Mechanism", "PolicyDocument")][-1:]
            carried.lead_in = (*(actors or carried.topic), *introduced)
        if is_heading(text):
            carried.heading = tuple(o.referent for o in named if o.type in HEADED)[:MOST_HEADED]
            carried.topic = ()
        if actors:
            carried.topic = actors
        places = self._leading(sentence, named, lists, frozenset({"Region"}))
        if places:
            carried.place = places
        if document:
            carried.document = document
        things = tuple(o.referent for o in named if o.type == "Mechanism")[:1]
        if things:
            carried.thing = things

    def _leading(
        self,
        sentence: Span,
        named: Sequence[Occurrence],
        lists: Mapping[int, int],
        types: frozenset[str],
    ) -> tuple[int, ...]:
        """The first list of mentions of some types in a sentence, if it may be its subject."""
        first = next((n for n, o in enumerate(named) if o.type in types), None)
        if first is None:
            return ()
        if first not in lists:
            return (named[first].referent,)
        members = [named[n].referent for n in sorted(lists) if lists[n] == lists[first]]
        return tuple(dict.fromkeys(members))[:MOST_TOPICS]

    def _told(self, sentence: Span, named: Sequence[Occurrence]) -> tuple[int, ...]:
        """The document whose content a sentence begins to tell: "《意见》要求", "《规划》提出"."""
        reporting = word_groups()["reporting"]
        for o in named:
            if o.type == "PolicyDocument":
                behind = "".join(self._texts[o.end : min(o.end + 6, sentence.end)]).lstrip("》”’）) ")
                if any(behind.startswith(word) for word in reporting):
                    return (o.referent,)
        return ()


def is_heading(text: str) -> bool:
    """Whether a line is a heading: short, numbered or without a mark at its end."""
    line = text.strip()
    if not line or len(line) > LONGEST_HEADING:
        return False
    return bool(HEADING.match(line)) or line[-1] not in STOPS
