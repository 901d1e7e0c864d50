"""The report: what was found, how certain, what was left out; the same in HTML and Markdown, and harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from triplehelix.extract.annotations import AnnotatedDocument, Unlinked
from triplehelix.graph.assembly import assemble
from triplehelix.graph.merging import Applied
from triplehelix.graph.report import UNLINKED_SHOWN, Report, summarise
from triplehelix.graph.report_pages import WORDS, markdown_cell, report_html, report_markdown
from triplehelix.graph.store import store_of
from triplehelix.graph.views import GraphView, view
from triplehelix.ontology import Ontology

FAILURES = (("scan.pdf", "scan.pdf holds no text; run OCR first."), ("empty.txt", "empty.txt is empty."))
VOID = {"meta", "link", "br", "wbr", "img"}


@pytest.fixture(scope="module")
def graph(ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument) -> GraphView:
    return view(store_of(assemble([first, second], ontology).quads))


@pytest.fixture(scope="module")
def report(
    graph: GraphView, ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument
) -> Report:
    return summarise(graph, [second, first], ontology.schema, failures=FAILURES, title="Two notices")


class Page(HTMLParser):
    """The words of a page, and whether its tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_documents_show_what_was_found_per_type_and_status(report: Report) -> None:
    first = report.documents[0]
    assert (first.source, first.title, first.mentions) == ("texts/first.txt", "Training notice", 5)
    assert {core: n for core, n in first.entities.items() if n} == {
        "Government": 1,
        "Mechanism": 1,
        "Region": 1,
        "University": 1,
    }
    assert first.statements == {"proposed": 0, "planned": 1, "ongoing": 2, "established": 0}


def test_totals_count_entities_and_statements_once(report: Report) -> None:
    assert (report.entities, report.mentions, report.statements, report.facts) == (5, 9, 6, 3)
    assert report.statuses == {"proposed": 1, "planned": 1, "ongoing": 2, "established": 2}
    assert sum(row.linked for row in report.types) == 2


def test_actors_and_mechanisms_are_ranked_by_whom_they_meet(report: Report) -> None:
    assert [row.label for row in report.actors] == ["Ministry of Education", "Riverside University"]
    assert report.actors[0].other_label == "教育部"
    assert (report.mechanisms[0].label, report.mechanisms[0].partners) == ("Joint Training Scheme", 2)


def test_a_denied_statement_makes_nobody_a_top_actor(report: Report) -> None:
    assert report.actors[0].partners == 1
    assert next(row for row in report.predicates if row.negated).negated == 1


def test_what_was_left_out_and_why_is_told(report: Report) -> None:
    assert report.unlinked[0].text == "the Council"
    assert report.unlinked[0].candidates == ("a", "b")
    assert report.failures[0] == ("empty.txt", "empty.txt is empty.")


def test_a_long_list_of_unlinked_forms_says_how_many_more(
    graph: GraphView, ontology: Ontology, first: AnnotatedDocument
) -> None:
    many = tuple(Unlinked(f"form {n}", 0, 1, "unknown") for n in range(UNLINKED_SHOWN + 3))
    report = summarise(graph, [replace(first, unlinked=many)], ontology.schema)
    assert (len(report.unlinked), report.unlinked_more) == (UNLINKED_SHOWN, 3)
    assert "3 more forms" in report_html(report)


def test_page_and_markdown_tell_the_same(report: Report) -> None:
    page, markdown = " ".join(Page(report_html(report)).words), report_markdown(report)
    for fact in (
        "Two notices",
        "Training notice",
        "Joint Training Scheme",
        "the Council",
        "scan.pdf",
        "教育部",
    ):
        assert fact in page
        assert fact in markdown.replace("\\", "")


def test_the_page_stands_alone_and_has_no_script(report: Report) -> None:
    page = report_html(report)
    tags = Page(page).tags
    assert not {"script", "iframe", "img", "link"} & set(tags)
    assert not re.search(r"(src|href)=\"?(https?:)?//", page)
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_every_row_of_a_markdown_table_is_as_wide_as_its_head(report: Report) -> None:
    width = None
    for line in report_markdown(report).splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line))
            assert width in (None, cells), line
            width = cells
        else:
            width = None


HOSTILE = ("</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", 'a"b|c`d\n# e')


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_never_become_markup(
    hostile: str, ontology: Ontology, first: AnnotatedDocument
) -> None:
    document = replace(first.document, title=hostile, source=hostile, publisher=hostile)
    entities = tuple(replace(e, name=hostile) if e.key is None else e for e in first.entities)
    annotated = replace(
        first, document=document, entities=entities, unlinked=(Unlinked(hostile, 0, 1, hostile, (hostile,)),)
    )
    graph = view(store_of(assemble([annotated], ontology).quads))
    report = summarise(graph, [annotated], ontology.schema, failures=[(hostile, hostile)], title=hostile)
    page = Page(report_html(report))
    assert not {"script", "img"} & set(page.tags)
    assert hostile in "".join(page.words)
    markdown = report_markdown(report)
    assert "<" not in markdown
    assert not re.search(r"^# e", markdown, re.MULTILINE)


def test_cells_of_markdown_are_one_line() -> None:
    assert markdown_cell("a\n|b") == "a \\|b"


def test_an_empty_build_has_a_report_too(ontology: Ontology) -> None:
    report = summarise(GraphView(), [], ontology.schema, failures=FAILURES)
    assert "No statement was found" in report_html(report)
    assert "empty.txt" in report_markdown(report)


def test_a_report_in_chinese_says_the_same_in_chinese(
    graph: GraphView, ontology: Ontology, first: AnnotatedDocument
) -> None:
    report = summarise(graph, [first], ontology.schema, language="zh")
    page, text = report_html(report), report_markdown(report)
    assert '<html lang="zh">' in page and "TripleHelix：报告" in page
    for words in ("教育部", "进行中", "未收录或未链接"):
        assert words in page and words in text
    assert "Entities by type" not in page and "Left out" not in text
    assert 'lang="en">Ministry of Education<' in page


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, text in WORDS["en"].items():
        assert text.count("{}") == WORDS["zh"][key].count("{}"), key


def test_what_the_user_decided_to_be_one_is_reported_with_its_use(
    graph: GraphView, ontology: Ontology, first: AnnotatedDocument
) -> None:
    merges = (
        Applied("联合培养试点@zh", "joint training scheme@en", "my/merges.tsv, line 2", True, True),
        Applied("揭榜试点@zh", "river pilot@en", "my/merges.tsv, line 3", False, True),
    )
    report = summarise(graph, [first], ontology.schema, merges=merges)
    for text in (report_html(report), report_markdown(report)):
        assert "Entities that you say are one" in text
        assert "both, joined" in text and "only river pilot@en" in text.replace("\\", "")
    assert "that you say are one" not in report_html(summarise(graph, [first], ontology.schema))
