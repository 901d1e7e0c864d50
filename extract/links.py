"""The result of linking one mention, or why it is left unlinked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .annotations import Unlinked
from .lexicon_mentions import LEXICON_CONFIDENCE
from .mention_spans import MentionSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEVERAL = "several entries of the authority file have this name and the document does not decide between them"
NEEDS_PLACE = "the authority file has this name for something that the document does not otherwise speak of"
ELSEWHERE = "the document speaks of another place than the one whose name this is in the authority file"


class Link(NamedTuple):
    """A mention with what it means: an entry's key, or another name to know it by, or only itself.

    `is_local` marks what cannot be told from its namesakes in other documents.
    """

    span: MentionSpan
    key: str | None
    name: str | None = None
    is_local: bool = False


def left_open(span: MentionSpan) -> Link:
    """A mention that may mean several things or none that is known; another one in each document."""
    return Link(span, None, is_local=True)


def sure(span: MentionSpan) -> MentionSpan:
    """A mention that the authority file vouches for."""
    return span._replace(confidence=max(span.confidence, LEXICON_CONFIDENCE))


def unlinked(doc: Doc, span: MentionSpan, reason: str) -> Unlinked:
    """The report of a mention that stays unlinked."""
    stretch = doc[span.start : span.end]
    return Unlinked(stretch.text, stretch.start_char, stretch.end_char, reason, span.keys)
