"""Documents as they come out of files: text and metadata, or one clear sentence why there is none.

Longer than other modules: one idea, what each kind of file gives, and its parts share the reader.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from triplehelix.errors import (
    DocumentError,
    EmptyDocument,
    SourceError,
    UnreadableDocument,
    UnsupportedDocument,
)
from triplehelix.extract.annotations import Document
from triplehelix.extract.documents import read_document, read_documents
from triplehelix.extract.markdown import markdown_text
from triplehelix.extract.metadata import Metadata, split_front_matter
from triplehelix.extract.sources import Failure


def read(*sources: str, **options: int) -> tuple[list[Document], dict[str, DocumentError]]:
    found = list(read_documents(sources, **options))  # type: ignore[arg-type]
    return [d for d in found if isinstance(d, Document)], {
        f.source: f.error for f in found if isinstance(f, Failure)
    }


# Plain text


def test_plain_text_is_the_decoded_file(folder: Path) -> None:
    text = "Plan for Engineers\n\n  The ministry\t launched “it”.  \n2026-03-09\n\n"
    data = text.replace("\n", "\r\n").encode("utf-8-sig")
    (folder / "plan.txt").write_bytes(data)
    document = read_document("texts/plan.txt")
    assert document == Document(
        source="texts/plan.txt",
        text=text,
        sha256=sha256(data).hexdigest(),
        language="en",
        title="Plan for Engineers",
        date="2026-03-09",
    )


def test_front_matter_of_a_plain_text_stays_in_the_text(folder: Path) -> None:
    text = "---\ntitle: Plan\ndate: 2026-03-09\n---\nHeading\n\nThe ministry launched it.\n"
    (folder / "plan.txt").write_text(text)
    document = read_document("texts/plan.txt")
    assert (document.text, document.title, document.date) == (text, "Plan", "2026-03-09")


# Markdown

MARKDOWN = """\
---
title: Opinions on Engineers
publisher: Ministry of Example
---
# Opinions on *Engineers*

The [ministry](https://example.org/m "home") will **launch**
a pilot[^1] with `code` and ![a chart](chart.png).
See <https://example.org>.

<!-- hidden -->

- first item
- second
  item
    1. nested &amp; more

| Region | Share |
|--------|-------|
| North  | 1     |

> 教育部启动
> 试点计划。

<div class="x"><p>In a <b>block</b></p></div>

```
kept as is
```
"""


def test_markdown_is_read_without_its_marks() -> None:
    assert markdown_text(MARKDOWN[split_front_matter(MARKDOWN)[1] :]).split("\n") == [
        "Opinions on Engineers",
        "",
        "The ministry will launch a pilot with code and a chart. See https://example.org.",
        "",
        "first item",
        "second item",
        "nested & more",
        "",
        "Region\tShare",
        "North\t1",
        "",
        "教育部启动试点计划。",
        "",
        "In a block",
        "",
        "kept as is",
    ]


def test_a_markdown_file_tells_its_metadata(folder: Path) -> None:
    (folder / "plan.md").write_text(MARKDOWN)
    document = read_document("texts/plan.md")
    assert (document.title, document.publisher, document.media_type) == (
        "Opinions on Engineers",
        "Ministry of Example",
        "text/markdown",
    )
    assert "publisher" not in document.text


# Web pages

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>{title} - Example Daily</title><meta property="og:site_name" content="Example Daily">
<meta property="article:published_time" content="2026-03-09">
<link rel="canonical" href="https://example.org/news/1.html">
<script>var hidden = "script text";</script></head><body>
<header><nav><a href="/">Home</a> <a href="/policy">Policy</a></nav></header>
<div class="menu"><ul><li><a href="/a">About us</a></li><li><a href="/c">Contact</a></li></ul></div>
<article><h1>{title}</h1>{body}</article>
<aside><a href="/x">Read also: other news</a></aside><footer>Copyright Example Daily</footer></body></html>"""
LONG = "".join(
    f"<p>Paragraph {i}: the ministry has built a <b>platform</b> with universities in region {i}.</p>"
    for i in range(9)
)
SHORT = "<p>The ministry launched a pilot.</p><p>It serves <i>young</i> engineers.</p>"


@pytest.mark.parametrize("body", [LONG, SHORT], ids=["long", "short"])
def test_the_main_text_of_a_page_without_navigation(folder: Path, body: str) -> None:
    (folder / "news.html").write_text(PAGE.format(charset="utf-8", title="Pilot for Engineers", body=body))
    document = read_document("texts/news.html")
    paragraphs = [line for line in document.text.split("\n") if line != "Pilot for Engineers"]
    assert len(paragraphs) == body.count("<p>")
    assert not any(word in document.text for word in ("Home", "About", "Copyright", "also", "script", "<"))
    assert (document.title, document.date, document.publisher, document.url, document.media_type) == (
        "Pilot for Engineers",
        "2026-03-09",
        "Example Daily",
        "https://example.org/news/1.html",
        "text/html",
    )


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "iso-8859-1"])
def test_a_page_in_gb18030_is_read_whatever_it_declares(folder: Path, declared: str) -> None:
    body = "<p>教育部启动工程师联合培养试点计划，支持高校与企业共建实验室。</p>" * 3
    page = PAGE.format(charset=declared, title="工程师培养试点", body=body)
    (folder / "news.htm").write_bytes(page.encode("gb18030"))
    document = read_document("texts/news.htm")
    assert "支持高校与企业共建实验室。" in document.text
    assert (document.language, document.title) == ("zh", "工程师培养试点")


