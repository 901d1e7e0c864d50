"""What the SHACL shapes allow, read from the Turtle so that it can be compared with the schema.

Only the forms that `shapes.ttl` is written in are understood: a path over `rdf:predicate` or
`th:finerPredicate` to an end of a statement, with `sh:class` or `sh:or` of such.
"""

from __future__ import annotations

from collections.abc import Iterator

from .namespaces import ITSRDF, RDF, SH, TH
from .terms import Terms, local_name, short
from .vocabulary import ACTOR, PredicateInfo, Schema

_SIDES = {RDF + "subject": "domain", RDF + "object": "range"}


def shape_conflicts(terms: Terms, schema: Schema) -> Iterator[str]:
    """Each point in which shapes and schema disagree, as a message with file and line."""
    statuses = {local_name(iri) for iri in terms.instances(TH + "Status")}
    statement = _focus(terms, "targetClass", RDF + "Statement")
    entity = _focus(terms, "targetObjectsOf", ITSRDF + "taIdentRef")
    lists = (
        (statement, RDF + "predicate", "core predicates", set(schema.core_predicates)),
        (statement, TH + "status", "statuses", statuses),
        (entity, RDF + "type", "core classes", set(schema.core_classes)),
    )
    for shapes, path, what, wanted in lists:
        allowed = {name for shape in shapes for name in _allowed(terms, shape, path)}
        if allowed != wanted:
            place = terms.where(shapes[0]) if shapes else "schema/shapes.ttl"
            yield f"{place}: shapes allow other {what} than there are: {_difference(allowed, wanted)}."
    yield from _end_conflicts(terms, schema)


def _end_conflicts(terms: Terms, schema: Schema) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for predicate, side, shape, classes in _ends(terms):
        seen.add((predicate, side))
        info = schema.predicates.get(predicate)
        if info is None:
            yield f"{terms.where(shape)}: {short(shape)} is about th:{predicate}, which is no predicate."
            continue
        allowed = {core for name in classes for core in _cores(name, schema)}
        wanted = _side(info, side)
        if allowed != wanted:
            yield (
                f"{terms.where(shape)}: {short(shape)} has another {side} for th:{predicate} than the core: "
                f"{_difference(allowed, wanted)}."
            )
    for info in schema.predicates.values():
        core = schema.predicates[info.core]
        for side in ("domain", "range"):
            narrows = info is core or _side(info, side) != _side(core, side)
            if narrows and terms.is_shipped(info.iri) and (info.name, side) not in seen:
                yield f"{terms.where(info.iri)}: no shape checks the {side} of {short(info.iri)}; add one."


def _side(info: PredicateInfo, side: str) -> set[str]:
    return set(info.domain if side == "domain" else info.range)


def _ends(terms: Terms) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    # Predicate, side, shape and class names of every check of an end of a statement.
    for shape in terms.instances(SH + "NodeShape"):
        for node in terms.resources(shape, SH + "property"):
            side = _side_of_path(terms, node)
            for predicate in terms.resources(shape, SH + "targetNode") if side else ():
                yield local_name(predicate), side, shape, tuple(_classes(terms, node))


def _side_of_path(terms: Terms, node: str) -> str:
    for head in terms.resources(node, SH + "path"):
        steps = list(terms.members(head)) if head.startswith("_:") else []
        if len(steps) == 2 and terms.resources(steps[0], SH + "inversePath"):
            return _SIDES.get(steps[1], "")
    return ""


def _classes(terms: Terms, node: str) -> Iterator[str]:
    yield from (local_name(cls) for cls in terms.resources(node, SH + "class"))
    for head in terms.resources(node, SH + "or"):
        for option in terms.members(head):
            yield from _classes(terms, option)


def _cores(name: str, schema: Schema) -> set[str]:
    if name == ACTOR:
        return {core for core in schema.core_classes if ACTOR in schema.classes[core].parents}
    return {schema.core_of(name)} if name in schema.classes else {name}


def _focus(terms: Terms, target: str, value: str) -> list[str]:
    return [shape for shape in terms.instances(SH + "NodeShape") if terms.has(shape, SH + target, value)]


def _allowed(terms: Terms, shape: str, path: str) -> Iterator[str]:
    for node in terms.resources(shape, SH + "property"):
        if terms.has(node, SH + "path", path):
            for holder in (node, *terms.resources(node, SH + "qualifiedValueShape")):
                for head in terms.resources(holder, SH + "in"):
                    yield from (local_name(iri) for iri in terms.members(head))


def _difference(found: set[str], wanted: set[str]) -> str:
    parts = [f"without {', '.join(sorted(wanted - found))}"] if wanted - found else []
    parts += [f"with {', '.join(sorted(found - wanted))}"] if found - wanted else []
    return " and ".join(parts)
