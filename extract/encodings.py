"""Bytes into text: which encoding a file is in, decided without guessing wildly.

The order: byte order mark, strict UTF-8, what the file declares (web pages), then the other encodings that
policy texts come in, each accepted only when the result looks like the language it is for:

- GB18030 (and GBK, GB2312 inside it) and Big5 when nearly all characters are from the common part of the set;
- UTF-16 without a mark when most characters are of one script;
- Windows-1252 (and Latin-1 inside it) when accented letters stand in words;
- last, what charset-normalizer recognises, when it also recognises the language.

A text that is UTF-8 but for a few bad bytes fits none of these, and is refused with the place of the first
bad byte: nothing is replaced, dropped or decoded into something else.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from ..errors import UnreadableDocument, UnsupportedDocument

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages declare and what browsers take it to mean (WHATWG Encoding Standard).
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "big5": "big5hkscs"}
SAMPLE = 200_000
RECOGNISABLE = 0.05
"""The least share of bytes above ASCII that makes an encoding recognisable."""
WESTERN_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýŠšŽžŒœŸ")
WESTERN_SIGNS = frozenset("‘’‚“”„–—…•€£¥§©®™°·«»‹›¿¡ªº²³¹¼½¾±×÷µ¶†‡‰\xa0\xad")
CHINESE = ("gb18030", "big5hkscs")
CHINESE_CHARACTERS = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LONG_RUN = re.compile(rb"[\x80-\xff]{8}")  # four Chinese characters; in UTF-8, accented letters never
MISREAD_UTF8 = re.compile(
    r"Ã[€£¥§©ª«®°±²³µ¶·¹º»¼½¾¿¡‘’‚“”„–—…•Œœ™ŠšŽžŸ\xa0\xad]|Â[\xa0-\xbf]|â€"
)  # what UTF-8 looks like when read as Windows-1252
CONTROLS = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")


def decode_text(data: bytes, name: str, *, declared: str | None = None) -> str:
    """The text of `data`, with `\\r\\n` and `\\r` as `\\n` and no byte order mark.

    `declared` is an encoding that the file itself names. Raises `UnsupportedDocument` for binary data and
    `UnreadableDocument` when no encoding fits; both name the document by `name`.
    """
    encoding, mark = detect_encoding(data, name, declared=declared)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(_undecodable(name, encoding, mark + error.start)) from None
    _refuse_binary(text, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def detect_encoding(data: bytes, name: str, *, declared: str | None = None) -> tuple[str, int]:
    """The encoding of `data` and the length of its byte order mark.

    Raises `UnsupportedDocument` for binary data and `UnreadableDocument` when no encoding fits.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark) and not (encoding.startswith("utf-16") and _mostly_ascii(data)):
            return encoding, len(mark)
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            if _fits(data, encoding):
                return encoding, 0
        raise UnsupportedDocument(_binary(name))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        for encoding in _other_encodings(data, declared):
            return encoding, 0
        raise UnreadableDocument(_undecodable(name, "utf-8", error.start)) from None
    return "utf-8", 0


def _other_encodings(data: bytes, declared: str | None) -> Iterator[str]:
    """Encodings that fit data which is not UTF-8, the likeliest first."""
    chinese = sorted((e for e in CHINESE if _fits(data, e)), key=lambda e: -_common_share(data.decode(e), e))
    if LONG_RUN.search(data[:SAMPLE]):
        yield from (e for e in chinese if _common_share(data.decode(e), e) > 0.95)
    if declared is not None:
        encoding = _canonical(declared)
        if not encoding.startswith("utf") and _fits(data, encoding, _has_no_controls):
            yield encoding
    if _nearly_utf8(data):
        return
    yield from chinese
    yield from (e for e in ("cp1252", "utf-16-le", "utf-16-be") if _fits(data, e))
    recognised = _recognised(data)
    if recognised is not None:
        yield recognised


def _fits(data: bytes, encoding: str, plausible: Callable[[str], bool] | None = None) -> bool:
    plausible = plausible or PLAUSIBLE.get(encoding, _has_no_controls)
    try:
        return plausible(data.decode(encoding)[:SAMPLE])
    except (UnicodeDecodeError, LookupError):
        return False


def _canonical(declared: str) -> str:
    try:
        encoding = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return declared
    return WIDER.get(encoding, encoding)


