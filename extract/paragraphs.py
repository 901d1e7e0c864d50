"""Lines as a page was set into the paragraphs that were written.

The text of a PDF comes line by line. A line goes on in the next one when it is about as wide as the page's
lines are, or when the next begins in lower case; a short line ends its paragraph, as do a blank line and a
new item. A word divided at a line end is made whole; page numbers and running heads, which would stand in the
middle of a sentence, are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\u303f\u3040-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]"
)
QUOTES = "“”‘’—…·"
DIVIDED = re.compile(r"[^\W\d_][-\u2010\u00ad\x02]$")
SENTENCE_END = re.compile(r"[.!?。！？；：:;…][\"'”’」』）)\]]*$")
NEW_ITEM = re.compile(
    r"[•·●○■□◆◇▪▶➢✓*–—-]\s|\(?\d{1,3}[.)、．]\s?\D|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|第[\d一二三四五六七八九十百零〇]{1,5}[章节条编部篇]|(?:Chapter|Section|Article|Part|Annex)\s+[\dIVXA-C]+\b"
)
HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s+[^\W\d_]")
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*|第\s?\d{1,4}\s?页.*|(?-i:[ivxl]{1,6})",
    re.IGNORECASE,
)
# Words that begin compounds more often than they are cut from a longer word.
COMPOUND_HEADS = frozenset(
    (
        *(
            "high",
            "low",
            "long",
            "short",
            "well",
            "self",
            "full",
            "large",
            "small",
            "cross",
            "world",
            "double",
        ),
        *("first", "second", "third", "half", "medium", "mid", "middle", "deep", "free", "people", "market"),
    )
)
# Shares of the usual line width: what counts as a full line, before and after the end of a sentence.
FULL = 0.7
FULL_AFTER_SENTENCE = 0.85


def join(before: str, after: str) -> str:
    """Two lines of one paragraph as one: with a space between words, none beside Chinese characters.

    >>> join("the Yangtze", "River Delta"), join("长江三", "角洲"), join("Beijing-", "Tianjin")
    ('the Yangtze River Delta', '长江三角洲', 'Beijing-Tianjin')
    """
    if DIVIDED.search(before) and after[:1].isalpha():
        return before[:-1] + "-" + after
    if WIDE.search(before[-1:]) or WIDE.match(after[:1]) or _at_chinese_quote(before, after):
        return before + after
    return f"{before} {after}"


def _at_chinese_quote(before: str, after: str) -> bool:
    """True between quotation marks and dashes that stand among Chinese characters: 《…》 is wide, “…” is not."""
    if before[-1:] not in QUOTES and after[:1] not in QUOTES:
        return False
    return bool(WIDE.search(before.rstrip(QUOTES)[-1:]) and WIDE.match(after.lstrip(QUOTES)[:1]))


def repair_paragraphs(pages: Sequence[str]) -> str:
    """The paragraphs of a document of which `pages` are the pages' lines; one line each."""
    lines = [line for page in _without_furniture([_lines(page) for page in pages]) for line in page]
    width = _usual_width(lines)
    words = _words(lines)
    return "\n".join(_paragraphs(lines, width, words))


def _lines(page: str) -> list[str]:
    page = page.replace(
        "\ufffe", "-\n"
    )  # PDFium puts the two lines of a divided word together with this mark
    lines = (unicodedata.normalize("NFC", line).strip() for line in page.splitlines())
    return [re.sub(r"[\x00\x01\x03-\x08\x0b-\x1f\x7f]", "", line) for line in lines]


def _without_furniture(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Pages without page numbers, and without heads and feet that several pages share."""
    filled = [_trimmed(page, set()) for page in pages]
    edges = Counter(key for page in filled for key in {_furniture_key(line) for line in page[:1] + page[-1:]})
    shared = {key for key, n in edges.items() if n >= 3 and re.search(r"[^\W\d_]", key)}
    for page in filled:
        yield _trimmed(page, shared)


def _trimmed(page: list[str], shared: set[str]) -> list[str]:
    """A page without the blank lines, page numbers and shared lines at its head and foot."""
    first, last = 0, len(page)
    while first < last and _is_furniture(page[first], shared):
        first += 1
    while last > first and _is_furniture(page[last - 1], shared):
        last -= 1
    return page[first:last]


def _furniture_key(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _is_furniture(line: str, shared: set[str]) -> bool:
    return not line or bool(PAGE_NUMBER.fullmatch(line)) or _furniture_key(line) in shared


def _usual_width(lines: Sequence[str]) -> int:
    """The width that nine in ten lines do not exceed, in columns (a Chinese character takes two)."""
    widths = sorted(_width(line) for line in lines if line)
    return widths[int(0.9 * (len(widths) - 1))] if widths else 0


def _width(line: str) -> int:
    return len(line) + len(WIDE.findall(line))


def _paragraphs(lines: Sequence[str], width: int, words: Counter[str]) -> Iterator[str]:
    paragraph, last = "", ""
    for line in lines:
        if paragraph and _goes_on(last, line, width):
            paragraph = _mend(paragraph, line, words)
        else:
            if paragraph:
                yield _whole(paragraph)
            paragraph = line
        last = line
    if paragraph:
        yield _whole(paragraph)


def _goes_on(line: str, following: str, width: int) -> bool:
    if not line or not following or NEW_ITEM.match(following):
        return False
    if DIVIDED.search(line) and following[:1].isalpha():
        return True
    if SENTENCE_END.search(line) and HEADING.match(following):
        return False
    full = FULL_AFTER_SENTENCE if SENTENCE_END.search(line) else FULL
    return _width(line) >= full * width or (following[:1].islower() and not SENTENCE_END.search(line))


def _words(lines: Sequence[str]) -> Counter[str]:
    """How often each word occurs, in lower case, apart from those divided at a line end."""
    text = re.sub(r"[^\W\d_]+[-\u2010\u00ad\x02]\n[^\W\d_]+", " ", "\n".join(lines).lower())
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    return Counter(word for whole in found for word in {whole, *whole.split("-")})


def _mend(before: str, after: str, words: Counter[str]) -> str:
    """Two lines as one, with a word that was divided between them made whole.

    A hyphen stays when a capital follows it ("Beijing-Tianjin"), and when the parts look like a compound of
    two words ("high-quality"): by what the document writes elsewhere, else by the first part.
    """
    if not DIVIDED.search(before) or not after[:1].islower():
        return join(before, after)
    head = re.search(r"[^\W\d_]+(?=.$)", before)
    tail = re.match(r"[^\W\d_]+", after)
    assert head is not None and tail is not None  # both are letters, as tested above
    first, second = head[0].lower(), tail[0].lower()
    if before[-1] in "\u00ad\x02" or words[first + second] > words[f"{first}-{second}"]:
        return before[:-1] + after
    compound = words[f"{first}-{second}"] or (words[first] and words[second]) or first in COMPOUND_HEADS
    return before[:-1] + ("-" if compound else "") + after


def _whole(paragraph: str) -> str:
    """A paragraph with the hyphens that were marks of a line end taken out."""
    return re.sub(r"[\u00ad\x02]", "", paragraph)
