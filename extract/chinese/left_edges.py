"""Where a Chinese name begins: from its head word to the left, to what identifies it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .word_lists import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..lexicon import LexiconMatch
    from .compact import CompactText
    from .tokens import Word

ANCHORS = frozenset({"Enterprise", "Government", "Organization", "Region", "ResearchOrg", "University"})
"""Core types of labels that a name may begin with."""

FARTHEST = 9
"""Words in front of a head that its name may hold."""

LEVELS = frozenset("省市区县州")
NAMED_BY_PLACE = frozenset({"Laboratory", "ResearchInstitute", "University", "VocationalCollege"})
"""What a place alone may name: "苏州实验室", but not "澳门学校"."""

NEAR = 8
"""Characters between a body and the head of a department of its own."""

LONG_LEVELS = frozenset({"自治区", "自治州", "特区"})
PLACE_TAGS = frozenset({"j", "nr", "nrt", "ns", "nt", "nz"})
LONGEST_PLACE = 4
"""Characters of a place in front of its level."""

NO_BODY = frozenset({"", "级", "属", "直", "内", "外", "际", "辖", "域"})
"""Behind a level they make it another word."""

NO_LEVEL = frozenset("各级全或跨外本我两三多该")
"""In front of a level they make it another thing than the level of one body."""

PROPER_TAGS = frozenset({"eng", "nr", "nrt", "nrfg", "ns", "nt", "nz"})
ENDING_TAGS = frozenset("c d e m mq o p q r t u ud ug uj ul uv uz w x y zg".split())
ORDINAL = re.compile(r"第[一二三四五六七八九十百〇零]+|[0-9]+")
UNIT_OF_PLACE = re.compile(r"[省市区县州]$|自治区$|地区$")


class Head(NamedTuple):
    """The class that a head word gives and what it needs in front."""

    cls: str
    needs: str


class Anchor(NamedTuple):
    """What identifies a name, and the token it begins at."""

    start: int
    kind: str


class LeftReader:
    """Reads from the head of a name to its left edge."""

    def __init__(
        self, doc: Doc, source: CompactText, matches: Sequence[LexiconMatch], kinds: Mapping[str, str]
    ) -> None:
        self._text = source.surfaces
        words: Sequence[Word] = doc._.policy_words
        self._word_at = [word for word in words for _ in range(word.start, word.end)]
        self._match_at: dict[int, LexiconMatch] = {}
        for match in matches:
            kind = kinds[match.keys[0]]
            named = not match.contextual or (kind == "Region" and match.end - match.start > 2)
            if kind in ANCHORS and named:
                for i in range(match.start, match.end):
                    self._match_at[i] = match
        self._kinds = kinds

    def start(self, head_start: int, head: Head) -> int | None:
        """The token at which the name with a head at `head_start` begins, or None where there is no name."""
        anchors, edge = self._read(head_start)
        if head.needs == "whole":
            return self._whole(anchors, head_start)
        if head.needs == "free":
            if anchors:
                return anchors[-1].start
            return edge if self._has_specific(edge, head_start) else None
        for anchor in reversed(anchors):
            if self._suffices(anchor, head, head_start):
                return self._with_levels(anchor) if anchor.kind == "level" else anchor.start
        return None

    def _with_levels(self, anchor: Anchor) -> int:
        """Where a name begins that several levels share: "市、区人民政府"."""
        start = anchor.start
        while start > 1 and self._text[start - 1] == "、" and self._text[start - 2] in LEVELS:
            start -= 2
        return start

    def _whole(self, anchors: Sequence[Anchor], head_start: int) -> int | None:
        """Where a name begins that may stand without its place: "省委", "合肥市委"."""
        for anchor in anchors:
            if anchor.kind == "Region" and self._end_of(anchor) == head_start:
                return anchor.start
        before = self._text[head_start - 1] if head_start else ""
        alone = before not in NO_LEVEL and self._word_at[head_start].start == head_start
        return head_start if alone else None

    def _suffices(self, anchor: Anchor, head: Head, head_start: int) -> bool:
        if anchor.kind == "level":
            return head.needs in ("level", "owner")
        if head.needs == "owner":
            return anchor.kind in ("Region", "Body")
        if head.needs == "body":
            return anchor.kind == "Body"
        if anchor.kind == "Body" and head.needs == "level":
            return head_start - self._end_of(anchor) <= NEAR
        if anchor.kind == "proper":
            return head.needs in ("proper", "free", "modified")
        if anchor.kind == "known":
            return head.needs != "owner"
        if head.needs == "modified":
            return anchor.kind in ("Region", "Body") and self._end_of(anchor) < head_start
        if head.needs != "proper":
            return anchor.kind in ("Region", "Body")
        return self._is_specific(anchor, head, head_start)

    def _is_specific(self, anchor: Anchor, head: Head, head_start: int) -> bool:
        """Whether more than kinds of things stands between a place and the head, or the place alone as a name."""
        position = self._end_of(anchor)
        if position >= head_start:
            place = "".join(self._text[anchor.start : position])
            return head.cls in NAMED_BY_PLACE and not UNIT_OF_PLACE.search(place)
        return self._has_specific(position, head_start)

    def _has_specific(self, position: int, head_start: int) -> bool:
        """Whether a word between says more than what kind of thing it is."""
        generic = words_in("generic_modifiers.zh.tsv")
        while position < head_start:
            word = self._word_at[position]
            end = min(word.end, head_start)
            text = "".join(self._text[position:end])
            if text.strip() and text not in generic and text not in LEVELS:
                return True
            position = end
        return False

    def _level(self, start: int) -> Anchor:
        """A level without a place, or with the place in front that only the text knows: "江淮" in "江淮市教育局"."""
        match = self._match_at.get(start - 1)
        if match is not None and match.end == start:
            return Anchor(match.start, "Region")
        word = self._word_at[start - 1] if start else None
        if word is not None and word.end == start and 2 <= word.end - word.start <= LONGEST_PLACE:
            text = "".join(self._text[word.start : word.end])
            is_stop = text in words_in("name_stops.zh.tsv") or text in words_in("generic_modifiers.zh.tsv")
            if word.tag in PLACE_TAGS and not is_stop and "\n" not in text:
                return Anchor(word.start, "Region")
        return Anchor(start, "level")

    def _end_of(self, anchor: Anchor) -> int:
        match = self._match_at.get(anchor.start)
        return match.end if match is not None else self._word_at[anchor.start].end

    def _read(self, head_start: int) -> tuple[list[Anchor], int]:
        """What may identify the name, nearest first, and the leftmost token that it may begin at."""
        anchors: list[Anchor] = []
        position, edge = head_start, head_start
        for _ in range(FARTHEST):
            if position == 0:
                break
            match = self._match_at.get(position - 1)
            if (match is not None and match.end == position) or (
                match is not None and match.end > position and match.start < head_start <= match.end
            ):
                kind = "Region" if self._kinds[match.keys[0]] == "Region" else "Body"
                anchors.append(Anchor(match.start, kind))
                position = edge = match.start
                if kind == "Body":
                    break
                continue
            word = self._word_at[position - 1]
            start, text = word.start, "".join(self._text[word.start : position])
            if match is not None:
                break
            if (
                text[:1] in LEVELS
                and text[1:2] not in NO_BODY
                and self._kind_of(text[0], "n", start, head_start)
            ):
                # "市教育局" is one word to the segmenter.
                anchors.append(self._level(start))
                return anchors, anchors[-1].start
            if word.tag == "nt" and start < head_start < word.end and head_start - start > 1:
                # One word to the segmenter, which knows it: "紫金山天文台".
                anchors.append(Anchor(start, "known"))
                return anchors, start
            if not self._may_hold(text, word.tag, start):
                break
            position = start
            if not text.strip():
                continue
            if word.tag[:1] != "v" or word.tag == "vn":
                edge = start
            kind = self._kind_of(text, word.tag, start, head_start)
            if kind == "level":
                anchors.append(self._level(start))
                return anchors, anchors[-1].start
            if kind:
                anchors.append(Anchor(start, kind))
                edge = start
        return anchors, edge

    def _may_hold(self, text: str, tag: str, start: int) -> bool:
        if "\n" in text or text in words_in("name_stops.zh.tsv"):
            return False
        if tag in ("m", "mq"):
            return ORDINAL.fullmatch(text) is not None
        return tag not in ENDING_TAGS or not text.strip()

    def _kind_of(self, text: str, tag: str, start: int, head_start: int) -> str:
        if text in LEVELS or text in LONG_LEVELS:
            before = self._text[start - 1] if start else ""
            return "" if before in NO_LEVEL else "level"
        if tag == "ns" and len(text) > 1:
            return "Region"
        if tag in PROPER_TAGS and text not in words_in("generic_modifiers.zh.tsv") and len(text) > 1:
            return "proper" if text[-1] not in "性型级化式类" else ""
        return ""
