"""The encoder's reading of a document, made once and kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from spacy.tokens import Doc

if TYPE_CHECKING:
    from .encoder import Encoder, Reading

if not Doc.has_extension("policy_reading"):
    Doc.set_extension("policy_reading", default=None)


def reading_of(doc: Doc, encoder: Encoder) -> Reading:
    """What `encoder` makes of the document, read at the first call."""
    if doc._.policy_reading is None or doc._.policy_reading.encoder is not encoder:
        doc._.policy_reading = encoder.read(doc.text)
    return cast("Reading", doc._.policy_reading)
