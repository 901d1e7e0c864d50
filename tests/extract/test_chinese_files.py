"""Chinese documents as they come out of files: pages, encodings, Word, and what a user says of their language."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from triplehelix.errors import SourceError
from triplehelix.extract.documents import read_document, read_documents

CHINESE_PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="gb2312">
<title>关于启动联合培养试点的通知_江东省教育厅</title>
<meta name="PubDate" content="2026-03-05 10:00"><meta name='ContentSource' content='江东省教育厅'></head>
<body><nav><a href="/">首页</a> <a href="/zw">政务公开</a></nav><h1>关于启动联合培养试点的通知</h1>{body}
<footer>版权所有 江东省教育厅</footer></body></html>"""
CHINESE_PARAGRAPH = (
    "教育部会同科技部启动卓越工程师联合培养试点，支持“双一流”高校与企业共建实验室，面向博士研究生。"
)


def test_a_page_of_a_chinese_government_tells_what_its_standard_asks_for(folder: Path) -> None:
    body = f"<p>{CHINESE_PARAGRAPH}</p>" * 4
    (folder / "notice.html").write_bytes(CHINESE_PAGE.format(body=body).encode("gb18030"))
    document = read_document("texts/notice.html")
    assert document.text.count(CHINESE_PARAGRAPH) == 4 and "政务公开" not in document.text
    assert (document.title, document.date, document.publisher, document.language) == (
        "关于启动联合培养试点的通知",
        "2026-03-05",
        "江东省教育厅",
        "zh",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
def test_chinese_texts_in_any_encoding_are_the_same_text(folder: Path, encoding: str) -> None:
    text = f"关于启动联合培养试点的通知\n{CHINESE_PARAGRAPH}\n"
    (folder / "notice.txt").write_bytes(text.encode(encoding))
    document = read_document("texts/notice.txt")
    assert (document.text, document.language, document.title) == (text, "zh", "关于启动联合培养试点的通知")


def test_traditional_chinese_is_chinese(folder: Path) -> None:
    text = "教育部會同科技部啟動卓越工程師聯合培養試點，支持高校與企業共建實驗室。\n" * 3
    (folder / "notice.txt").write_bytes(text.encode("big5"))
    document = read_document("texts/notice.txt")
    assert (document.text, document.language) == (text, "zh")


def test_a_chinese_word_document_keeps_its_table(folder: Path) -> None:
    document = docx.Document()
    document.add_heading("关于启动联合培养试点的通知", 0)
    document.add_paragraph(CHINESE_PARAGRAPH)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "牵头单位", "教育部"
    document.add_paragraph("教育部")
    document.add_paragraph("2026年3月5日")
    document.save(str(folder / "notice.docx"))
    read = read_document("texts/notice.docx")
    assert "牵头单位\t教育部" in read.text
    assert (read.language, read.date, read.publisher) == ("zh", "2026-03-05", "教育部")


def test_what_a_user_says_of_the_language_wins(folder: Path) -> None:
    (folder / "a.txt").write_text("教育部启动试点。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,language\na.txt,ja\n")
    assert read_document("texts/a.txt").language == "ja"
    forced = read_document("texts/a.txt", language="zh")
    assert (forced.language, forced.forced) == ("zh", True)
    with pytest.raises(SourceError, match=r"^'fr' is no language that is read; use en or zh\.$"):
        list(read_documents(["texts"], language="fr"))
