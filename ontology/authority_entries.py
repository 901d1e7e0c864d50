"""What the authority file knows of one thing: its names, class, place among others, and identifiers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

LabelKind = Literal["pref", "alt", "hidden"]

IDENTIFIER_IRIS: Final = {
    "ror": "https://ror.org/",
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
}
"""Schemes whose identifiers make IRIs of the same thing elsewhere; the others stay plain identifiers."""


class Label(NamedTuple):
    """A name of an entry; `contextual` says that it needs context to be taken for it.

    Hidden labels are matched and never shown. Contextual are ordinary words and phrases, ambiguous acronyms,
    one-character Chinese short forms, and English names that nobody uses for the thing officially.
    """

    text: str
    language: str
    kind: LabelKind
    contextual: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """One entry of the authority file.

    `cls` is the local name of its class, `part_of` the keys of what it belongs to or lies in, `same_as` its
    IRIs elsewhere, `identifiers` all its identifiers as "scheme:value", `mechanism_type` the key of a group
    of mechanisms, `date` as written in the table (a year, a day, a period).
    """

    key: str
    cls: str
    labels: tuple[Label, ...] = ()
    part_of: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    mechanism_type: str | None = None
    date: str | None = None
    source: str = ""


def iri_of(identifier: str) -> str | None:
    """Return the IRI that "scheme:value" stands for, or None when its scheme has none."""
    scheme, _, value = identifier.partition(":")
    prefix = IDENTIFIER_IRIS.get(scheme)
    return prefix + value if prefix else None


def merge(entry: Authority, addition: Authority) -> Authority:
    """Return `entry` with what `addition` adds: names, parents, identifiers; what it has is kept.

    A second preferred label becomes an alternative one; a label that both have keeps the kind of the first
    and is contextual only when both say so.
    """
    labels = {(label.text, label.language): label for label in entry.labels}
    preferred = {label.language for label in entry.labels if label.kind == "pref"}
    for label in addition.labels:
        known = labels.get((label.text, label.language))
        if known:
            new = known._replace(contextual=known.contextual and label.contextual)
        elif label.kind == "pref" and label.language in preferred:
            new = label._replace(kind="alt")
        else:
            new = label
        labels[label.text, label.language] = new
    return replace(
        entry,
        cls=addition.cls or entry.cls,
        labels=tuple(labels.values()),
        part_of=_union(entry.part_of, addition.part_of),
        same_as=_union(entry.same_as, addition.same_as),
        identifiers=_union(entry.identifiers, addition.identifiers),
        mechanism_type=entry.mechanism_type or addition.mechanism_type,
        date=entry.date or addition.date,
        source=";".join(_union((entry.source,) if entry.source else (), (addition.source,))).rstrip(";"),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
