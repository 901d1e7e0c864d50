"""The result of linking one mention."""

from __future__ import annotations

from typing import NamedTuple

from .entities import LEXICON_CONFIDENCE, MentionSpan


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
