"""Dates as documents write them, as ISO 8601: 2026-03-09, March 9, 2026, 9 March 2026, 2026年3月9日, 二〇二六年三月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_HAN = "〇○零一二三四五六七八九十"
FULL_DATE = re.compile(
    r"(?<![\d.])(?P<y1>\d{4})(?P<sep>[-/.－／．])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4})\s{0,3}年\s{0,3}(?P<m2>\d{1,2})\s{0,3}月\s{0,3}(?P<d2>\d{1,2})\s{0,3}日"
    rf"|(?P<y3>[{_HAN}]{{4}})年(?P<m3>[{_HAN}]{{1,2}})月(?P<d3>[{_HAN}]{{1,3}})日"
    rf"|\b{_MONTH.format('m4')}\s{_DAY.format('d4')},?\s(?P<y4>\d{{4}})(?!\d)"
    rf"|(?<!\d){_DAY.format('d5')}\s(?:of\s)?{_MONTH.format('m5')},?\s(?P<y5>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u3007\u4e00-\u9fff]")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
CHINESE_PARTIAL_DATE = re.compile(rf"(\d{{4}}|[{_HAN}]{{4}})\s?年(?:\s?(\d{{1,2}}|[{_HAN}]{{1,2}})\s?月)?")
# The opening: where a document says when it was published.
OPENING_LINES = 8
SHORT_LINE = 100
SHORT_CHINESE_LINE = 45
DATELINE = 60


def parse_date(text: str) -> str | None:
    """`text` as an ISO date (YYYY, YYYY-MM or YYYY-MM-DD); None when it is none, or an ambiguous one.

    >>> parse_date("March 9, 2026"), parse_date("2026年3月9日"), parse_date("2026-03"), parse_date("3/9/2026")
    ('2026-03-09', '2026-03-09', '2026-03', None)
    """
    text = text.strip()
    partial = PARTIAL_DATE.fullmatch(text)
    if partial:
        year, month = int(partial[1]), int(partial[2] or 1)
        return text if _iso(year, month, 1) else None
    partial = CHINESE_PARTIAL_DATE.fullmatch(text)
    if partial:
        iso = _iso(_number(partial[1]), _number(partial[2] or "1"), 1)
        return iso and iso[: 7 if partial[2] else 4]
    match = FULL_DATE.match(text)
    rest = text[match.end() :] if match else ""
    if match is None or (rest and not re.match(r"[T ]\d{1,2}:\d{2}", rest)):
        return None
    return _of_match(match)


def find_dates(text: str) -> Iterator[tuple[int, str]]:
    """Each full date in `text`, with where it begins, in order."""
    for match in FULL_DATE.finditer(text):
        iso = _of_match(match)
        if iso is not None:
            yield match.start(), iso


def opening_date(text: str) -> str | None:
    """The one date in the first lines of a document; None when there is none, or more than one.

    Only short lines count, and the first words of long ones (a news dateline): a date in the middle of a
    sentence is when something happened, not when it was published.
    """
    lines = [line.strip() for line in text[:5000].splitlines() if line.strip()][:OPENING_LINES]
    found = {iso for line in lines for begin, iso in find_dates(line) if _is_of_issue(line, begin)}
    if not found:
        found = {iso for line in lines[1:] if (iso := parse_date(line.strip("（）()")))}
    return found.pop() if len(found) == 1 else None


def _is_of_issue(line: str, begin: int) -> bool:
    """Whether a date that begins there stands where a line says when a document was published."""
    if 2 * len(_CHINESE.findall(line)) > len(line):
        return len(line) <= SHORT_CHINESE_LINE and not line.endswith(("。", "；"))
    return len(line) <= SHORT_LINE or (begin <= DATELINE and not _is_prose(line[:begin]))


def _is_prose(before: str) -> bool:
    """True where a sentence leads up to the date ("On 9 March", "the law adopted on")."""
    words = re.findall(r"[a-z]+", before)
    return bool(words) or re.search(r"\b(?:On|In|By|Since|From|Until)\s*$", before) is not None


def _of_match(match: re.Match[str]) -> str | None:
    for form in "12345":
        year, month, day = (match[f"{part}{form}"] for part in "ymd")
        if year:
            return _iso(_number(year), _number(month), _number(day))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if 1800 <= year <= 2199 else None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
    if "十" not in text:
        return int("".join(str(digits[c]) for c in text))
    tens, ones = text.split("十", 1)
    return 10 * (digits.get(tens, 1)) + digits.get(ones, 0)