def test_tables_and_lists_of_a_page_are_lines(folder: Path) -> None:
    body = SHORT + "<table><tr><td>North</td><td>10</td></tr></table><ul><li>first item</li></ul>"
    (folder / "t.html").write_text(PAGE.format(charset="utf-8", title="T", body=body))
    lines = read_document("texts/t.html").text.split("\n")
    assert "North\t10" in lines and "first item" in lines


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<html><body><script>x()</script></body></html>", "<!-- only -->"]
)
def test_a_page_without_text_is_empty(folder: Path, page: str) -> None:
    (folder / "e.html").write_text(page)
    with pytest.raises(EmptyDocument, match=r"^texts/e\.html holds no text"):
        read_document("texts/e.html")


def test_a_hostile_page_ends_in_text_or_a_message(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    (folder / "deep.html").write_text("<div>" * 20_000 + "deep" + "</div>" * 20_000)
    (folder / "open.html").write_text("<p><b><table><tr><<<>>&#0;&#xD800;&bogus; text here")
    documents, errors = read("texts")
    assert len(documents) + len(errors) == 2
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


# Word


def word(folder: Path, name: str = "plan.docx") -> Path:
    document = docx.Document()
    document.core_properties.title = "Plan for Engineers"
    document.add_paragraph("Opinions of March 2026")
    table = document.add_table(rows=2, cols=2)
    for i, text in enumerate(("Region", "Share", "North", "1")):
        table.cell(i // 2, i % 2).text = text
    document.add_paragraph("The ministry ").add_run("will launch").bold = True
    document.save(str(folder / name))
    return folder / name


def test_paragraphs_and_tables_of_a_word_file_stay_in_order(folder: Path) -> None:
    word(folder)
    document = read_document("texts/plan.docx")
    assert document.text == "Opinions of March 2026\nRegion\tShare\nNorth\t1\nThe ministry will launch"
    assert document.title == "Plan for Engineers"
    assert document.date is None


def rewrite(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_tracked_changes_and_content_controls(folder: Path) -> None:
    changes = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>kept</w:t></w:r></w:p><w:sectPr"
    )
    rewrite(word(folder), "word/document.xml", "<w:sectPr", changes)
    assert read_document("texts/plan.docx").text.split("\n")[-2:] == ["In a control", "added\tkept"]


def test_a_word_file_that_unpacks_to_too_much_is_refused(folder: Path) -> None:
    rewrite(word(folder), "word/document.xml", "will launch", "x" * 3_000_000)
    with pytest.raises(
        UnreadableDocument, match=r"unpacks to 3,\d{3},\d{3} bytes, over the limit of 2,000,000"
    ):
        read_document("texts/plan.docx", max_bytes=100_000)


def test_entities_in_a_word_file_are_not_expanded(folder: Path) -> None:
    path = word(folder)
    (folder / "secret").write_text("secret text")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{folder}/secret">]><w:document'
    rewrite(path, "word/document.xml", "<w:document", doctype)
    rewrite(path, "word/document.xml", "will launch", "&e;")
    documents, _ = read("texts/plan.docx")
    assert all("secret" not in document.text for document in documents)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (
            b"PK\x03\x04 not a package",
            UnreadableDocument,
            "is a damaged Word document; open and save it again.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            UnreadableDocument,
            "is protected by a password or is an old",
        ),
    ],
)
def test_word_files_that_are_none(
    folder: Path, data: bytes, error: type[DocumentError], message: str
) -> None:
    (folder / "x.docx").write_bytes(data)
    with pytest.raises(error, match=rf"^texts/x\.docx {message}"):
        read_document("texts/x.docx")


