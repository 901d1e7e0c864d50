"""Mentions of entities in a Chinese document: lexicon, learned tagger and name forms brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..annotations import NAMED
from ..entities import FORM_CONFIDENCE, SPREAD_DISCOUNT
from ..lexicon_mentions import LexiconReader
from ..mention_spans import MentionSpan, add_span, layer_of, tagged_spans
from ..reading import keep_traits
from .features import token_features
from .lexicon import ChineseLexicon
from .names import name_forms

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...ontology import Ontology
    from ..encoder import Encoder
    from ..lexicon import LexiconMatch
    from ..tagger import SequenceTagger

EDGES = frozenset("，。；：、！？,;:!?的和与及 \n\t\u3000")
PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」", "‘": "’"}
SHORTEST_SPREAD = 3
"""Characters that a form must have to be marked everywhere once it was found somewhere."""

SURE_ENOUGH = 0.5


class ChineseMentionFinder(LexiconReader):
    """Finds mentions with one ontology and one set of taggers; holds no state of a document."""

    def __init__(
        self, ontology: Ontology, taggers: Mapping[str, SequenceTagger], encoder: Encoder | None = None
    ) -> None:
        super().__init__(ontology)
        self._ontology = ontology
        self._lexicon = ChineseLexicon.from_ontology(ontology)
        self._taggers = taggers
        self._encoder = encoder

    def features(self, doc: Doc) -> list[list[str]]:
        """Token features for the taggers, with what the lexicon and the forms of names say of the document."""
        matches = list(self._lexicon.matches(doc))
        return self._features(doc, matches, list(self._by_form(doc, matches)))

    def by_rules(self, doc: Doc) -> list[MentionSpan]:
        """The mentions that the lexicon and the forms of names give, without the trained models."""
        matches = list(self._lexicon.matches(doc))
        chosen: list[MentionSpan] = []
        for span in (*self._named(matches), *self._by_form(doc, matches)):
            add_span(chosen, span)
        return sorted(_outermost_names(chosen), key=lambda m: (m.start, -m.end, m.type))

    def mentions(self, doc: Doc) -> list[MentionSpan]:
        """All mentions of `doc`, sorted by position; no two of one layer overlap."""
        matches = list(self._lexicon.matches(doc))
        forms = list(self._by_form(doc, matches))
        rows = self._features(doc, matches, forms)
        keep_traits(doc, rows)
        chosen: list[MentionSpan] = []
        for span in (*self._named(matches), *self._tagged(doc, rows), *forms):
            add_span(chosen, span)
        chosen += _spread(doc, chosen)
        linked = [self._link(doc, span) for span in chosen]
        return sorted(_outermost_names(linked), key=lambda m: (m.start, -m.end, m.type))

    def _features(
        self, doc: Doc, matches: Sequence[LexiconMatch], forms: Sequence[MentionSpan]
    ) -> list[list[str]]:
        named = {i: form.type for form in forms for i in range(form.start, form.end)}
        return token_features(doc, self._lexicon_labels(matches), named)

    def _tagged(self, doc: Doc, rows: Sequence[Sequence[str]]) -> Iterator[MentionSpan]:
        for found in tagged_spans(doc, rows, self._taggers, self._encoder):
            start, end = _trim(doc, found.start, found.end)
            if start < end:
                yield MentionSpan(start, end, found.type, (), f"tagger:{found.layer}", found.probability)

    def _by_form(self, doc: Doc, matches: Sequence[LexiconMatch]) -> Iterator[MentionSpan]:
        for form in name_forms(doc, matches, self._kinds):
            kind = self._ontology.schema.core_of(form.cls)
            yield MentionSpan(form.start, form.end, kind, (), "name-form", FORM_CONFIDENCE, form.cls)

    def _link(self, doc: Doc, span: MentionSpan) -> MentionSpan:
        """The mention with the entries of its type that have its form, which quotation marks may surround."""
        if span.keys:
            return span
        text = doc[span.start : span.end].text
        schema = self._ontology.schema
        for form in (text, text.strip("“”「」‘’《》")):
            keys = tuple(
                entry.key
                for entry in self._ontology.authority.candidates(form, "zh")
                if schema.core_of(entry.cls) == span.type
            )
            if keys:
                return span._replace(keys=keys)
        return span


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut what cannot be the edge of a mention, and close a quotation or bracket that is left open."""
    while start < end and doc[start].text[:1] in EDGES:
        start += 1
    while end > start and doc[end - 1].text[:1] in EDGES:
        end -= 1
    texts = [token.text for token in doc[start:end]]
    for opening, closing in PAIRS.items():
        missing = texts.count(opening) - texts.count(closing)
        if missing > 0 and end < len(doc) and doc[end].text == closing:
            end += 1
        elif missing > 0 and texts[:1] == [opening]:
            start += 1
        elif missing < 0 and start and doc[start - 1].text == opening:
            start -= 1
        elif missing < 0 and texts[-1:] == [closing]:
            end -= 1
    return start, end


def _spread(doc: Doc, chosen: Sequence[MentionSpan]) -> Iterator[MentionSpan]:
    """Mark a form everywhere once it was recognised somewhere (guideline: every place it occurs)."""
    best: dict[str, MentionSpan] = {}
    for span in chosen:
        form = doc[span.start : span.end].text
        known = len(form) >= SHORTEST_SPREAD and span.confidence >= SURE_ENOUGH
        if known and (form not in best or best[form].confidence < span.confidence):
            best[form] = span
    taken: dict[str, set[int]] = defaultdict(set)
    for span in chosen:
        taken[layer_of(span)].update(range(span.start, span.end))
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    text = doc.text
    for form in sorted(best, key=lambda form: (-len(form), form)):
        model, position = best[form], text.find(form)
        while position >= 0:
            start, end = starts.get(position), ends.get(position + len(form))
            position = text.find(form, position + len(form))
            if start is None or end is None or taken[layer_of(model)] & set(range(start, end)):
                continue
            taken[layer_of(model)].update(range(start, end))
            discounted = model.confidence * SPREAD_DISCOUNT
            yield model._replace(start=start, end=end, rule="same-form", confidence=discounted)


def _outermost_names(spans: Sequence[MentionSpan]) -> Iterator[MentionSpan]:
    """Drop what lies inside a proper name: 北京 in 北京大学 is no mention."""
    names = [s for s in spans if s.type in NAMED]
    for span in spans:
        inside = any(
            n.start <= span.start
            and span.end <= n.end
            and (
                (n.start, n.end) != (span.start, span.end)
                or (n.type != "PolicyDocument" and n.confidence > span.confidence)
            )
            for n in names
        )
        if not inside:
            yield span
