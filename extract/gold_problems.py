"""What is wrong with annotated documents before anything is measured on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ..errors import DocumentError
from .annotations import Status
from .gold import GoldDocument

if TYPE_CHECKING:
    from ..ontology import Schema

STATUSES: tuple[str, ...] = get_args(Status)


def check_gold(folder: Path, golds: Sequence[GoldDocument], schema: Schema) -> list[str]:
    """One sentence for each annotation that cannot be found in its text.

    Raises `DocumentError` for what makes a score meaningless: an entity id that does not exist or is used twice,
    an unknown type, predicate or status.
    """
    notes = []
    for gold in golds:
        path = folder / f"{gold.name}.json"
        entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
        for problem in _errors(gold, entities, schema):
            raise DocumentError(f"{path}: {problem}.")
        notes += [f"{path}: {note}." for note in _notes(gold, entities)]
    return notes


def _errors(gold: GoldDocument, entities: list[dict[str, Any]], schema: Schema) -> Iterator[str]:
    known: set[str] = set()
    for entity in entities:
        if entity["id"] in known:
            yield f"the entity id {entity['id']!r} is used twice"
        if entity["type"] not in schema.core_classes:
            yield f"the entity {entity['id']!r} has the type {entity['type']!r}, which is no core class"
        known.add(entity["id"])
    for relation in gold.relations:
        for end in (relation.subject, relation.object):
            if end not in known:
                yield f"a {relation.predicate} relation names the entity {end!r}, which does not exist"
        if relation.predicate not in schema.core_predicates:
            yield f"a relation has the predicate {relation.predicate!r}, which is no core predicate"
        if relation.status not in STATUSES:
            yield f"a {relation.predicate} relation has the status {relation.status!r}; use {', '.join(STATUSES)}"


def _notes(gold: GoldDocument, entities: list[dict[str, Any]]) -> Iterator[str]:
    mentioned = {mention.entity for mention in gold.mentions}
    for entity in entities:
        for item in entity["mentions"]:
            surface = item if isinstance(item, str) else item["text"]
            if surface not in gold.text:
                yield f"the mention {surface!r} of {entity['id']!r} is not in the text"
        if entity["id"] not in mentioned:
            yield f"the entity {entity['id']!r} has no mention left, so that its relations cannot be found"
