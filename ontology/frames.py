"""The dependency frames of the ontology: verbs and roles that express a predicate (`schema/frames.ttl`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import OntologyError
from .namespaces import SKOS, TH
from .terms import Terms, read_turtle, shipped_turtle

ROLE = re.compile(r"agent|theme|prep:[a-z]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """`verbs` (lemmas) with a subject in one role and an object in another express `predicate`."""

    name: str
    predicate: str
    subject_role: str
    object_role: str
    verbs: frozenset[str]
    example: str


def load_frames(language: str, extra: Sequence[Path] = ()) -> Mapping[str, tuple[Frame, ...]]:
    """Frames by verb lemma for one language; `extra` are Turtle files of a user's layer.

    Raises `OntologyError` that names file and line.
    """
    terms = Terms([*shipped_turtle("frames.ttl"), *map(read_turtle, extra)])
    by_verb: dict[str, list[Frame]] = defaultdict(list)
    for frame in read_frames(terms, language):
        for verb in frame.verbs:
            by_verb[verb].append(frame)
    return {verb: tuple(found) for verb, found in by_verb.items()}


def read_frames(terms: Terms, language: str) -> list[Frame]:
    """The frames among `terms` that have verbs in `language`, sorted by name."""
    frames = [_read_frame(terms, iri, language) for iri in terms.instances(f"{TH}Frame")]
    return sorted((frame for frame in frames if frame.verbs), key=lambda frame: frame.name)


def _read_frame(terms: Terms, iri: str, language: str) -> Frame:
    predicates = terms.resources(iri, f"{TH}frameOf")
    if len(predicates) != 1:
        raise OntologyError(
            f"{terms.where(iri)}: the frame needs exactly one th:frameOf, it has {len(predicates)}."
        )
    roles = []
    for name in ("subjectRole", "objectRole"):
        values = terms.texts(iri, f"{TH}{name}")
        if len(values) != 1 or not ROLE.fullmatch(values[0]):
            raise OntologyError(
                f"{terms.where(iri)}: the frame needs one th:{name} that is agent, theme or prep:<preposition>, "
                f"it has {', '.join(values) or 'none'}."
            )
        roles.append(values[0])
    examples = terms.texts(iri, f"{SKOS}example", language)
    verbs = frozenset(terms.texts(iri, f"{TH}verb", language))
    return Frame(
        _local(iri), _local(predicates[0]), roles[0], roles[1], verbs, examples[0] if examples else ""
    )


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
