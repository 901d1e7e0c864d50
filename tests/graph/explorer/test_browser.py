"""The page as a reader meets it, in headless Chromium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from triplehelix.graph.views import DocumentView, EntityView, EvidenceView, GraphView, StatementView

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
"""Opens the page of a graph, as the fixture `show`."""

RUNS = "window.pwned=1;document.documentElement.setAttribute('data-pwned','1')"
PAYLOADS = (
    f"</script><script>{RUNS}</script>",
    f'"><img src="https://evil.example/x.png" onerror="{RUNS}">',
    f"'-alert(1)-' ${{{RUNS}}} {{{{ 7*7 }}}} {{% raw %}} \u2028\u2029 <!-- <script> ]]>",
    f"</noscript></title></style><svg onload={RUNS}>href",
)


def entity(key: str, label: str, core: str = "Mechanism", **more: Any) -> EntityView:
    return EntityView(key, core, core, label, {"en": (label,)}, **more)


def statement(subject: str, predicate: str, obj: str, status: str = "ongoing", **more: Any) -> StatementView:
    fields: dict[str, Any] = {"negated": False, "confidence": 0.8, "rule": "frame-x", "evidence": (), **more}
    return StatementView(f"{subject}-{predicate}-{obj}-{status}", subject, predicate, obj, status, **fields)


def small_graph() -> GraphView:
    """Three entities, two lines between the first two of them, and one entity of which nothing is said."""
    text = "The Ministry of Tides should launch the Lantern Scheme."
    documents = {
        "d": DocumentView(
            "d", "notice.txt", "Notice on Lanterns", "2024-03-05", "en", "https://example.org/n", "Gazette"
        )
    }
    ministry = EntityView(
        "https://example.org/ministry", "Government", "Ministry", "Ministry of Tides",
        {"en": ("Ministry of Tides", "MoT"), "zh": ("潮汐部",)}, None, ("https://ror.org/1",), 3, 1, ("tides",),
    )  # fmt: skip
    scheme = entity("s", "Lantern Scheme", mechanism_type="talent")
    lab = entity("l", "Tideline Laboratory", "ResearchOrg")
    said = (
        statement(ministry.iri, "leads", "s", "proposed", evidence=(EvidenceView("d", 0, len(text), text),)),
        statement(ministry.iri, "supports", "s", "planned"),
        statement("l", "participatesIn", "s", "established", negated=True),
    )
    entities = {e.iri: e for e in (ministry, scheme, lab, entity("o", "Lone Office", "Government"))}
    return GraphView(entities, said, documents)


def hostile_graph(payload: str) -> GraphView:
    iri = "https://example.org/" + quote(payload)
    entities = {
        key: EntityView(
            key, core, payload, payload, {"en": (payload, payload + "2"), "zh": (payload,), payload: (payload,)},
            payload, (payload, f"javascript:{RUNS}", f"data:text/html,<script>{RUNS}</script>", "https://["),
            1, 1, (payload,),
        )
        for key, core in ((iri, "Mechanism"), (payload, payload), ("plain", "University"))
    }  # fmt: skip
    documents = {
        payload: DocumentView(payload, payload, payload, payload, payload, f"javascript:{RUNS}", payload)
    }
    evidence = (EvidenceView(payload, 0, 5, f"x {payload} y"), EvidenceView("unknown", 0, 5, payload))
    ends = [(iri, payload), (iri, "plain"), ("plain", "plain"), ("plain", "not described")]
    return GraphView(
        entities,
        tuple(
            StatementView(f"{a}{b}{p}", a, p, b, status, negated, 0.5, payload, evidence, payload)
            for (a, b), p, status, negated in zip(
                ends,
                ["leads", payload, "__proto__", "leads"],
                ["ongoing", payload, "planned", "proposed"],
                [False, True, False, True],
                strict=True,
            )
        ),
        documents,
    )


@pytest.mark.parametrize("payload", PAYLOADS, ids=["script", "image", "templates", "svg"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_is_shown_and_never_runs(show: Show, payload: str, language: str) -> None:
    page = show(hostile_graph(payload), title=payload, language=language)
    for i in range(page.js("document.querySelectorAll('#details .name').length")):
        page.js(f"document.querySelectorAll('#details .name')[{i}]?.click()")
        for j in range(page.js("document.querySelectorAll('#details .quotes').length")):
            page.js(f"document.querySelectorAll('#details .quotes')[{j}]?.click()")
            page.js(
                "document.querySelectorAll('#details a').forEach(a => a.protocol.startsWith('http') || a.click())"
            )
        page.js("document.querySelector('.close')?.click()")
    page.js(f"document.getElementById('query').value = {payload[:12]!r}")
    page.js("document.getElementById('query').dispatchEvent(new Event('input'))")
    page.click("#switch-language")
    for x in range(300, 900, 60):
        page.mouse("mouseMoved", x, 400)
    assert page.js("window.pwned") is None
    assert page.js("document.documentElement.dataset.pwned") is None
    assert page.js("document.querySelectorAll('img, iframe, a[href^=javascript], a[href^=data]').length") == 0
    assert payload.split("\u2028")[0].strip()[:20] in page.js("document.querySelector('h1').textContent")
    assert page.requests == []
    assert page.errors == []


@pytest.mark.parametrize(
    "graph",
    [
        GraphView(),
        GraphView({"a": entity("a", "Alone")}),
        GraphView({k: entity(k, k) for k in "abc"}),
        GraphView({"a": entity("a", "Loop")}, (statement("a", "leads", "a"), statement("a", "partOf", "a"))),
        GraphView({}, (statement("x", "leads", "y"),)),
        GraphView({"a": EntityView("a", "", "", "", {})}),
    ],
    ids=["empty", "one node", "no edges", "self loops", "nothing described", "no name"],
)
def test_a_graph_at_the_limit_opens(show: Show, graph: GraphView) -> None:
    page = show(graph)
    assert page.errors == []
    assert page.text("#shown").startswith(str(len(graph.entities) or 2 * len(graph.statements)))
    assert page.js("!document.getElementById('empty').hidden") == (
        not graph.entities and not graph.statements
    )


def test_a_first_view_is_bounded_and_grows(show: Show, graph_of: Callable[[int], GraphView]) -> None:
    page = show(graph_of(400))
    assert page.text("#shown").startswith("120 of 400 entities")
    page.click("#more")
    assert int(page.text("#shown").split()[0]) > 300
    page.click("#reset")
    assert page.text("#shown").startswith("120 of 400 entities")
    assert page.errors == []


def test_an_entity_shows_names_class_links_and_what_is_said_of_it(show: Show) -> None:
    page = show(small_graph(), "#node=" + quote("https://example.org/ministry"))
    page.js("document.querySelector('details.links').open = true")
    text = page.text("#details")
    for part in ("Ministry of Tides", "潮汐部", "MoT", "ministry", "tides", "ror.org/1", "leads", "proposed"):
        assert part in text
    assert page.js("document.querySelector('details.links a').href") == "https://ror.org/1"


def test_a_line_shows_its_sentence_document_and_status(show: Show) -> None:
    page = show(small_graph(), "#node=" + quote("https://example.org/ministry"))
    page.click("#details .quotes")
    text = page.text("#details")
    for part in (
        "proposed",
        "should launch",
        "Notice on Lanterns",
        "2024-03-05",
        "notice.txt",
        "0.80",
        "frame-x",
    ):
        assert part in text
    assert page.text("mark.subject") == "Ministry of Tides"
    assert page.text("mark.object") == "Lantern Scheme"
    assert "supports" in page.text("#details .list"), "the other line between the two is offered"
    again = show(small_graph(), page.js("location.hash"))
    assert again.text("#details") == text


def test_a_click_on_the_map_opens_an_entity_or_a_line(show: Show) -> None:
    page = show(GraphView({k: entity(k, "Node " + k) for k in "ab"}, (statement("a", "leads", "b"),)))
    page.js("document.getElementById('fit').click()")
    left, top, width, height = page.box("#canvas")
    opened = set()
    for x in range(int(left + width / 2) - 120, int(left + width / 2) + 120, 12):
        for y in range(int(top + height / 2) - 60, int(top + height / 2) + 60, 6):
            page.mouse("mouseMoved", x, y)
            if page.js("document.getElementById('canvas').style.cursor") == "pointer":
                page.tap(x, y)
                opened.add(page.text("#details h2").replace("\n", " "))
    assert opened - {"Overview"} == {"Node a", "Node b", "Node a → leads Node b"}


def test_search_finds_names_and_aliases_in_both_languages(show: Show) -> None:
    page = show(small_graph())
    for asked, found in (
        ("mot", "Ministry of Tides"),
        ("潮汐", "Ministry of Tides"),
        ("ｌａｎｔｅｒｎ", "Lantern Scheme"),
    ):
        page.press("/")
        page.write(asked)
        assert found in page.text("#suggestions")
        page.press("Enter")
        assert page.text("#details h2") == found
        assert page.js("document.getElementById('query').value") == ""


def chinese_graph() -> GraphView:
    """A Chinese document, a rare character before its names, and names of both languages."""
    text = "𠀀国务院会同江东省人民政府启动“揭榜挂帅”攻关机制，支持《工程师培养条例》实施。"
    documents = {"d": DocumentView("d", "通知.txt", "关于攻关机制的通知", "2026-03-05", "zh", None, "国务院")}
    entities = {
        "c": EntityView(
            "c", "Government", "Government", "State Council", {"en": ("State Council",), "zh": ("国务院",)}
        ),
        "m": EntityView("m", "Mechanism", "Mechanism", "“揭榜挂帅”攻关机制", {"zh": ("“揭榜挂帅”攻关机制",)}),
        "x": EntityView("x", "Region", "City", "Xi'an", {"en": ("Xi'an",), "zh": ("西安",)}),
        "h": EntityView("h", "Region", "Region", "臺灣海峽西岸", {"zh": ("臺灣海峽西岸",)}),
    }
    said = statement("c", "leads", "m", evidence=(EvidenceView("d", 0, len(text), text),))
    return GraphView(entities, (said,), documents)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("国务院", "国务院"),
        ("國務院", "国务院"),
        ("state council", "国务院"),
        ("揭榜挂帅攻关", "“揭榜挂帅”攻关机制"),
        ("《揭榜　挂帅", "“揭榜挂帅”攻关机制"),
        ("xian", "西安"),
        ("台湾海峡", "臺灣海峽西岸"),
    ],
)
def test_search_does_not_care_how_chinese_is_written(show: Show, asked: str, found: str) -> None:
    page = show(chinese_graph(), language="zh")
    page.press("/")
    page.write(asked)
    assert found in page.text("#suggestions")


def test_chinese_names_are_marked_in_a_chinese_sentence(show: Show) -> None:
    page = show(chinese_graph(), "#node=c", language="zh")
    page.click("#details .quotes")
    assert (page.text("mark.subject"), page.text("mark.object")) == ("国务院", "“揭榜挂帅”攻关机制")
    assert page.js("document.querySelector('blockquote').lang") == "zh"
    assert page.errors == []


def test_suggestions_are_reached_by_keyboard(show: Show, graph_of: Callable[[int], GraphView]) -> None:
    page = show(graph_of(60))
    page.press("/")
    page.write("ashford")
    first = page.text("#suggestions [aria-selected=true]")
    page.press("ArrowDown")
    assert page.text("#suggestions [aria-selected=true]") != first
    assert page.js("document.getElementById('query').getAttribute('aria-activedescendant')") == "suggestion-1"
    page.press("Escape")
    assert page.js("document.getElementById('suggestions').hidden")
    page.press("/")
    page.write("no such name")
    assert page.text("#suggestions") == "No name matches"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("types", "ResearchOrg", "2 of 4 entities, 2 of 3 relations"),
        ("predicates", "leads", "3 of 4 entities, 2 of 3 relations"),
        ("statuses", "proposed", "3 of 4 entities, 2 of 3 relations"),
        ("statuses", "negated", "2 of 4 entities, 2 of 3 relations"),
    ],
)
def test_the_legend_filters(show: Show, kind: str, value: str, shown: str) -> None:
    page = show(small_graph())
    box = f'[data-kind={kind}] input[value="{value}"]'
    assert page.text("#shown") == "3 of 4 entities, 3 of 3 relations"
    page.click(box)
    assert page.text("#shown") == shown
    page.click(box)
    assert page.text("#shown") == "3 of 4 entities, 3 of 3 relations"
    page.click("[data-kind=loose] input")
    assert page.text("#shown") == "4 of 4 entities, 3 of 3 relations"


def test_only_this_kind(show: Show) -> None:
    page = show(small_graph())
    page.click("[data-kind=predicates] .row .only")
    assert page.text("#shown").endswith("1 of 3 relations")


def test_both_languages_and_both_lights(show: Show) -> None:
    page = show(small_graph(), dark=True)
    assert page.js("document.documentElement.dataset.theme") == "dark"
    page.click("#switch-theme")
    page.click("#switch-language")
    assert page.js("document.documentElement.dataset.theme") == "light"
    assert "概览" in page.text("#details") and "政府机构" in page.text("#filters").replace("\n", "")
    assert page.js("document.documentElement.lang") == "zh-CN"
    assert page.errors == []


def test_neighbours_out_of_view_are_added_on_request(
    show: Show, graph_of: Callable[[int], GraphView]
) -> None:
    view = graph_of(400)
    page = show(view)
    page.click("#details .name")
    before = int(page.text("#shown").split()[0])
    page.js("[...document.querySelectorAll('.actions button')].at(-1).click()")
    assert before < int(page.text("#shown").split()[0]) <= before + 25
    assert page.errors == []


def test_a_phone_needs_no_sideways_scrolling(show: Show, graph_of: Callable[[int], GraphView]) -> None:
    page = show(graph_of(200), width=360, height=740)
    assert page.text("#shown").startswith("40 of 200")
    assert page.js("document.documentElement.scrollWidth") <= 360
    assert page.js("getComputedStyle(document.getElementById('details')).display") == "none"
    page.click("#open-filters")
    assert page.js("document.getElementById('filters').offsetHeight") > 300
    page.click("#open-filters")
    page.press("n")
    assert page.js("document.getElementById('details').offsetHeight") > 100
    assert page.errors == []


def test_keys_step_through_entities_and_tell_it(show: Show) -> None:
    page = show(small_graph())
    page.press("n")
    first = page.text("#announcement")
    page.press("n")
    assert first and page.text("#announcement") not in ("", first)
    page.press("Escape")
    assert page.text("#details h2") == "Overview"


def test_the_sentence_is_shown_as_it_was_written(show: Show) -> None:
    text = "𠀀 The  Ministry of Tides\u00a0“leads” <it> &amp; all;\tso."
    graph = small_graph()
    said = replace(graph.statements[0], evidence=(EvidenceView("d", 0, len(text), text),))
    page = show(GraphView(graph.entities, (said,), graph.documents), "#node=s")
    page.click("#details .quotes")
    assert page.js("document.querySelector('blockquote').textContent") == text
    assert page.text("mark.subject") == "Ministry of Tides"
