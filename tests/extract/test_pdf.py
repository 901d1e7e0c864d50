"""PDF files: paragraphs made whole, protection and damage told, properties weighed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

import pytest

from triplehelix.errors import EmptyDocument, UnreadableDocument
from triplehelix.extract.pdf import read_pdf
from triplehelix.extract.readers import read_content, reader_for

# The password padding of the PDF Reference 1.7, algorithm 3.2.
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FILE_ID = b"0123456789abcdef"


def rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def make_pdf(
    pages: Sequence[Sequence[str]], *, info: str = "", chinese: bool = False, password: str | None = None
) -> bytes:
    """A PDF of pages of lines; encrypted (40-bit RC4) when a password is given, even an empty one."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts "
        "[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>] >>"
        if chinese
        else "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font.encode(), f"<< {info} >>".encode()]
    numbers = []
    key = b""
    if password is not None:
        padded = (password.encode() + PADDING)[:32]
        owner = rc4(md5(padded).digest()[:5], padded)
        key = md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + FILE_ID).digest()[:5]
    for lines in pages:
        shown = " ".join(f"{_literal(line, chinese)} Tj T*" for line in lines)
        stream = f"BT /F 11 Tf 14 TL 72 760 Td {shown} ET".encode("cp1252")
        numbers.append(len(objects) + 1)
        if key:
            number = (len(objects) + 2).to_bytes(3, "little") + b"\0\0"
            stream = rc4(md5(key + number).digest()[:10], stream)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    trailer = f"/Size {len(objects) + 2} /Root 1 0 R /Info 4 0 R /ID [<{FILE_ID.hex()}> <{FILE_ID.hex()}>]"
    if key:
        user = rc4(key, PADDING)
        objects.append(
            f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>".encode()
        )
        trailer += f" /Encrypt {len(objects)} 0 R"
    out = b"%PDF-1.4\n"
    offsets = []
    for i, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{i} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\n".encode()
    return out + f"startxref\n{start}\n%%EOF\n".encode()


def _literal(line: str, chinese: bool) -> str:
    if chinese:
        return f"<{line.encode('utf-16-be').hex()}>"
    return "(" + line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"


def text_of(pages: Sequence[Sequence[str]], **options: object) -> str:
    return read_pdf(make_pdf(pages, **options), "plan.pdf", most_characters=100_000)[0]  # type: ignore[arg-type]


PAGE_ONE = (
    "Opinions on the training of engineers",
    "The Ministry of Education will launch a pilot in which universi-",
    "ties and enterprises of the Beijing-",
    "Tianjin-Hebei region train engineers together, and pay for high-",
    "quality places. It is led by a joint office that the ministries",
    "- 1 -",
)
PAGE_TWO = ("set up in March.", "1. Scope of the pilot", "The pilot covers ten universities.", "- 2 -")


def test_lines_become_paragraphs_and_divided_words_become_whole() -> None:
    assert text_of([PAGE_ONE, PAGE_TWO]).split("\n") == [
        "Opinions on the training of engineers",
        "The Ministry of Education will launch a pilot in which universities and enterprises of the "
        "Beijing-Tianjin-Hebei region train engineers together, and pay for high-quality places. It is led "
        "by a joint office that the ministries set up in March.",
        "1. Scope of the pilot",
        "The pilot covers ten universities.",
    ]


def test_running_heads_are_left_out() -> None:
    pages = [
        ("Talent Plan 2026", f"Chapter number {word} ends here.", str(n)) for n, word in enumerate("abcd")
    ]
    assert "Talent Plan" not in text_of(pages)


def test_chinese_lines_join_without_spaces() -> None:
    lines = ("教育部启动工程师联合培养试点计划，支持高校与企业联合培", "养工程师。")
    assert text_of([lines], chinese=True) == "".join(lines)


def test_a_password_is_told_apart_from_damage() -> None:
    with pytest.raises(UnreadableDocument, match=r"^plan\.pdf is encrypted and needs a password; save"):
        text_of([PAGE_ONE], password="secret")
    with pytest.raises(UnreadableDocument, match=r"^plan\.pdf is a damaged PDF \(data format error\)"):
        read_pdf(make_pdf([PAGE_ONE])[:200], "plan.pdf", most_characters=1000)


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert text_of([["Protected against changes."]], password="") == "Protected against changes."


def test_scanned_pages_are_reported_as_such() -> None:
    with pytest.raises(EmptyDocument, match="holds no text, as scanned pages do not"):
        text_of([[], []])


def test_too_much_text_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="more than 50 characters"):
        read_pdf(make_pdf([PAGE_ONE]), "plan.pdf", most_characters=50)


@pytest.mark.parametrize(
    ("info", "title", "date"),
    [
        ("/Title (Plan for Engineers) /CreationDate (D:20260309120000+08'00')", "Plan for Engineers", None),
        ("/Title (Microsoft Word - draft3.docx)", None, None),
        ("/Title (untitled)", None, None),
        ("/Title (plan_final.pdf)", None, None),
        ("/Title (Plan) /CreationDate (D:99999999)", "Plan", None),
    ],
)
def test_properties_count_only_when_they_tell(info: str, title: str | None, date: str | None) -> None:
    metadata = read_pdf(make_pdf([PAGE_ONE], info=info), "plan.pdf", most_characters=1000)[1]
    assert (metadata.title, metadata.date) == (title, date)


def test_the_date_of_the_file_counts_when_the_text_names_its_year() -> None:
    pdf = make_pdf([["Plan of 2026 for engineers"]], info="/CreationDate (D:20260309)")
    assert read_pdf(pdf, "plan.pdf", most_characters=1000)[1].date == "2026-03-09"


def test_the_day_in_the_text_counts_before_that_of_the_file() -> None:
    lines = [
        "关于联合培养的通知",
        "各高等学校：",
        *["支持高等学校与企业联合培养博士研究生，推动科技成果转移转化，建设区域协同创新"] * 6,
        "共同体，请遵照执行。",
        "教育部",
        "2026年3月5日",
    ]
    pdf = make_pdf([lines], info="/CreationDate (D:20261124)", chinese=True)
    content = read_content(pdf, "notice.pdf", reader_for("notice.pdf"), max_bytes=10_000)
    assert (content.metadata.date, content.metadata.publisher) == ("2026-03-05", "教育部")
