"""The file that is written: whole, closed to the network, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from triplehelix.graph.explorer import write_explorer
from triplehelix.graph.views import EntityView, GraphView, StatementView

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def page(graph: GraphView, folder: Path, **options: Any) -> str:
    path = folder / "explore.html"
    write_explorer(graph, path, **{"title": "A graph", **options})
    return path.read_text(encoding="utf-8")


def data(html: str, name: str) -> Any:
    match = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', html, re.DOTALL)
    assert match
    return json.loads(match[1])


def test_nothing_is_asked_of_the_network(graph_of: Callable[[int], GraphView], tmp_path: Path) -> None:
    html = page(graph_of(60), tmp_path)
    without_scripts = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"(src|href|action|data)\s*=|url\(|@import|https?://", without_scripts)
    assert "default-src 'none'" in unescape(html)


def test_only_this_pages_scripts_and_style_may_run(
    graph_of: Callable[[int], GraphView], tmp_path: Path
) -> None:
    html = page(graph_of(10), tmp_path)
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert policy and style
    parts = [*SCRIPT.findall(html), style[1]]
    digests = {base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts}
    assert digests == set(re.findall(r"sha256-([\w+/=]+)", policy[1]))
    assert not re.search(r"<[^>]+\son\w+=", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL))


def test_own_scripts_never_parse_markup_or_text_as_code() -> None:
    for asset in (files("triplehelix.graph.explorer") / "assets").iterdir():
        if asset.name.endswith(".js"):
            text = asset.read_text(encoding="utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(", text
            )


def test_the_same_graph_gives_the_same_bytes(graph_of: Callable[[int], GraphView], tmp_path: Path) -> None:
    view = graph_of(150)
    turned = GraphView(
        dict(reversed(view.entities.items())), view.statements, dict(reversed(view.documents.items()))
    )
    assert page(view, tmp_path) == page(turned, tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_every_entity_and_statement_is_in_the_page(
    graph_of: Callable[[int], GraphView], tmp_path: Path
) -> None:
    view = graph_of(90)
    html = page(view, tmp_path)
    assert {node["iri"] for node in data(html, "nodes")} == set(view.entities)
    told = [statement for edge in data(html, "edges") for statement in edge["statements"]]
    assert len(told) == len(view.statements)
    sentences = data(html, "context")["sentences"]
    assert {text for *_, text in sentences} == {e.text for s in view.statements for e in s.evidence}


def test_a_large_graph_is_cut_and_says_so(graph_of: Callable[[int], GraphView], tmp_path: Path) -> None:
    html = page(graph_of(90), tmp_path, limit=50)
    assert len(data(html, "nodes")) == 50
    assert data(html, "context")["leftOut"] == 40


def test_text_beyond_ascii_stays_text(tmp_path: Path) -> None:
    html = page(GraphView({"e": EntityView("e", "Field", "Field", "量子𠀀", {"zh": ("量子𠀀",)})}), tmp_path)
    assert '"量子𠀀"' in html


def test_parallel_edges_bend_apart_and_loops_are_counted(tmp_path: Path) -> None:
    entities = {n: EntityView(n, "Mechanism", "", n, {}) for n in "ab"}
    ends = [
        ("a", "leads", "b"),
        ("a", "supports", "b"),
        ("b", "leads", "a"),
        ("a", "leads", "a"),
        ("a", "targets", "a"),
    ]
    statements = [StatementView(str(i), *e, "ongoing", False, 1.0, "", ()) for i, e in enumerate(ends)]
    edges = data(page(GraphView(entities, tuple(statements)), tmp_path), "edges")
    ids = {
        node["id"]: node["iri"]
        for node in data(page(GraphView(entities, tuple(statements)), tmp_path), "nodes")
    }
    bends = [(e["bend"] if ids[e["from"]] == "a" else -e["bend"]) for e in edges if e["from"] != e["to"]]
    assert len(set(bends)) == 3
    assert sorted(e["bend"] for e in edges if e["from"] == e["to"]) == [0, 1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reader_without_scripts_gets_statements_in_words(
    graph_of: Callable[[int], GraphView], tmp_path: Path, language: str
) -> None:
    view = graph_of(10)
    html = page(view, tmp_path, language=language)
    assert view.label(view.statements[0].subject) in html.split("<noscript>")[1].split("</noscript>")[0]
    assert f'<html lang="{language}">' in html


def test_the_words_of_both_languages_are_complete() -> None:
    words = json.loads((files("triplehelix.graph.explorer") / "assets" / "words.json").read_text("utf-8"))
    assert words["en"].keys() == words["zh"].keys()
    for key, phrase in words["en"].items():
        holes = [re.findall(r"\{\d\}", str(text)) for text in (phrase, words["zh"][key])]
        assert sorted(holes[0]) == sorted(holes[1]), key
