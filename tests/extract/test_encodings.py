"""Encodings: what policy texts come in is read right, and what fits nothing is refused, not mangled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import DocumentError, UnreadableDocument, UnsupportedDocument
from triplehelix.extract.encodings import decode_text

SIMPLIFIED = (
    "教育部、科技部联合启动青年科技人才培养试点计划，支持粤港澳大湾区的高校与龙头企业共建实验室。"
    "各地要完善科技成果转化机制，加快建设高水平人才高地（2026—2030年）。"
)
TRADITIONAL = (
    "教育局聯同創新科技署推出青年科研人才培訓計劃，鼓勵大學與企業合作設立實驗室。"
    "政府將於明年撥款十億元成立創科產業引導基金，吸引世界各地的優秀人才來港發展。"
)
FRENCH = "Le ministère de l’Éducation lance un programme « jeunes chercheurs » à Besançon – coût : 5 M€."
GERMAN = "Das Ministerium fördert die Universität München über ein Programm für junge Gründer, Straße 5."
ENGLISH = "The Ministry’s “talent” plan — funded with £5m — covers São Paulo’s café industry, naïvely put."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (text, encoding)
        for text, encodings in (
            (
                SIMPLIFIED,
                ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"),
            ),
            (TRADITIONAL, ("utf-8", "utf-16", "utf-16-le", "big5", "gb18030")),
            (FRENCH, ("utf-8", "utf-16", "utf-16-be", "cp1252")),
            (GERMAN, ("utf-8", "latin-1")),
            (ENGLISH, ("utf-8-sig", "utf-16-le", "cp1252")),
        )
        for encoding in encodings
    ],
    ids=lambda value: value if value.isascii() and " " not in value else value[:4],
)
@pytest.mark.parametrize("repeat", [1, 400], ids=["short", "long"])
def test_texts_are_read_in_the_encoding_they_were_written_in(text: str, encoding: str, repeat: int) -> None:
    text = "\n".join([text] * repeat)
    assert decode_text(text.encode(encoding), "plan.txt") == text


@pytest.mark.parametrize("length", [4, 6, 10, 20])
def test_snippets_of_chinese_are_read_as_gb18030(length: int) -> None:
    for i in range(len(SIMPLIFIED) - length):
        snippet = SIMPLIFIED[i : i + length]
        assert decode_text(snippet.encode("gb18030"), "x.txt") == snippet


def test_snippets_of_traditional_chinese_are_read_as_big5() -> None:
    for i in range(len(TRADITIONAL) - 8):
        assert decode_text(TRADITIONAL[i : i + 8].encode("big5"), "x.txt") == TRADITIONAL[i : i + 8]


def test_mixed_chinese_and_english_in_gb18030() -> None:
    text = "STEM education 计划 (2026): the “Double First-Class” initiative 双一流 goes on.\n" * 3
    assert decode_text(text.encode("gb18030"), "x.txt") == text


def test_a_declared_encoding_is_used() -> None:
    assert decode_text("計劃".encode("gb18030"), "x.html", declared="GB2312") == "計劃"
    assert decode_text("план развития".encode("koi8-r"), "x.html", declared="KOI8-R") == "план развития"


@pytest.mark.parametrize("declared", ["no-such-encoding", "utf-8", "big5", "hex", "zip", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode_text(SIMPLIFIED.encode("gb18030"), "x.html", declared=declared) == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        pytest.param(b"The ministry \xff\xfe launched it.", 13, id="bytes of no encoding"),
        pytest.param("A “quoted” plan".encode() + b" and \x93more\x94", 24, id="two encodings mixed"),
        pytest.param("试点计划".encode()[:-1], 9, id="cut in a character"),
        pytest.param(
            SIMPLIFIED.encode() * 5 + b"\xb5" + SIMPLIFIED.encode(), 5 * len(SIMPLIFIED.encode()), id="one"
        ),
        pytest.param("café – naïve".encode() + b" \xe9", 17, id="accents twice"),
        pytest.param(b"caf\xc3\xa9 and na\xefve", 12, id="one of each"),
        pytest.param("résumé, exposé, Malmö, café, naïve ".encode() * 4 + b"\xa1\xa1", 164, id="like GB"),
        pytest.param(b"\x80\x81\x82", 0, id="continuation bytes"),
        pytest.param(b"\xef\xbb\xbfplan \xff", 8, id="after a byte order mark"),
    ],
)
def test_invalid_utf8_is_refused_with_the_place(data: bytes, offset: int) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^x\.txt is not valid UTF-8 at byte {offset} .*save"):
        decode_text(data, "x.txt")


def test_a_utf16_mark_before_plain_bytes_is_not_believed() -> None:
    with pytest.raises(UnreadableDocument):
        decode_text(b"\xff\xfeplain text of one byte a letter", "x.txt")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(100),
        b"plan\0text",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
        b"\x01\x02\x03\x04 text",
    ],
    ids=["every byte", "program", "one NUL", "picture", "controls"],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnsupportedDocument, match=r"^x\.txt is a binary file"):
        decode_text(data, "x.txt")


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    assert decode_text(b"a\r\nb\rc\n\n\td \x0c e", "x.txt") == "a\nb\nc\n\n\td \x0c e"


PLAIN = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufeff"))


@given(PLAIN)
def test_every_text_in_utf8_comes_back(text: str) -> None:
    assert decode_text(text.encode(), "x.txt") == text


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode_text(data, "x.txt"), str)
    except DocumentError as error:
        assert str(error).startswith("x.txt ") and str(error).endswith(".")


@given(
    PLAIN.filter(lambda t: any(c > "\u07ff" for c in t)),
    st.integers(0, 10_000),
    st.sampled_from([0xFF, 0xFE, 0xC0]),
)
def test_one_wrong_byte_is_never_passed_over(text: str, place: int, byte: int) -> None:
    """A byte that UTF-8 never has, in a text that is clearly UTF-8."""
    data = ("国家支持教育科技人才一体改革试点，各部门共同推进。" + text).encode()
    at = place % (len(data) + 1)
    with pytest.raises(UnreadableDocument):
        decode_text(data[:at] + bytes([byte]) + data[at:], "x.txt")
