"""Annotated documents into a graph, and every way out of it: files, queries, checks, pages."""

from __future__ import annotations

from .assembly import Assembly, assemble
from .build import Problem, build
from .explorer import write_explorer
from .export import export
from .findings import VerifyReport
from .network import to_networkx
from .outputs import OUTPUTS, Built, write_outputs
from .profile import Profile, profile
from .queries import Result, run_query
from .questions import Question, ask, load_questions
from .serialise import to_jsonld, to_nquads, to_turtle
from .statistics import Statistics, statistics
from .store import open_graph
from .validate import ValidationReport, validate
from .verify import verify
from .views import DocumentView, EntityView, EvidenceView, GraphView, StatementView, view

__all__ = [
    "OUTPUTS",
    "Assembly",
    "Built",
    "DocumentView",
    "EntityView",
    "EvidenceView",
    "GraphView",
    "Problem",
    "Profile",
    "Question",
    "Result",
    "StatementView",
    "Statistics",
    "ValidationReport",
    "VerifyReport",
    "ask",
    "assemble",
    "build",
    "export",
    "load_questions",
    "open_graph",
    "profile",
    "run_query",
    "statistics",
    "to_jsonld",
    "to_networkx",
    "to_nquads",
    "to_turtle",
    "validate",
    "verify",
    "view",
    "write_explorer",
    "write_outputs",
]
