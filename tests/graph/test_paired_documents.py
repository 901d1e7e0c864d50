"""One text in two languages: what both name and the authority file knows is one node of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplehelix.extract import load_pipeline
from triplehelix.extract.gold import GoldDocument, read_gold_document
from triplehelix.graph.evaluation import as_document
from triplehelix.ontology import Ontology, load_ontology

GOLD = Path(__file__).parents[3] / "shared" / "gold"
PAIRS = (("apprenticeship", "apprenticeship_zh"), ("rail_talent", "rail_talent_zh"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated documents are not beside the project"),
]


def known(gold: GoldDocument, ontology: Ontology) -> set[str]:
    """Keys of the entries that have the form and the type of an annotated mention, where that is one."""
    keys = set()
    for mention in gold.mentions:
        found = {
            entry.key
            for entry in ontology.authority.candidates(gold.text[mention.begin : mention.end], gold.language)
            if ontology.schema.core_of(entry.cls) == mention.type
        }
        keys |= found if len(found) == 1 else set()
    return keys


def test_paired_documents_share_their_entities() -> None:
    ontology, pipeline = load_ontology(), load_pipeline()
    shared = total = 0
    for names in PAIRS:
        golds = [read_gold_document(next(GOLD.glob(f"*-dev/{name}.json"))) for name in names]
        both = set.intersection(*(known(gold, ontology) for gold in golds))
        annotated = (pipeline.annotate_one(as_document(gold)) for gold in golds)
        found = set.intersection(*({e.key for e in one.entities if e.key} for one in annotated))
        total += len(both)
        shared += len(both & found)
    assert total >= 8
    assert shared >= 0.9 * total