def test_an_archive_and_a_damaged_part_are_told(folder: Path) -> None:
    with zipfile.ZipFile(folder / "zip.docx", "w") as package:
        package.writestr("a.txt", "text")
    rewrite(word(folder, "bad.docx"), "word/document.xml", "</w:document>", "</w:docu")
    _, errors = read("texts")
    assert "is an archive, not a Word document" in str(errors["texts/zip.docx"])
    assert "is a damaged Word document (" in str(errors["texts/bad.docx"])


# What cannot be read


def test_each_bad_file_has_its_message_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "good.txt").write_text("The ministry launched a pilot.")
    (folder / "a_empty.txt").write_bytes(b"")
    (folder / "b_blank.md").write_text(" \n\t\u3000\n\ufeff")
    (folder / "c_binary.txt").write_bytes(bytes(range(256)))
    (folder / "d_large.txt").write_bytes(b"word " * 4_000_000)
    (folder / "e_invalid.txt").write_bytes("试点计划。".encode() * 9 + b"\xff" + "试点".encode())
    (folder / "f_pdf.txt").write_bytes(b"%PDF-1.7 \xe2\xe3")
    (folder / "g_secret.txt").write_text("Text.")
    os.mkfifo(folder / "h_pipe.txt")
    (folder / "i_loop").symlink_to("..")
    (folder / "j_link.txt").symlink_to("nowhere")
    open_ = os.open

    def refuse(path: str, *args: int) -> int:
        if Path(path).name == "g_secret.txt":
            raise PermissionError(13, "Permission denied")
        return open_(path, *args)

    monkeypatch.setattr(os, "open", refuse)
    documents, errors = read("texts")
    assert [d.source for d in documents] == ["texts/good.txt"]
    expected: dict[str, tuple[type[DocumentError], str]] = {
        "texts/a_empty.txt": (EmptyDocument, "is an empty file"),
        "texts/b_blank.md": (EmptyDocument, "holds no text"),
        "texts/c_binary.txt": (UnsupportedDocument, "is a binary file"),
        "texts/d_large.txt": (UnreadableDocument, "has 20,000,000 bytes, over the limit of 10,000,000 bytes"),
        "texts/e_invalid.txt": (UnreadableDocument, "is not valid UTF-8 at byte 135"),
        "texts/f_pdf.txt": (UnsupportedDocument, "is a PDF, not text; rename it to end in .pdf"),
        "texts/g_secret.txt": (UnreadableDocument, "may not be read (permission denied)"),
        "texts/h_pipe.txt": (UnsupportedDocument, "is a folder, pipe or device, not a file"),
        "texts/i_loop": (UnreadableDocument, "is a link back to a folder around it"),
        "texts/j_link.txt": (UnreadableDocument, "is gone or is a link to nothing"),
    }
    assert errors.keys() == expected.keys()
    for source, (kind, part) in expected.items():
        message = str(errors[source])
        assert type(errors[source]) is kind and message.startswith(source) and part in message
        assert message.endswith(".") and "\n" not in message


