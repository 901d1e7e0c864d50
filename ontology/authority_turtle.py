"""Entries of the authority file written in Turtle, in a user's layer.

    id:lab-mistral a th:Laboratory ;
        skos:prefLabel "Mistral Laboratory"@en ; skos:altLabel "西北风实验室"@zh ;
        th:partOf id:cn-gd ; skos:exactMatch <https://ror.org/…> .

A subject under the namespace of entities is an entry; `a` may be left out where the key is known already.
Labels need a language tag. Every label is matched on sight, save one-character Chinese ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..errors import OntologyError
from .authority_entries import IDENTIFIER_IRIS, Authority, Label, LabelKind
from .namespaces import DCTERMS, DEFAULT_BASE, RDF, SKOS, TH
from .terms import Terms, TurtleFile, local_name

if TYPE_CHECKING:
    from .vocabulary import Schema

_LABELS: Final[tuple[tuple[str, LabelKind], ...]] = (
    (SKOS + "prefLabel", "pref"),
    (SKOS + "altLabel", "alt"),
    (SKOS + "hiddenLabel", "hidden"),
)


def read_turtle_entries(source: TurtleFile, schema: Schema) -> list[Authority]:
    """Return the entries that a Turtle file describes, sorted by key.

    Subjects outside the namespace of entities are left to others (classes, predicates, mechanism groups), but
    one typed with a class of entities is refused with its line, as nothing would link to it.
    """
    terms = Terms([source])
    entries = []
    for iri in sorted(terms.subjects()):
        classes = [cls.name for cls in schema.classes.values() if terms.has(iri, RDF + "type", cls.iri)]
        if iri.startswith(DEFAULT_BASE):
            entries.append(_entry(terms, iri, classes))
        elif classes:
            raise OntologyError(f"{terms.where(iri)}: <{iri}> is a {classes[0]}; name it <{DEFAULT_BASE}…>.")
    return entries


def _entry(terms: Terms, iri: str, classes: list[str]) -> Authority:
    if len(classes) > 1:
        raise OntologyError(
            f"{terms.where(iri)}: {' and '.join(classes)} at once; give the most specific class."
        )
    matches = terms.resources(iri, SKOS + "exactMatch")
    groups = terms.resources(iri, TH + "mechanismType")
    dates = terms.texts(iri, DCTERMS + "date")
    return Authority(
        key=iri.removeprefix(DEFAULT_BASE),
        cls=classes[0] if classes else "",
        labels=_labels(terms, iri),
        part_of=tuple(above.removeprefix(DEFAULT_BASE) for above in terms.resources(iri, TH + "partOf")),
        same_as=matches,
        identifiers=tuple(filter(None, map(_identifier, matches))),
        mechanism_type=local_name(groups[0]).removeprefix("mechanism-") if groups else None,
        date=dates[0] if dates else None,
        source=terms.sources[0].name,
    )


def _labels(terms: Terms, iri: str) -> tuple[Label, ...]:
    labels: dict[tuple[str, str], Label] = {}
    for predicate, kind in _LABELS:
        if terms.texts(iri, predicate):
            raise OntologyError(f"{terms.where(iri)}: a label has no language; write @en or @zh after it.")
        for language in ("en", "zh"):
            for text in terms.texts(iri, predicate, language):
                labels.setdefault((text, language), Label(text, language, kind, len(text) == 1))
    return tuple(labels.values())


def _identifier(iri: str) -> str | None:
    for scheme, prefix in IDENTIFIER_IRIS.items():
        if iri.startswith(prefix):
            return f"{scheme}:{iri.removeprefix(prefix)}"
    return None
