"""Who issued a Chinese document and when, as it says itself.

By its kind: the table above a text on a government's page, the assembly that a report was given to, the notes
on a law's adoption, the bodies in a notice's title, the signature below it, the source or the dateline of news.
Years are never guessed: "1月5日电" alone is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .dates import find_dates, parse_date
from .metadata import Metadata, clean_line

HEAD = 12
"""How many lines may come before the text proper."""

KINDS = (
    "通知|意见|办法|规定|条例|细则|方案|规划|纲要|报告|决定|公告|通告|公报|批复|复函|函|指南|指引|计划|建议|要点|措施|决议|命令"
    "|章程|标准|准则|清单|目录|说明"
)
"""Words for kinds of official documents, which their titles end in."""

NUMBER = re.compile(r"[^\W\d_]{1,12}\s?[〔\[［（(]\s?\d{4}\s?[〕\]］）)]\s?(?:第\s?)?\d{1,5}\s?号")
"""The number of an official document: 国发〔2024〕1号."""

_ORDINAL = r"第[一二三四五六七八九十百零〇]{1,5}"
_ASSEMBLY = re.compile(
    rf"(?P<region>(?:(?!第)[^\W\d_]){{2,14}}?)?\s?(?:{_ORDINAL}届)?\s?(?P<nation>全国)?人民代表大会(?P<standing>常务委员会)?"
    rf"(?={_ORDINAL}次|会议)"
)
_ORDER = re.compile(
    r"(?:中华人民共和国)?(?P<body>国务院|[^\W\d_年月日]{2,12}?(?:部|委员会|总局|局|署))令(?=第)"
)
_NOTE = re.compile(
    r"^[（(]?(?:根据)?\d{4}年\d{1,2}月\d{1,2}日.*(?:通过|批准|修订|修正|公布|发布|施行|决定》)"
)
_SPEECH = re.compile(
    r"(?:来源[：:]\S*?)?[—\-－\s（(]*(?P<day>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"[^。，]{0,24}?在[^，。]{2,40}?(?:会议|大会|会)(?:上|的)"
)
_NEWS = re.compile(r"近日|日前|记者|\d日(?:专)?[电讯]|今天|昨天|本报|本台")
_BODY = (
    r"(?:[^\W\d_]{1,24}(?:部|委|委员会|办公厅|办公室|厅|局|院|署|政府|会|行|党委|党组|大学|学院|公司|集团|协会|中心)"
    r"|中共中央|国务院|中央军委)"
)
_BODIES = re.compile(
    rf"(?P<bodies>{_BODY}(?:[\s、]+{_BODY})*?)(?:等[一二三四五六七八九十\d]+(?:个)?(?:部门|单位|部委|机关))?\s*(?:关于|印发|转发)"
)
_OFFICIAL_TITLE = re.compile(rf".*(?:{KINDS})(?:[（(][^（()）]{{1,24}}[）)])?")
_SOURCE = re.compile(r"(?:文章|信息|稿件)?来\s?源\s*[：:]\s*(?P<name>[^\s\]】|，。\d]{2,24})")
_DATELINE = re.compile(
    r"^[（(【]?(?P<agency>新华社|中新社|中新网|[^\W\d_]{1,8}?(?:日报|晚报|早报|时报|商报|青年报|广播网|新闻网|网|社)(?!会|区))"
    r"[^，。；]{0,10}?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:专)?[电讯]"
)
TABLE_ROWS = {
    "标题": "title",
    "发文机关": "publisher",
    "发布机构": "publisher",
    "发文单位": "publisher",
    "制定机关": "publisher",
    "成文日期": "date",
    "印发日期": "date",
    "公布日期": "date",
    "发布日期": "later date",
    "发布时间": "later date",
}
"""What the rows of the table above a text on a government's page hold."""


def table_of(lines: Sequence[str]) -> Metadata:
    """Title, date and publisher as the table above the text gives them.

    >>> table_of(["索 引 号：000014349", "发文机关：国务院", "成文日期：2024年01月05日"])
    Metadata(title=None, date='2024-01-05', publisher='国务院', url=None, language=None)
    """
    found: dict[str, str] = {}
    for name, value in _cells(lines[: 2 * HEAD]):
        kind = TABLE_ROWS.get(name)
        if kind and value:
            found.setdefault(kind, value)
    day = parse_date(found.get("date", "")) or parse_date(found.get("later date", "")[:11])
    return Metadata(found.get("title"), day, _joined(found.get("publisher")))


