"""Mentions of entities in a parsed document: the lexicon, the learned tagger and name forms brought together.

The authority file decides identity and the type of names that only it knows; the tagger decides which
descriptive phrases count, and where they begin and end; name forms catch what neither has seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..ontology import fold
from .annotations import NAMED
from .features import token_features
from .heads import head_classes
from .lexicon import Lexicon
from .lexicon_mentions import LexiconReader
from .mention_spans import MentionSpan, add_span, layer_of, tagged_spans
from .names import name_forms
from .tagger import SequenceTagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Ontology
    from .encoder import Encoder

FORM_CONFIDENCE = 0.7
SPREAD_DISCOUNT = 0.9

LEADING = frozenset({"DT", "PDT", "WDT", "PRP$", "CC", "IN", "TO", "POS"})
TRAILING = frozenset({"CC", "IN", "TO", "DT", "WDT"})
MARKS = frozenset(",.;:")
QUOTES = {"“": "”", '"': '"', "‘": "’"}
OPENING_QUOTES, CLOSING_QUOTES = frozenset(QUOTES), frozenset(QUOTES.values())
QUOTED = re.compile(r"[“\"‘](.+?)[”\"’]")


class MentionFinder(LexiconReader):
    """Finds mentions with one ontology and one set of taggers; holds no state of a document."""

    def __init__(
        self, ontology: Ontology, taggers: Mapping[str, SequenceTagger], encoder: Encoder | None = None
    ) -> None:
        super().__init__(ontology)
        self._ontology = ontology
        self._lexicon = Lexicon.from_ontology(ontology, "en")
        self._taggers = taggers
        self._encoder = encoder

    def features(self, doc: Doc) -> list[list[str]]:
        """Token features for the taggers, with the lexicon's view of the document."""
        return token_features(doc, self._lexicon_labels(self._lexicon.matches(doc)))

    def mentions(self, doc: Doc) -> list[MentionSpan]:
        """All mentions of `doc`, sorted by position; no two of one layer overlap."""
        matches = list(self._lexicon.matches(doc))
        rows = token_features(doc, self._lexicon_labels(matches))
        chosen: list[MentionSpan] = []
        for span in (*self._named(matches), *self._tagged(doc, rows), *self._by_form(doc)):
            add_span(chosen, span)
        chosen += _spread(doc, chosen)
        linked = (self._link(doc, span) for span in chosen)
        return sorted(_outermost_names(doc, list(linked)), key=lambda m: (m.start, -m.end, m.type))

    def _tagged(self, doc: Doc, rows: Sequence[Sequence[str]]) -> Iterator[MentionSpan]:
        for found in tagged_spans(doc, rows, self._taggers, self._encoder):
            start, end = _trim(doc, found.start, _before_purpose(doc, found.start, found.end))
            if found.type == "Mechanism" and start < end:
                end = _with_head(doc, end)
            if start < end:
                yield MentionSpan(start, end, found.type, (), f"tagger:{found.layer}", found.probability)

    def _by_form(self, doc: Doc) -> Iterator[MentionSpan]:
        for form in name_forms(doc):
            kind = self._ontology.schema.core_of(form.cls)
            yield MentionSpan(form.start, form.end, kind, (), "name-form", FORM_CONFIDENCE, form.cls)

    def _link(self, doc: Doc, span: MentionSpan) -> MentionSpan:
        if span.keys:
            return span
        text = doc[span.start : span.end].text
        # The “use first, pay later” model is "use first, pay later".
        quoted = QUOTED.findall(text)
        for form in (text, *(quoted if len(quoted) == 1 else ())):
            keys = self._fitting(form, span.type)
            if keys:
                return span._replace(keys=keys)
        return self._typed_by_entry(span, text) if span.rule == "name-form" else span

    def _typed_by_entry(self, span: MentionSpan, text: str) -> MentionSpan:
        """What a head word says of a name yields to the authority file: the National Science Foundation governs."""
        schema = self._ontology.schema
        entries = self._ontology.authority.candidates(text, "en")
        kinds = {schema.core_of(entry.cls) for entry in entries}
        if len(kinds) != 1 or not kinds <= NAMED:
            return span
        return span._replace(type=kinds.pop(), keys=tuple(entry.key for entry in entries), cls="")

    def _fitting(self, form: str, kind: str) -> tuple[str, ...]:
        return tuple(
            entry.key
            for entry in self._ontology.authority.candidates(form, "en")
            if self._ontology.schema.core_of(entry.cls) == kind
        )


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut what cannot be the edge of a mention, and take in the quotation mark that belongs to one inside."""
    while start < end and (doc[start].is_space or doc[start].tag_ in LEADING or doc[start].text in MARKS):
        start += 1
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].tag_ in TRAILING or doc[end - 1].text in MARKS
    ):
        end -= 1
    inside = doc[start:end].text
    if start and doc[start - 1].text in OPENING_QUOTES and _has_closing(doc[start - 1].text, inside):
        start -= 1
    elif end < len(doc) and doc[end].text in CLOSING_QUOTES and _is_open(inside):
        end += 1
    return start, end


def _with_head(doc: Doc, end: int) -> int:
    """Behind the noun that the last word only qualifies: "talent | programme" is one arrangement."""
    last = doc[end - 1]
    if last.dep_ == "compound" and last.head.i == end < last.sent.end:
        return end + ("instrument" in head_classes().get(last.head.lemma_.lower(), ()))
    return end


def _before_purpose(doc: Doc, start: int, end: int) -> int:
    """Where a mention ends that runs on into its purpose: "joint meetings of bureaus | to keep policies in step".

    Short and general ones need it: "measures to attract engineers".
    """
    for token in doc[start + 3 : end - 1]:
        if token.tag_ == "TO" and token.head.pos_ == "VERB":
            return token.i
    return end


def _has_closing(opening: str, text: str) -> bool:
    return QUOTES[opening] in text and (opening != '"' or text.count('"') == 1)


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') == 1


def _spread(doc: Doc, chosen: Sequence[MentionSpan]) -> Iterator[MentionSpan]:
    """Mark a surface form everywhere once it was recognised somewhere (guideline: every place it occurs)."""
    best: dict[tuple[str, ...], MentionSpan] = {}
    for span in chosen:
        words = tuple(t.text for t in doc[span.start : span.end])
        known = len(words) > 1 or doc[span.start].text[:1].isupper()
        if known and (words not in best or best[words].confidence < span.confidence):
            best[words] = span
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(best, key=len, reverse=True):
        by_first[words[0]].append(words)
    taken: dict[str, set[int]] = defaultdict(set)
    for span in chosen:
        taken[layer_of(span)].update(range(span.start, span.end))
    for token in doc:
        for words in by_first.get(token.text, ()):
            model = best[words]
            start, end = token.i, token.i + len(words)
            if model.confidence < 0.5 or taken[layer_of(model)] & set(range(start, end)):
                continue
            if tuple(t.text for t in doc[start:end]) == words:
                taken[layer_of(model)].update(range(start, end))
                discounted = model.confidence * SPREAD_DISCOUNT
                yield model._replace(start=start, end=end, rule="same-form", confidence=discounted)
                break


def _outermost_names(doc: Doc, spans: Sequence[MentionSpan]) -> Iterator[MentionSpan]:
    """Drop what lies inside a proper name: "Guangdong" in "Guangdong Provincial Government" is no mention.

    What is surer to be a body or a person is not also, with the same words, a thing of another layer.
    """
    names = [s for s in spans if s.type in NAMED or (s.type == "Mechanism" and _is_proper(doc, s))]
    for span in spans:
        inside = any(
            n.start <= span.start
            and span.end <= n.end
            and ((n.start, n.end) != (span.start, span.end) or _is_surer_name(n, span))
            for n in names
        )
        if not inside:
            yield span


def _is_proper(doc: Doc, span: MentionSpan) -> bool:
    """Whether every word with a meaning of its own is capitalised: "Harbour City Fellowship Scheme"."""
    words = [t for t in doc[span.start : span.end] if t.is_alpha and not t.is_stop]
    return len(words) > 1 and all(t.text[:1].isupper() for t in words)


def _is_surer_name(name: MentionSpan, span: MentionSpan) -> bool:
    return name.type not in ("PolicyDocument", "Mechanism") and name.confidence > span.confidence


def surface_key(doc: Doc, start: int, end: int) -> str:
    """What two mentions of one thing have in common: the folded text with its last word in the singular."""
    last = doc[end - 1]
    singular = last.lemma_ if last.pos_ == "NOUN" else last.text
    return fold(f"{doc[start : end - 1].text} {singular}") or doc[start:end].text.lower()
