"""What can be said: classes, predicates, mechanism groups, frames, shapes and the authority file."""

from __future__ import annotations

from .authority_file import Authority, AuthorityFile, Label, fold, load_authority
from .check import CheckReport, check_ontology
from .loading import Ontology, load_ontology
from .vocabulary import ClassInfo, MechanismGroup, PredicateInfo, Schema, load_schema

__all__ = [
    "Authority",
    "AuthorityFile",
    "CheckReport",
    "ClassInfo",
    "Label",
    "MechanismGroup",
    "Ontology",
    "PredicateInfo",
    "Schema",
    "check_ontology",
    "fold",
    "load_authority",
    "load_ontology",
    "load_schema",
]
