"""Markdown into text: the words without the marks, one block a line, blank lines between blocks.

Emphasis marks, link targets, HTML tags and front matter are dropped; the text of links, code and image
descriptions is kept. List items and table rows are one line each, cells parted by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .paragraphs import join

if TYPE_CHECKING:
    from markdown_it.token import Token

FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:?")
TAG = re.compile(
    r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>", re.DOTALL
)


def markdown_text(source: str) -> str:
    """The text of a Markdown document (CommonMark with tables and strikethrough), without front matter."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = [(tight, text) for tight, text in _blocks(parser.parse(source)) if text]
    pieces: list[str] = []
    for i, (tight, text) in enumerate(blocks):
        pieces += [("\n" if tight and blocks[i - 1][0] else "\n\n") if i else "", text]
    return "".join(pieces)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[bool, str]]:
    """Each block's text, and whether it is a line of a list or table, in order."""
    depth = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield True, "\t".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or ())
            if row is None:
                yield depth > 0, text
            else:
                row.append(text)
        elif token.type in ("code_block", "fence"):
            yield depth > 0, token.content.strip("\n")
        elif token.type == "html_block":
            yield depth > 0, _without_tags(token.content)


def _inline(tokens: Sequence[Token]) -> str:
    text = ""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            text += FOOTNOTE_MARK.sub("", token.content)
        elif token.type == "softbreak":
            text = join(text, "")
        elif token.type == "hardbreak":
            text += "\n"
        elif token.type == "image":
            text += _inline(token.children or ())
    return text.strip()


def _without_tags(html: str) -> str:
    from html import unescape

    return "\n".join(filter(None, (line.strip() for line in unescape(TAG.sub("", html)).splitlines())))
