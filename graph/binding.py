"""From what a user types to RDF terms: labels and aliases to entities, words to statuses, numbers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from ..errors import QueryError
from ..ontology import fold, load_schema
from ..ontology.namespaces import RDF, RDFS, SKOS, TH

LABELS = tuple(
    ox.NamedNode(iri) for iri in (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{RDFS}label")
)
_MECHANISM_TYPE = ox.NamedNode(f"{TH}mechanismType")
_TYPE = ox.NamedNode(f"{RDF}type")
_ACTORS = ("Government", "ResearchOrg", "University", "Enterprise", "Organization", "Person", "ActorGroup")
_OTHERS = ("Mechanism", "Region", "PolicyDocument", "TalentGroup", "Field")
_STATUSES = ("proposed", "planned", "ongoing", "established")
CHINESE_STATUSES = MappingProxyType(
    {"建议": "proposed", "计划": "planned", "进行": "ongoing", "已建立": "established"}
)
"""What the statuses are called in Chinese, as the report and the page call them, without 中."""


@dataclass(frozen=True, slots=True)
class ParameterType:
    """A kind of value: entities of some core classes, or a plain term."""

    noun: str
    classes: tuple[str, ...] = ()

    @property
    def entity(self) -> bool:
        """Whether values of this type are entities, found by label."""
        return bool(self.classes)


PARAMETER_TYPES: Mapping[str, ParameterType] = MappingProxyType(
    {
        "text": ParameterType("entity", (*_ACTORS, *_OTHERS)),
        "actor": ParameterType("actor", _ACTORS),
        "mechanism": ParameterType("mechanism", ("Mechanism",)),
        "region": ParameterType("region", ("Region",)),
        "document": ParameterType("policy document", ("PolicyDocument",)),
        "talent": ParameterType("talent group", ("TalentGroup",)),
        "field": ParameterType("field", ("Field",)),
        "group": ParameterType("mechanism group"),
        "status": ParameterType("status"),
        "language": ParameterType("language"),
        "number": ParameterType("number"),
        "string": ParameterType("text"),
    }
)


def bind(store: ox.Store, kind: str, value: str) -> tuple[ox.NamedNode | ox.Literal, ...]:
    """The terms that a value of a parameter type stands for, at least one.

    Entities are found by `find_by_label`; a full IRI stands for itself. Raises QueryError.
    """
    wanted = PARAMETER_TYPES[kind]
    if wanted.entity:
        return find_by_label(store, value, kind)
    if kind == "group":
        return (_group(store, value),)
    if kind == "status":
        status = CHINESE_STATUSES.get(value.removesuffix("中"), value.lower())
        if status not in _STATUSES:
            raise QueryError(f"{value!r} is no status; the statuses are {', '.join(_STATUSES)}.")
        return (ox.NamedNode(TH + status),)
    if kind == "language" and value not in ("en", "zh"):
        raise QueryError(f"{value!r} is no language of the labels; use en or zh.")
    if kind == "number":
        if not re.fullmatch(r"-?\d{1,9}", value):
            raise QueryError(f"{value!r} is no whole number.")
        return (ox.Literal(int(value)),)
    return (ox.Literal(value),)


def find_by_label(store: ox.Store, text: str, kind: str = "text") -> tuple[ox.NamedNode, ...]:
    """The entities that a text names, sorted by IRI.

    A label or alias in either language, spelt exactly so; failing that, one that differs in case, width or
    spacing; failing that, labels that contain the text. Raises QueryError with near names.
    """
    wanted = PARAMETER_TYPES[kind]
    iri = text.strip("<>")
    if re.match(r"https?://\S+$", iri):
        return (_named(iri),)
    labels = _labels(store, wanted.classes)
    sought = fold(text)
    if not sought:
        raise QueryError(f"The name of the {wanted.noun} is empty; type a label or an alias.")
    exact = {node for node, label, _ in labels if label == text}
    folded = exact or {node for node, _, key in labels if key == sought}
    found = folded or {node for node, _, key in labels if sought in key}
    if not found:
        near = _near(sought, {key: label for _, label, key in sorted(labels, key=lambda x: x[1])})
        raise QueryError(f"The graph holds no {wanted.noun} called {text!r}{near}.")
    return tuple(sorted(found, key=str))


def _labels(store: ox.Store, classes: tuple[str, ...]) -> list[tuple[ox.NamedNode, str, str]]:
    members = {
        quad.subject
        for name in classes
        for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(TH + name), None)
    }
    return [
        (quad.subject, quad.object.value, fold(quad.object.value))
        for predicate in LABELS
        for quad in store.quads_for_pattern(None, predicate, None, None)
        if quad.subject in members
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    ]


def _near(sought: str, labels: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(sought, list(labels), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(repr(labels[key]) for key in close)}?"[:-1] if close else ""


def _group(store: ox.Store, value: str) -> ox.NamedNode:
    """A mechanism group: by label or key in the ontology, or by the key of one that the graph uses."""
    groups = load_schema().mechanism_groups
    keys = {
        fold(name): key for key, group in groups.items() for name in (key, group.label_en, group.label_zh)
    }
    key = keys.get(fold(value), fold(value).removeprefix("mechanism "))
    if re.fullmatch(r"[a-z][a-z0-9-]*", key):
        concept = _named(f"{TH}mechanism-{key}")
        if key in groups or any(store.quads_for_pattern(None, _MECHANISM_TYPE, concept, None)):
            return concept
    raise QueryError(f"{value!r} is no mechanism group; the groups are {', '.join(sorted(groups))}.")


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no IRI; write a label or a full IRI.") from error
