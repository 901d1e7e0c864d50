"""The whole ontology in one object: the schema, the authority file and a user's layer on top."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OntologyError
from .merges import MERGES, Merge, load_merges
from .vocabulary import Schema, load_schema

if TYPE_CHECKING:
    from importlib.abc import Traversable

    from .authority_file import AuthorityFile

DATA_FOLDERS = {"authority": ".tsv", "schema": ".ttl"}


@dataclass(frozen=True, slots=True)
class Ontology:
    """Schema and authority file, the files of the layer, and the digest of all data they were read from.

    `merges` are the layer's decisions that two entities are one.
    """

    schema: Schema
    authority: AuthorityFile = field(repr=False)
    layers: tuple[Path, ...]
    fingerprint: str
    merges: tuple[Merge, ...] = ()


def load_ontology(layer: Path | None = None) -> Ontology:
    """The shipped ontology with the `*.ttl` and `*.tsv` files of the folder `layer` added.

    Turtle adds classes, predicates, mechanism groups, words and labels, TSV adds rows of the authority file, and
    `merges.tsv` says which entities are one.
    Raises `OntologyError` that names file and line.
    """
    # Imported here, not above: the schema alone must load without the authority file.
    from .authority_file import load_authority

    extra = layer_files(layer)
    schema = load_schema([path for path in extra if path.suffix == ".ttl"])
    authority = load_authority(schema, [path for path in extra if path.name != MERGES])
    return Ontology(schema, authority, extra, fingerprint(extra), load_merges(extra, schema, authority))


def layer_files(layer: Path | None) -> tuple[Path, ...]:
    """The Turtle and TSV files of a user's layer, sorted by name."""
    if layer is None:
        return ()
    if not layer.is_dir():
        raise OntologyError(f"{layer}: no such folder; name one that holds your *.ttl and *.tsv files.")
    found = tuple(
        sorted(path for path in layer.iterdir() if path.suffix in {".ttl", ".tsv"} and path.is_file())
    )
    if not found:
        raise OntologyError(f"{layer}: no *.ttl or *.tsv file in it; add one or leave the layer out.")
    return found


def fingerprint(extra: tuple[Path, ...] = ()) -> str:
    """The SHA-256 digest, in hexadecimal, of the names and bytes of all shipped data files and of `extra`."""
    digest = hashlib.sha256()
    for item in [*_shipped_data(), *extra]:
        digest.update(item.name.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())
    return digest.hexdigest()


def _shipped_data() -> Iterator[Traversable]:
    root = files(__package__)
    for folder, suffix in sorted(DATA_FOLDERS.items()):
        place = root / folder
        if place.is_dir():
            yield from sorted((f for f in place.iterdir() if f.name.endswith(suffix)), key=lambda f: f.name)