def test_a_file_that_vanishes_is_reported(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text("Text.")
    reading = read_documents(["texts"])
    first = next(reading)
    (folder / "b.txt").unlink()
    second, third = reading
    assert isinstance(first, Document) and isinstance(third, Document)
    assert isinstance(second, Failure) and str(second.error).startswith("texts/b.txt is gone")


def test_a_file_of_another_kind_named_directly_is_an_error(folder: Path) -> None:
    (folder / "table.xlsx").write_bytes(b"x")
    _, errors = read("texts/table.xlsx")
    assert "texts/table.xlsx is of a kind (.xlsx) that is not read" in str(errors["texts/table.xlsx"])


def test_a_folder_is_no_document(folder: Path) -> None:
    (folder / "folder.txt").mkdir()
    with pytest.raises(UnsupportedDocument, match=r"^texts/folder\.txt is a folder, pipe or device"):
        read_document("texts/folder.txt")


def test_sources_are_checked_before_the_first_document_is_read(folder: Path) -> None:
    with pytest.raises(SourceError):
        read_documents(["texts/missing.txt"])


def test_the_limit_is_of_the_users_choosing(folder: Path) -> None:
    (folder / "a.txt").write_text("Twelve bytes")
    assert read("texts", max_bytes=12)[0]
    assert "over the limit of 11 bytes" in str(read("texts", max_bytes=11)[1]["texts/a.txt"])


# Standard input


@pytest.mark.parametrize("kind", ["text", "page", "word"])
def test_standard_input_is_read_by_what_it_is(folder: Path, kind: str) -> None:
    data = {
        "text": b"The ministry launched a pilot.",
        "page": PAGE.format(charset="utf-8", title="T", body=SHORT).encode(),
        "word": word(folder).read_bytes(),
    }[kind]
    (document,) = read_documents(["-"], stdin=io.BytesIO(data))
    assert isinstance(document, Document) and document.source == "-" and "ministry" in document.text
    assert "Home" not in document.text and document.sha256 == sha256(data).hexdigest()


def test_standard_input_is_bounded(folder: Path) -> None:
    (failure,) = read_documents(["-"], stdin=io.BytesIO(b"word " * 100), max_bytes=100)
    assert isinstance(failure, Failure) and "- is over the limit of 100 bytes" in str(failure.error)


# The sidecar


def test_the_sidecar_wins_over_what_a_document_says(folder: Path) -> None:
    (folder / "a.txt").write_text("Heading\n2020-01-01\nText.")
    (folder / "metadata.csv").write_text(
        "file,title,date,language\na.txt,Plan,2026-03-09,fr\nb.txt,No file,,\n"
    )
    documents, errors = read("texts")
    assert (documents[0].title, documents[0].date, documents[0].language) == ("Plan", "2026-03-09", "fr")
    assert list(errors) == ["texts/metadata.csv"]
    assert "texts/metadata.csv, line 3: this folder holds no 'b.txt'" in str(errors["texts/metadata.csv"])
    assert read_document("texts/a.txt").title == "Plan"
    assert read_document("texts/a.txt", metadata=Metadata(title="Mine")).title == "Mine"


def test_a_sidecar_counts_in_its_own_folder_only(folder: Path) -> None:
    (folder / "sub").mkdir()
    for path in (folder / "a.txt", folder / "sub" / "a.txt"):
        path.write_text("Heading\nText.")
    (folder / "sub" / "metadata.csv").write_text("file,publisher\na.txt,Ministry\n")
    assert [d.publisher for d in read("texts")[0]] == [None, "Ministry"]


# Cost


def test_reading_plain_text_loads_no_parser(folder: Path) -> None:
    (folder / "a.txt").write_text("The ministry launched a pilot.")
    code = (
        "import sys; from triplehelix.extract.documents import read_documents as read\n"
        "list(read(['texts']))\n"
        "print(sorted({'trafilatura', 'docx', 'pypdfium2', 'lxml', 'markdown_it'} & sys.modules.keys()))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
