"""The dependency frames of the ontology: verbs and roles that express a predicate (`schema/frames.ttl`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from ..errors import OntologyError
from .namespaces import RDF, SKOS, TH

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

    Raises `OntologyError` that names the file and the frame.
    """
    shipped = files(__package__) / "schema" / "frames.ttl"
    frames = parse_frames(shipped.read_bytes(), "schema/frames.ttl", language)
    for path in extra:
        frames += parse_frames(path.read_bytes(), str(path), language)
    by_verb: dict[str, list[Frame]] = defaultdict(list)
    for frame in sorted(frames, key=lambda f: f.name):
        for verb in frame.verbs:
            by_verb[verb].append(frame)
    return {verb: tuple(found) for verb, found in by_verb.items()}


def parse_frames(turtle: bytes, name: str, language: str) -> list[Frame]:
    """The frames of one Turtle file that have verbs in `language`."""
    store = ox.Store()
    try:
        store.load(turtle, ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise OntologyError(f"{name}, line {error.lineno}: {error.msg}; mend the Turtle.") from None
    frames = []
    for quad in store.quads_for_pattern(None, _node(RDF, "type"), _node(TH, "Frame")):
        label = str(quad.subject.value)
        predicate = _one(store, quad.subject, TH, "frameOf", name)
        subject_role = _one(store, quad.subject, TH, "subjectRole", name)
        object_role = _one(store, quad.subject, TH, "objectRole", name)
        for role in (subject_role, object_role):
            if not ROLE.fullmatch(role):
                raise OntologyError(
                    f"{name}: the frame {_local(label)} has the role {role!r}; use agent, theme or prep:<preposition>."
                )
        verbs = frozenset(
            q.object.value
            for q in store.quads_for_pattern(quad.subject, _node(TH, "verb"), None)
            if q.object.language == language
        )
        example = next(
            (q.object.value for q in store.quads_for_pattern(quad.subject, _node(SKOS, "example"), None)), ""
        )
        if verbs:
            frames.append(Frame(_local(label), _local(predicate), subject_role, object_role, verbs, example))
    return frames


def _one(store: ox.Store, subject: ox.NamedNode, namespace: str, term: str, name: str) -> str:
    values = [str(q.object.value) for q in store.quads_for_pattern(subject, _node(namespace, term), None)]
    if len(values) != 1:
        raise OntologyError(
            f"{name}: the frame {_local(str(subject.value))} needs exactly one th:{term}, it has {len(values)}."
        )
    return values[0]


def _node(namespace: str, term: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + term)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
