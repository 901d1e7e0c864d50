"""The check of the ontology: it loads, shapes and schema agree, every term is labelled, defined and used.

A term is **used** when a triple of another term has it as predicate or object, when words lead to it
(`th:headWord`, `th:refiningVerb`), or when an entry of the authority file is of that class or group.
Alignments do not count: a link to another vocabulary is no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from ..errors import OntologyError
from .authority_file import AuthorityFile
from .frames import load_frames
from .loading import layer_files, load_ontology
from .namespaces import OWL, RDF, RDFS, SH, SKOS, TH
from .shapes import shape_conflicts
from .terms import Terms, TurtleFile, read_turtle, shipped_turtle, short
from .triggers import load_triggers
from .vocabulary import LANGUAGES, Schema

ALIGNMENTS = "schema/alignments.ttl"
KINDS = (
    OWL + "Class",
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    OWL + "AnnotationProperty",
    SKOS + "Concept",
    SKOS + "ConceptScheme",
    TH + "Status",
)
"""What a term of the vocabulary is an instance of; shapes and frames are checked in other ways."""

_TYPE = RDF + "type"
_TH_NAME = re.compile(r"(?<![\w:<])th:([A-Za-z][\w-]*)")
_COMMENT = re.compile(r"(?m)^\s*#.*$")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong, one sentence each with file and line, and how much was checked."""

    problems: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def check_ontology(layer: Path | None = None) -> CheckReport:
    """A report on the shipped ontology with the layer on top; problems are sorted and never raised."""
    try:
        ontology = load_ontology(layer)
        extra = [path for path in layer_files(layer) if path.suffix == ".ttl"]
        terms = Terms([*shipped_turtle(), *map(read_turtle, extra)])
        by_word = (*load_frames("en", extra).values(), *load_triggers(extra).values())
        frames = {frame.name for found in by_word for frame in found}
    except OntologyError as error:
        return CheckReport((str(error),), {})
    schema, authority = ontology.schema, ontology.authority
    return CheckReport(
        problems=tuple(sorted({*find_problems(terms, schema, authority), *_malformed_shapes(terms)})),
        counts={
            "classes": len(schema.classes),
            "predicates": len(schema.predicates),
            "mechanism groups": len(schema.mechanism_groups),
            "frames": len(frames),
            "shapes": len(terms.instances(SH + "NodeShape")),
            "authority entries": len(authority.entries),
            "triples": len(terms.triples),
        },
    )


def find_problems(terms: Terms, schema: Schema, authority: AuthorityFile) -> tuple[str, ...]:
    """What is wrong with the terms and their use: sorted sentences with file and line."""
    found = {
        *_unlabelled(terms),
        *_undefined_names(terms),
        *_unused(terms, schema, authority),
        *shape_conflicts(terms, schema),
    }
    return tuple(sorted(found))


def _vocabulary(terms: Terms) -> list[str]:
    return sorted({iri for kind in KINDS for iri in terms.instances(kind)})


def _unlabelled(terms: Terms) -> Iterator[str]:
    for iri in _vocabulary(terms):
        for what, predicates in (
            ("label", (RDFS + "label", SKOS + "prefLabel")),
            ("skos:definition", (SKOS + "definition",)),
        ):
            missing = [
                language
                for language in LANGUAGES
                if not any(terms.texts(iri, predicate, language) for predicate in predicates)
            ]
            # Ours are in both languages; a user's own may be in one.
            if len(missing) > (0 if terms.is_shipped(iri) else 1):
                yield f"{terms.where(iri)}: {short(iri)} has no {what} in {' or '.join(missing)}; add it."
        core = any(terms.has(iri, _TYPE, TH + kind) for kind in ("CoreClass", "CorePredicate"))
        if core and not terms.texts(iri, SKOS + "scopeNote", "en"):
            yield f"{terms.where(iri)}: {short(iri)} has no skos:scopeNote in en; say when to use it."


