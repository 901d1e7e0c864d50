"""What can be said: classes, predicates, mechanism groups, frames, shapes and the authority file."""

from __future__ import annotations

from .authority_file import Authority, AuthorityFile, Label, fold, load_authority
from .check import CheckReport, check_ontology
from .frames import Frame, load_frames
from .loading import Ontology, load_ontology
from .vocabulary import ClassInfo, MechanismGroup, PredicateInfo, Schema, load_schema

__all__ = [
    "Authority",
    "AuthorityFile",
    "CheckReport",
    "ClassInfo",
    "Frame",
    "Label",
    "MechanismGroup",
    "Ontology",
    "PredicateInfo",
    "Schema",
    "check_ontology",
    "fold",
    "load_authority",
    "load_frames",
    "load_ontology",
    "load_schema",
]
