"""spaCy components, so that policy extraction can stand in anyone's pipeline.

    nlp.add_pipe("policy_sentences", first=True)  # headings and list items start sentences
    nlp.add_pipe("policy_names", first=True)      # long names become one token before tagging and parsing
    nlp.add_pipe("policy_entities")               # doc.spans["policy_entities"], doc._.policy_mentions
    nlp.add_pipe("policy_coreference")            # doc._.policy_referents, doc._.policy_unlinked
    nlp.add_pipe("policy_relations")              # doc._.policy_relations

Each takes `ontology`, the folder of a user's own layer, or null for the ontology that ships.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..ontology import Ontology, load_ontology
from ..ontology.frames import load_frames
from .annotations import RelationMention
from .coreference import Referent, resolve
from .entities import MentionFinder, MentionSpan
from .maxent import load_classifier
from .merging import NameMerger
from .relations import RelationFinder
from .selection import select
from .sentences import LayoutSentences
from .settings import load_settings
from .tagger import LAYERS, load_tagger

SPANS = "policy_entities"

for _name in ("policy_mentions", "policy_referents", "policy_unlinked", "policy_relations"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())
for _name in ("policy_rule", "policy_confidence"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)


@cache
def ontology_for(folder: str | None) -> Ontology:
    """The ontology with the user's layer in `folder`, loaded once in a process."""
    return load_ontology(Path(folder) if folder else None)


@cache
def mention_finder(folder: str | None) -> MentionFinder:
    """The mention finder for an ontology folder, with the taggers that ship."""
    taggers = {layer: load_tagger(f"en-{layer}") for layer in LAYERS}
    return MentionFinder(ontology_for(folder), taggers)


@cache
def relation_finder(folder: str | None) -> RelationFinder:
    """The relation finder for an ontology folder, with the models that ship."""
    ontology = ontology_for(folder)
    settings = load_settings("en")
    return RelationFinder(
        ontology.schema,
        load_frames("en", [path for path in ontology.layers if path.suffix == ".ttl"]),
        load_classifier("en-relations"),
        load_classifier("en-status"),
        threshold=settings.relation_threshold,
        calibration=settings.relation_calibration,
    )


def extract_document(doc: Doc, folder: str | None) -> None:
    """Find mentions, referents and relations of a parsed document and keep those that are sure enough."""
    mentions = tuple(mention_finder(folder).mentions(doc))
    referents, unlinked = resolve(doc, mentions, ontology_for(folder))
    relations = relation_finder(folder).relations(doc, referents)
    _keep(doc, referents, relations)
    doc._.policy_unlinked = tuple(unlinked)


def _keep(doc: Doc, referents: Sequence[Referent], relations: Sequence[RelationMention]) -> None:
    kept, between = select(referents, relations, load_settings("en").mention_threshold)
    doc._.policy_referents, doc._.policy_relations = tuple(kept), tuple(between)
    doc._.policy_mentions = tuple(m for referent in kept for m in referent.mentions)
    doc.spans[SPANS] = [_span(doc, mention) for mention in sorted(doc._.policy_mentions)]


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


@Language.factory("policy_entities", default_config={"ontology": None})
def make_entities(nlp: Language, name: str, ontology: str | None) -> Callable[[Doc], Doc]:
    """Component that finds mentions of entities."""
    finder = mention_finder(ontology)

    def component(doc: Doc) -> Doc:
        doc._.policy_mentions = tuple(finder.mentions(doc))
        threshold = load_settings("en").mention_threshold
        doc.spans[SPANS] = [_span(doc, m) for m in doc._.policy_mentions if m.confidence >= threshold]
        return doc

    return component


@Language.factory("policy_coreference", default_config={"ontology": None})
def make_coreference(nlp: Language, name: str, ontology: str | None) -> Callable[[Doc], Doc]:
    """Component that groups mentions into referents."""
    loaded = ontology_for(ontology)

    def component(doc: Doc) -> Doc:
        referents, unlinked = resolve(doc, doc._.policy_mentions, loaded)
        doc._.policy_referents = tuple(referents)
        doc._.policy_unlinked = tuple(unlinked)
        return doc

    return component


@Language.factory("policy_relations", default_config={"ontology": None})
def make_relations(nlp: Language, name: str, ontology: str | None) -> Callable[[Doc], Doc]:
    """Component that finds relations between referents."""
    finder = relation_finder(ontology)

    def component(doc: Doc) -> Doc:
        _keep(doc, doc._.policy_referents, finder.relations(doc, doc._.policy_referents))
        return doc

    return component