def issuer(text: str, lines: Sequence[str], title: str | None) -> str | None:
    """Who issued the text that begins with `lines` (without blank ones) and has this title."""
    head = lines[:HEAD]
    return (
        _reporting(head, title)
        or _adopting(head, title)
        or _in_title(head, title)
        or next((signed for signed, _ in _signatures(text, head)), None)
        or _source(head)
    )


def date_of_issue(text: str, lines: Sequence[str]) -> str | None:
    """When it was given, last adopted or signed, as an ISO date."""
    head = lines[:HEAD]
    if adopted := [day for line in _notes(head) for _, day in find_dates(line)]:
        return max(adopted)
    speech = next(filter(None, map(_SPEECH.match, head)), None)
    if speech:
        return parse_date(speech["day"])
    return next((day for _, day in _signatures(text, head)), None)


def _cells(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names and values, whether they stand in one cell or in two."""
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        for cell, following in pairwise([*cells, ""]):
            name, colon, value = cell.replace("：", ":").partition(":")
            if colon:
                yield re.sub(r"\s", "", name), value.strip() or following


def _reporting(head: Sequence[str], title: str | None) -> str | None:
    """The government that gave a report on its work, by the assembly that it was given to."""
    if "工作报告" not in (title or "") and not any("政府工作报告" in line for line in head[:3]):
        return None
    for line in head:
        match = _ASSEMBLY.search(line) if re.search(r"(?:会议|大会)(?:上|的)", line) else None
        if match and match["nation"]:
            return "国务院"
        if match and match["region"]:
            return re.sub(r".*在", "", match["region"]) + "人民政府"
    return None


def _notes(head: Sequence[str]) -> list[str]:
    """The lines on adoption and amendment, of which one names the assembly or the order."""
    notes = [line for line in head if _NOTE.match(line)]
    return notes if any(_ASSEMBLY.search(line) or _ORDER.search(line) for line in notes) else []


def _adopting(head: Sequence[str], title: str | None) -> str | None:
    """Who adopted a law or a regulation, by the first note on it, or by the order that brings it."""
    if order := _ORDER.match(title or ""):
        return order["body"]
    for line in _notes(head):
        if order := _ORDER.search(line):
            return order["body"]
        match = _ASSEMBLY.search(line)
        if match:
            region = re.sub(r"^[年月日\s]+", "", match["region"] or "")
            owner = region.removesuffix("全国") or "全国"
            return f"{owner}人民代表大会{match['standing'] or ''}"
    return None


def _in_title(head: Sequence[str], title: str | None) -> str | None:
    """The bodies that a notice names before what it is about; none in news on a notice."""
    match = _BODIES.match(title or "")
    if not match or not _OFFICIAL_TITLE.fullmatch(title or ""):
        return None
    numbered = any(NUMBER.search(line) for line in head)
    text = [line for line in head if line not in (title or "")]
    return _joined(match["bodies"]) if numbered or not text or not _NEWS.search(text[0]) else None


def _signatures(text: str, head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who signed an official document and when: a date on its own line below short lines that name bodies."""
    if not any(NUMBER.search(line) or _OFFICIAL_TITLE.fullmatch(line) for line in head):
        return
    lines = [line.strip(" \t\u3000") for line in text.splitlines()]
    lines = [line for line in lines if line]
    for i, line in enumerate(lines):
        day = parse_date(line.strip("（）()")) if i and len(line) < 24 else None
        if day is None:
            continue
        bodies: list[str] = []
        for above in reversed(lines[max(0, i - 10) : i]):
            if not re.fullmatch(rf"{_BODY}(?:[\s、]+{_BODY})*", above) or len(above) > 40:
                break
            bodies.insert(0, above)
        if bodies and len(bodies) < i:
            yield _joined(" ".join(bodies)) or "", day


def _source(head: Sequence[str]) -> str | None:
    """The source that a page names, else the agency of its dateline."""
    source = next(filter(None, map(_SOURCE.search, head)), None)
    if source:
        return source["name"].strip("—-_")
    dateline = next(filter(None, map(_DATELINE.search, head[:4])), None)
    return dateline["agency"] if dateline else None


def _joined(bodies: str | None) -> str | None:
    """Bodies as one text, whatever parted them."""
    return "、".join(re.split(r"[\s、]+", clean_line(bodies) or "")) or None
