"""What can be said: classes, predicates, mechanism groups, frames, shapes and the authority file."""

from __future__ import annotations

from .loading import Ontology, load_ontology
from .vocabulary import ClassInfo, MechanismGroup, PredicateInfo, Schema, load_schema

__all__ = [
    "ClassInfo",
    "MechanismGroup",
    "Ontology",
    "PredicateInfo",
    "Schema",
    "load_ontology",
    "load_schema",
]
