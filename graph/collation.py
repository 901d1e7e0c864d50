"""The order in which names are listed: Latin letters by alphabet, Chinese characters by pronunciation.

GB 2312 puts the 3,755 common characters in the order of their pinyin and the others behind them by radical, so
the bytes of GB18030 sort names as Chinese readers expect, without a table of readings to ship and keep.
"""

from __future__ import annotations

import unicodedata


def collation_key(name: str) -> tuple[bytes, str]:
    """What names are sorted by: case, width and accents of Latin letters count last.

    >>> sorted(["中国科学院", "安徽", "Zhejiang", "北京", "anhui"], key=collation_key)
    ['anhui', 'Zhejiang', '安徽', '北京', '中国科学院']
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return kept.encode("gb18030", "replace"), name
