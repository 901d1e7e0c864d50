"""Which IRI a document, an entity, a mention, a sentence and a statement has.

All are functions of content, so that the same content has the same IRI in every build. Entities of the
authority file are named by its key; others by language, core class and folded name, never by similarity.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import GraphError
from ..ontology import fold

if TYPE_CHECKING:
    from ..extract.annotations import Entity

SLUG_LENGTH = 48
"""How much of a name an IRI shows, in code points; the digest behind it tells longer names apart."""

_WORDS = re.compile(r"[^\W_]+")


def check_base(base: str) -> str:
    """The base as given if entity IRIs can be built on it, else a GraphError."""
    scheme, rest, *_ = urlsplit(base)
    if not scheme or not rest or base[-1] not in "/#" or re.search(r'[\s<>"{}|\\^`]', base):
        raise GraphError(
            f"The base {base!r} cannot start IRIs; give a full one that ends in / or #, like https://example.org/id/."
        )
    return base


def document_iri(name: str, base: str) -> str:
    """The IRI of a document, given the name made by `document_name`."""
    return f"{base}document/{name}"


def document_name(file_sha256: str) -> str:
    """The short name of a document: the first 16 hexadecimal digits of its file's digest."""
    return file_sha256[:16]


def entity_iri(entity: Entity, language: str, base: str, document: str = "") -> str:
    """The IRI of an entity: by the authority file's key, else by language, core class and folded name.

    A local entity is also told apart by the name of its `document`.

    >>> from triplehelix.extract.annotations import Entity
    >>> entity_iri(Entity("E1", "Region", "City", "Hefei", key="hefei"), "en", "https://example.org/")
    'https://example.org/hefei'
    >>> entity_iri(Entity("E2", "Mechanism", "Mechanism", "Joint Training"), "en", "https://example.org/")
    'https://example.org/en/mechanism/joint-training-492d22f2'
    """
    if entity.key is not None:
        return f"{base}{entity.key}"
    folded = fold(entity.name) or unicodedata.normalize("NFKC", entity.name).strip()
    scope = (document,) if entity.local else ()
    digest = _digest(language, entity.type, folded, *scope)[:8]
    return f"{base}{language}/{entity.type.lower()}/{slug(folded)}-{digest}"


def slug(name: str) -> str:
    """A name as it can stand in an IRI: letters and digits of any script, joined by hyphens.

    >>> slug("“Use first, pay later” 模式")
    'use-first-pay-later-模式'
    """
    words = "-".join(_WORDS.findall(unicodedata.normalize("NFKC", name).casefold()))
    return words[:SLUG_LENGTH].strip("-") or "unnamed"


def mention_iri(document: str, begin: int, end: int) -> str:
    """The IRI of a mention by offsets (code points, end exclusive)."""
    return f"{document}#char={begin},{end}"


def sentence_iri(document: str, begin: int, end: int) -> str:
    """The IRI of a sentence; unlike that of a mention even where both cover the same text."""
    return f"{document}#sentence={begin},{end}"


def statement_iri(subject: str, predicate: str, object_: str, status: str, negated: bool, base: str) -> str:
    """The IRI of a statement: what is said, not where."""
    digest = _digest(subject, predicate, object_, status, "not" if negated else "")
    return f"{base}statement/{digest[:16]}"


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