def _mostly_ascii(data: bytes) -> bool:
    """True where a UTF-16 mark cannot be meant: what follows is plain one-byte text."""
    body = data[2 : SAMPLE + 2]
    return b"\0" not in body and sum(9 <= b < 127 for b in body) > 0.9 * len(body) > 0


def _nearly_utf8(data: bytes) -> bool:
    """True when more characters above ASCII are well-formed UTF-8 than bytes are wrong."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) - wrong > wrong


def _common_share(text: str, encoding: str) -> float:
    """The share of characters above ASCII that are in the common part of a Chinese character set."""
    high = [c for c in text[:SAMPLE] if c > "\x7f"]
    return sum(_is_common(c.encode(encoding, "replace"), encoding) for c in high) / max(1, len(high))


def _is_common(code: bytes, encoding: str) -> bool:
    if len(code) != 2:
        return False
    if encoding == "gb18030":  # rows 1-3 are signs, rows 16-55 the 3,755 common characters of GB 2312
        return code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)
    return 0xA1 <= code[0] <= 0xC6 and code < b"\xc6\xa1"  # signs and the 5,401 common characters of Big5


def _has_no_controls(text: str) -> bool:
    return not CONTROLS.search(text) and not re.search(r"[\x80-\x9f\ufffd\ue000-\uf8ff]", text)


def _common_gb18030(text: str) -> bool:
    simplified = _common_share(text, "gb18030")
    # Traditional characters, which GB18030 has outside its common part, are the common ones of Big5.
    traditional = simplified > 0.5 and _common_share(text, "big5hkscs") > 0.95
    return _has_no_controls(text) and (simplified > 0.8 or traditional)


def _common_big5(text: str) -> bool:
    return _has_no_controls(text) and _common_share(text, "big5hkscs") > 0.9


def _western(text: str) -> bool:
    """True when all characters above ASCII are signs, or accented letters in or beside plain words."""
    high = [i for i, c in enumerate(text) if c > "\x7f"]
    if len(high) > max(2, 0.25 * len(text)) or not all(
        text[i] in WESTERN_LETTERS | WESTERN_SIGNS for i in high
    ):
        return False
    letters = [i for i in high if text[i] in WESTERN_LETTERS]
    near = sum(_in_word(text, i) for i in letters)
    return near >= 0.9 * len(letters) and _has_no_controls(text) and not MISREAD_UTF8.search(text)


def _in_word(text: str, i: int) -> bool:
    """True for an accented letter with a plain one beside it, and for the words that are one accented letter."""
    around = text[max(0, i - 1) : i] + text[i + 1 : i + 2]
    return text[i] in "àÀéÉ" or any(c.isascii() and c.isalpha() for c in around)


def _latin_or_chinese(text: str) -> bool:
    """True when nearly all characters are ASCII or common Chinese characters and signs."""
    if not _has_no_controls(text):
        return False
    chinese = len(CHINESE_CHARACTERS.findall(text))
    latin = sum(c < "\x7f" or c in WESTERN_LETTERS or c in WESTERN_SIGNS for c in text)
    return latin + chinese > 0.95 * len(text) and (
        chinese < 0.02 * len(text) or max(_common_share(text, e) for e in CHINESE) > 0.7
    )


def _recognised(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # A few odd bytes in plain text are damage: some code page would give letters for them whatever they are.
    sample = data[:SAMPLE]
    if sum(b > 127 for b in sample) < RECOGNISABLE * len(sample):
        return None
    best = from_bytes(sample).best()
    if best is None or best.language == "Unknown" or best.percent_chaos > 5 or len(data) < 64:
        return None
    return best.encoding if _fits(data, best.encoding) else None


def _refuse_binary(text: str, name: str) -> None:
    controls = len(CONTROLS.findall(text[:SAMPLE]))
    if "\0" in text or controls > 0.01 * len(text[:SAMPLE]):
        raise UnsupportedDocument(_binary(name))


def _binary(name: str) -> str:
    return f"{name} is a binary file, not text; give it as .txt, .md, .html, .pdf or .docx."


def _undecodable(name: str, encoding: str, offset: int) -> str:
    return (
        f"{name} is not valid {encoding.upper()} at byte {offset} and fits no other encoding; "
        "mend the bytes there or save the file as UTF-8."
    )


PLAUSIBLE: dict[str, Callable[[str], bool]] = {
    "gb18030": _common_gb18030,
    "big5hkscs": _common_big5,
    "cp1252": _western,
    "utf-16-le": _latin_or_chinese,
    "utf-16-be": _latin_or_chinese,
}
