"""The encoder's reading of a document, made once and kept with it, and what it is to see beside the characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from spacy.tokens import Doc

from .encoder import Traits

if TYPE_CHECKING:
    from .encoder import Encoder, Reading

if not Doc.has_extension("policy_reading"):
    Doc.set_extension("policy_reading", default=None)


def reading_of(doc: Doc, encoder: Encoder, rows: Sequence[Sequence[str]] = ()) -> Reading:
    """What `encoder` makes of the document, read at the first call; `rows` are the features of its tokens."""
    if doc._.policy_reading is None or doc._.policy_reading.encoder is not encoder:
        begins = [token.idx for token in doc] if rows else []
        doc._.policy_reading = encoder.read(doc.text, Traits(begins, rows))
    return cast("Reading", doc._.policy_reading)
