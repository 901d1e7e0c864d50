"""spaCy components, so that policy extraction can stand in anyone's pipeline, English or Chinese (`load_chinese`).

    nlp.add_pipe("policy_sentences", first=True)  # English: headings and list items start sentences
    nlp.add_pipe("policy_names", first=True)      # English: long names become one token before tagging and parsing
    nlp.add_pipe("policy_numbers", after="parser")  # English: "12." belongs to the sentence that it counts
    nlp.add_pipe("policy_entities")               # doc.spans["policy_entities"], doc._.policy_mentions
    nlp.add_pipe("policy_coreference")            # doc._.policy_referents, doc._.policy_unlinked
    nlp.add_pipe("policy_relations")              # doc._.policy_relations

Each takes `ontology`, the folder of a user's own layer, or null for the ontology that ships; the last three also
`models`, a folder that `triplehelix train` wrote, or null for the models that ship.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from .grammar import Grammar, grammar_for, ontology_for
from .mention_spans import MentionSpan
from .merging import NameMerger
from .models import Models, load_models
from .relations import RelationFinder
from .selection import select
from .sentences import LayoutSentences, NumberedSentences

SPANS = "policy_entities"
VOUCHING = 1.75
"""How much likelier than the threshold a relation must be to vouch for a doubtful mention."""

for _name in ("policy_mentions", "policy_referents", "policy_unlinked", "policy_relations"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())
for _name in ("policy_rule", "policy_confidence"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)


class Extractor:
    """What finds mentions, referents and relations with one grammar and one set of models."""

    def __init__(self, grammar: Grammar, models: Models) -> None:
        self.grammar = grammar
        self.models = models
        self._mentions = grammar.finder(models.taggers, models.encoder)
        self._relations = RelationFinder(
            grammar,
            models.relations,
            models.status,
            models.encoder,
            threshold=models.settings.relation_threshold,
            calibration=models.settings.relation_calibration,
        )

    def extract(self, doc: Doc) -> None:
        """Find mentions, referents and relations of a parsed document and keep those that are sure enough."""
        self.find_mentions(doc)
        self.resolve(doc)
        self.find_relations(doc)

    def find_mentions(self, doc: Doc) -> None:
        """Candidates for mentions, also unlikely ones; `doc.spans` shows those sure by themselves."""
        doc._.policy_mentions = tuple(self._mentions.mentions(doc))
        threshold = self.models.settings.mention_threshold
        doc.spans[SPANS] = [_span(doc, m) for m in doc._.policy_mentions if m.confidence >= threshold]

    def resolve(self, doc: Doc) -> None:
        """Group the mentions into referents."""
        referents, unlinked = self.grammar.resolve(doc, doc._.policy_mentions)
        doc._.policy_referents, doc._.policy_unlinked = tuple(referents), tuple(unlinked)

    def find_relations(self, doc: Doc) -> None:
        """Relations between the referents; what is not sure enough and in no relation is dropped."""
        found = self._relations.relations(doc, doc._.policy_referents)
        settings = self.models.settings
        needed = round(settings.relation_calibration(VOUCHING * settings.relation_threshold), 4)
        kept, between = select(doc._.policy_referents, found, settings.mention_threshold, needed)
        doc._.policy_referents, doc._.policy_relations = tuple(kept), tuple(between)
        doc._.policy_mentions = tuple(m for referent in kept for m in referent.mentions)
        doc.spans[SPANS] = [_span(doc, mention) for mention in sorted(doc._.policy_mentions)]


@cache
def extractor(language: str, ontology: str | None = None, models: str | None = None) -> Extractor:
    """The extractor for a language with an ontology and a models folder (None: what ships), made once."""
    return Extractor(grammar_for(language, ontology), load_models(language, models))


def _span(doc: Doc, mention: MentionSpan) -> Span:
    key = mention.keys[0] if len(mention.keys) == 1 else ""
    span = Span(doc, mention.start, mention.end, label=mention.type, kb_id=key)
    span._.policy_rule = mention.rule
    span._.policy_confidence = mention.confidence
    return span


@Language.factory("policy_names", default_config={"ontology": None}, retokenizes=True)
def make_names(nlp: Language, name: str, ontology: str | None) -> Callable[[Doc], Doc]:
    """Component that merges authority names and quoted scheme names into single tokens."""
    return NameMerger(ontology_for(ontology))


@Language.factory("policy_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that starts sentences where the layout does."""
    return LayoutSentences()


@Language.factory("policy_numbers", assigns=["token.head", "token.dep"])
def make_numbers(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that joins the number of a paragraph to its first sentence, behind the parser."""
    return NumberedSentences()


@Language.factory("policy_entities", default_config={"ontology": None, "models": None})
def make_entities(nlp: Language, name: str, ontology: str | None, models: str | None) -> Callable[[Doc], Doc]:
    """Component that finds mentions of entities."""
    return _component(extractor(nlp.lang, ontology, models).find_mentions)


@Language.factory("policy_coreference", default_config={"ontology": None, "models": None})
def make_coreference(
    nlp: Language, name: str, ontology: str | None, models: str | None
) -> Callable[[Doc], Doc]:
    """Component that groups mentions into referents."""
    return _component(extractor(nlp.lang, ontology, models).resolve)


@Language.factory("policy_relations", default_config={"ontology": None, "models": None})
def make_relations(
    nlp: Language, name: str, ontology: str | None, models: str | None
) -> Callable[[Doc], Doc]:
    """Component that finds relations between referents."""
    return _component(extractor(nlp.lang, ontology, models).find_relations)


def _component(step: Callable[[Doc], None]) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        step(doc)
        return doc

    return component
