"""The encoder's reading of a document, made once and kept with it, and what it is to see beside the characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from spacy.tokens import Doc

from .encoder import NO_TRAITS, Traits

if TYPE_CHECKING:
    from .encoder import Encoder, Reading

for name, default in (("policy_reading", None), ("policy_traits", NO_TRAITS)):
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=default)


def reading_of(doc: Doc, encoder: Encoder) -> Reading:
    """What `encoder` makes of the document, read at the first call, with the traits that were kept by then."""
    if doc._.policy_reading is None or doc._.policy_reading.encoder is not encoder:
        doc._.policy_reading = encoder.read(doc.text, doc._.policy_traits)
    return cast("Reading", doc._.policy_reading)


def keep_traits(doc: Doc, rows: Sequence[Sequence[str]]) -> None:
    """Keep the features of the document's tokens for encoders that see them."""
    doc._.policy_traits = traits_of(doc, rows)


def traits_of(doc: Doc, rows: Sequence[Sequence[str]]) -> Traits:
    """The features of a document's tokens with where the tokens begin."""
    return Traits([token.idx for token in doc], rows)