def _undefined_names(terms: Terms) -> Iterator[str]:
    for source in terms.sources:
        yield from _undefined_in(_names(terms, source), source, terms)
    questions = files(__package__) / "questions"
    for file in sorted(questions.iterdir(), key=lambda f: f.name) if questions.is_dir() else ():
        if file.name.endswith(".rq"):
            source = TurtleFile(f"questions/{file.name}", file.read_text(encoding="utf-8"))
            yield from _undefined_in(_names_in_query(source.text), source, terms)


def _undefined_in(names: Iterable[str], source: TurtleFile, terms: Terms) -> Iterator[str]:
    for iri in sorted(set(names)):
        if not terms.is_defined(iri):
            place = f"{source.name}, line {source.line_of(iri) or source.line_of_word(short(iri))}"
            yield f"{place}: {short(iri)} is defined nowhere; correct its spelling or define it."


def _names(terms: Terms, source: TurtleFile) -> Iterator[str]:
    for subject, predicate, value, origin in terms.triples:
        if origin is source:
            yield from (
                n.value for n in (subject, value) if isinstance(n, ox.NamedNode) and n.value.startswith(TH)
            )
            if predicate.startswith(TH):
                yield predicate
            elif predicate == SH + "select" and isinstance(value, ox.Literal):
                yield from _names_in_query(value.value)


def _names_in_query(query: str) -> Iterator[str]:
    return (TH + name for name in _TH_NAME.findall(_COMMENT.sub("", query)))


def _unused(terms: Terms, schema: Schema, authority: AuthorityFile) -> Iterator[str]:
    used = {schema.classes[entry.cls].iri for entry in authority.entries.values()}
    groups = {entry.mechanism_type for entry in authority.entries.values()}
    used |= {group.iri for group in schema.mechanism_groups.values() if group.key in groups}
    for subject, predicate, value, source in terms.triples:
        if source.name == ALIGNMENTS:
            continue
        used.add(predicate)
        if isinstance(value, ox.NamedNode) and value != subject:
            used.add(value.value)
        if predicate in {TH + "headWord", TH + "refiningVerb"} and isinstance(subject, ox.NamedNode):
            used.add(subject.value)
    for iri in _vocabulary(terms):
        if iri not in used:
            yield f"{terms.where(iri)}: {short(iri)} is used nowhere; give it words or an entry, or drop it."


def _malformed_shapes(terms: Terms) -> Iterator[str]:
    sources = [source for source in terms.sources if _holds_shapes(source, terms)]
    for shape, reason in _shacl_errors(tuple(source.text for source in sources)):
        yield f"{terms.where(shape)}: {short(shape)} is no valid SHACL: {reason}; correct it."


def _holds_shapes(source: TurtleFile, terms: Terms) -> bool:
    return any(origin is source and predicate.startswith(SH) for _, predicate, _, origin in terms.triples)


@lru_cache(maxsize=4)
def _shacl_errors(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The shape and the reason of each breach of the shapes that SHACL has for shapes."""
    # Here, not above: both take a second to import and no other reader of the ontology needs them.
    from pyshacl import validate
    from rdflib import Graph, Namespace

    rules = files("pyshacl") / "assets" / "shacl-shacl.ttl"
    shapes, meta = Graph(), Graph().parse(data=rules.read_text(encoding="utf-8"), format="turtle")
    for text in texts:
        shapes.parse(data=text, format="turtle")
    report = validate(shapes, shacl_graph=meta)[1]
    sh, found = Namespace(SH), set()
    for result in report.subjects(sh.focusNode, None) if isinstance(report, Graph) else ():
        focus = report.value(result, sh.focusNode)
        # A property shape has no name; its node shape has.
        shape = shapes.value(None, sh.property, focus) or focus
        found.add((str(shape), str(report.value(result, sh.resultMessage))))
    return tuple(sorted(found))
