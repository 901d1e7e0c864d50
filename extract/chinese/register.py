"""How a Chinese document speaks: a report to a congress, a regulation, an opinion, news, a commentary.

What a verb without any mark of time says depends on it: in a regulation it is demanded, in the second half of a
government's report planned, in news done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

CUES = {
    "article": re.compile(
        r"第[一二三四五六七八九十百零〇\d]+[条章]|应当|依法|本条例|本法|本规定|本办法|有下列|按照国家有关规定"
    ),
    "news": re.compile(
        r"记者|近日|日前|据介绍|据悉|新华社|\d+日(?:[上下]午|，|在|电)|报道|央视|今年以来|截至|负责人|表示|介绍|召开|举行|出席"
    ),
    "target": re.compile(
        r"力争|确保|以上|左右|(?:增长|达到|突破|新增|新建|建成|完成|实施|培育|引进)[^，。；]{0,10}\d|\d+(?:％|%|个|家|项|万|亿)"
    ),
    "demand": re.compile(r"[，。：；]要|必须|坚持|强调|指出|要求"),
    "done": re.compile(r"了|已|获批|取得|显著|成效|截至|去年|一年来"),
    "will": re.compile(r"将(?!军|士|才|来)|拟|下一步|计划(?=在|于|到)"),
    "ongoing": re.compile(r"正在|正加|不断|持续|今年以来|开年"),
    "reported": re.compile(r"强调|指出|要求|提出|认为|表示|希望"),
    "national": re.compile(r"中国式|我国|国家|社会主义|全国|党的领导|国民经济"),
    "own": re.compile(r"全省|我省|全市|我市|本市|各位代表|政府工作|全区|我区|我县|年内"),
}
"""Cues of a sentence; what is counted is the share of sentences that have one."""
BARE = frozenset(
    "建推加深完实强健支优培打开构促发提统落做制组探聚布全坚扩引改创争持抓高大着办拓畅规设积稳鼓扎"
)
"""First characters of the verbs by which sentences without a subject begin."""


STEPS = (0.0, 0.03, 0.07, 0.12, 0.2, 0.3, 0.45, 0.6, 0.8)
"""Shares above which a register has the next level."""
SHORTEST = 8


class Register(NamedTuple):
    """How large a share of a document's sentences carries a kind of cue, as a level: the number of `STEPS` it exceeds.

    `bare` counts the sentences that begin with a verb.
    """

    article: int
    news: int
    target: int
    demand: int
    done: int
    will: int
    ongoing: int
    reported: int
    national: int
    own: int
    bare: int

    @property
    def genre(self) -> str:
        """The likeliest kind of document: "law", "address", "report", "news" or "text"."""
        if self.article >= 6:
            return "law"
        if self.bare >= 6 and self.reported < 4:
            return "report"
        if self.demand >= 4 or self.reported >= 5:
            return "address"
        if self.bare >= 6:
            return "report"
        return "news" if self.news + self.done >= 7 else "text"


def read_register(doc: Doc) -> Register:
    """The register of a document, from its own words."""
    counts = dict.fromkeys(CUES, 0)
    bare = total = 0
    for sentence in doc.sents:
        text = sentence.text.strip()
        if len(text) < SHORTEST:
            continue
        total += 1
        bare += begins_bare(text)
        for name, pattern in CUES.items():
            counts[name] += pattern.search(text) is not None
    return Register(
        **{name: _level(count, total) for name, count in counts.items()}, bare=_level(bare, total)
    )


def begins_bare(text: str) -> bool:
    """Whether a sentence begins with a verb: nobody is said to do it."""
    return text.lstrip("　 （()）一二三四五六七八九十是、.0123456789\n")[:1] in BARE


def _level(count: int, total: int) -> int:
    share = count / max(1, total)
    return sum(share > step for step in STEPS)
