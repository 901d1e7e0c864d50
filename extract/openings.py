"""What the first lines of a document tell of it: its title, its date, who issued it.

English documents give a title and a date. Chinese ones say more, in forms that are kept everywhere; `issuers`
reads those. A Chinese title may stand on several lines, below the rows of a page's table, and before the name of
the site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dates import opening_date, parse_date
from .detection import detect_language
from .issuers import KINDS, NUMBER, date_of_issue, issuer, table_of
from .metadata import Metadata, clean_line, plausible_title

LONGEST_TITLE = {"en": 200, "zh": 80}
OPENING = 5000
"""How many code points of a text may hold its title."""

_ABOVE = re.compile(
    r"(?:当前位置|您的位置|首页|索\s*引\s*号|主题分类|发文机关|成文日期|发文字号|发布(?:日期|时间|机构)|有\s*效\s*性|来\s*源|信息来源"
    r"|浏览次数|责任编辑|编辑|作者|时间|字体|字号|打印|分享|密\s*级|紧急程度|主\s*题\s*词|标\s*题)\s*[：:>＞].*"
    r"|[^\W\d_]{2,24}文\s?件|[［\[]?收稿日期.*|DOI.*|.{2,16}报告摘登"
)
_SITE = re.compile(
    r"\s*[-_–—|｜丨]+\s*(?P<site>[^-_–—|｜丨\s]{0,12}(?:网|在线|频道|客户端|日报|晚报|早报|时报|周刊|新闻|头条|门户|平台|新华社"
    r"|电视台|公众号|公报))(?:\s*[(（][\w.]+[)）])?\s*$"
)
_DATELINE = re.compile(r"(?:新华社|中新社|中新网|人民网|本报|央视网|光明网)\S{0,20}(?:电|讯|消息)")
_MARKS = re.compile(r"[\s\\*†‡＊※①-⑳¹²³]+$")
_SUBTITLE = re.compile(r"(?:——|－－|--|—(?=[^\s—]))[\s—-]*(?P<text>\S.{1,60})")
_REPORT = re.compile(r"(?:\d{4}年)?政府工作报告(?:（[^（）]{1,8}）)?")
_WHOLE = re.compile(rf".*(?:{KINDS})(?:[（(][^（()）]{{1,24}}[）)])?")
_UNFINISHED = re.compile(r".*(?:关于|印发|转发|贯彻|落实|的|和|与|及|、)|[^《]*《[^》]*|[^“]*“[^”]*")
_GOES_ON = re.compile(r"关于|印发|转发")
_ENDED = re.compile(r"[.;,:。；，：、]$")


def opening_metadata(text: str) -> Metadata:
    """Title, date and publisher as the first lines of `text` give them."""
    lines = [line.strip("\ufeff \t\u3000") for line in text[:OPENING].splitlines()]
    lines = [line for line in lines if line]
    if detect_language(text[:OPENING]) != "zh":
        return Metadata(title=_title(lines), date=opening_date(text))
    table = table_of(lines)
    below = _from_title(lines)
    title = plausible_title(table.title or "") or _chinese_title(below)
    return Metadata(
        title=title,
        date=table.date or date_of_issue(text, lines) or opening_date(text),
        publisher=table.publisher or issuer(text, lines, title) or _site(below[:1]),
    )


def without_sites(title: str) -> str:
    """A page's title without the names of sites behind it.

    >>> without_sites("高校毕业生今年更多 - 滚动新闻 - 华声在线"), without_sites("京津冀-长三角比较")
    ('高校毕业生今年更多', '京津冀-长三角比较')
    """
    while (match := _SITE.search(title)) and match.start() > 3:
        title = title[: match.start()]
    return title


def _title(lines: Sequence[str]) -> str | None:
    first = lines[0] if lines else ""
    longest = LONGEST_TITLE["zh" if detect_language(first) == "zh" else "en"]
    if len(first) > longest or _ENDED.search(first) or parse_date(first):
        return None
    return plausible_title(first)


def _from_title(lines: Sequence[str]) -> Sequence[str]:
    """The lines from the title on."""
    for i, line in enumerate(lines[:16]):
        if not _ABOVE.fullmatch(line) and not NUMBER.fullmatch(line) and not parse_date(line):
            return lines[i:]
    return ()


def _chinese_title(lines: Sequence[str]) -> str | None:
    first = without_sites(lines[0]) if lines else ""
    if _DATELINE.match(first):
        return None
    title = _with_subtitle(_MARKS.sub("", _made_whole(first, lines[1:4])), lines[1:5])
    return _title([title])


def _made_whole(title: str, following: Sequence[str]) -> str:
    """A title that was set on several lines, up to the word for the kind of document; else its first line."""
    if title.endswith("令") and following and re.fullmatch(r"第\s?\d+\s?号", following[0]):
        return title + following[0]
    whole = title
    for line in following:
        unfinished = _UNFINISHED.fullmatch(whole) or _GOES_ON.match(line)
        if not unfinished or _ENDED.search(line) or line in whole or len(whole + line) > LONGEST_TITLE["zh"]:
            break
        whole += line
    return whole if _WHOLE.fullmatch(whole) else title


def _with_subtitle(title: str, following: Sequence[str]) -> str:
    """A title with the line behind a dash below it.

    Where and when a speech was given is left out, save from "政府工作报告", which alone says nothing.
    """
    for line in following:
        match = _SUBTITLE.fullmatch(line)
        if match and (_REPORT.fullmatch(title) or not re.search(r"\d{4}年.*上", line)):
            return f"{title}——{match['text']}"
    return title


def _site(lines: Sequence[str]) -> str | None:
    """The last of the sites behind a page's title, the one that published it."""
    match = _SITE.search(lines[0]) if lines else None
    return clean_line(match["site"]) if match and match.start() > 3 else None
