"""Markdown into text: the words without the marks, one block a line, blank lines between blocks.

Emphasis marks, link targets, HTML tags and front matter are dropped; the text of links, code and image
descriptions is kept. List items and table rows are one line each, cells parted by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from .paragraphs import join

if TYPE_CHECKING:
    from markdown_it.token import Token

FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:?")
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>",
    re.DOTALL,
)


def markdown_text(source: str) -> str:
    """The text of Markdown (CommonMark with tables and strikethrough) that has no front matter (any more)."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = [(part_of, text) for part_of, text in _blocks(parser.parse(source)) if text]
    pieces = [text for _, text in blocks[:1]]
    for (before, _), (part_of, text) in pairwise(blocks):
        pieces += ["\n" if part_of and part_of == before else "\n\n", text]
    return "".join(pieces)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each block's text and what it is a line of (a list, a table or nothing), in order."""
    depth = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "table", "\t".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or ())
            if row is None:
                yield "list" if depth else "", text
            else:
                row.append(text)
        elif token.type in ("code_block", "fence"):
            yield "list" if depth else "", token.content.strip("\n")
        elif token.type == "html_block":
            yield "list" if depth else "", _without_tags(token.content)


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
    return "\n".join(filter(None, (line.strip() for line in unescape(TAG.sub("", html)).splitlines())))
