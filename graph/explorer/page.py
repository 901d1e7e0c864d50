"""The page itself: template, styles, scripts and data in one file that asks nothing of the network.

All that comes from texts passes through an autoescaping template or as JSON in a block that is no script; the
Content-Security-Policy allows this page's own scripts and style sheet, by digest, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from ...ontology import Schema, load_schema
from ...ontology.folding import simplified
from ..views import STATUSES, GraphView
from .appearance import APPEARANCES, OTHER
from .network import Drawing, draw

if TYPE_CHECKING:
    from importlib.abc import Traversable

LIMIT = 5000
"""How many entities one page holds; a browser becomes slow beyond it."""

SCRIPTS = (
    "data.js",
    "elements.js",
    "selection.js",
    "places.js",
    "canvas.js",
    "names.js",
    "details.js",
    "filters.js",
    "search.js",
    "start.js",
)
"""The parts of the page's script, each building on those before it."""

STYLES = ("frame.css", "filters.css", "map.css", "details.css", "window.css")
"""The parts of the style sheet; the last adapts the others to small windows."""

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
"""Where the pinned pyvis keeps vis-network."""

FALLBACK_ROWS = 100
"""How many statements a reader without scripts gets."""


def write_explorer(
    view: GraphView,
    path: Path,
    *,
    title: str,
    language: str = "en",
    schema: Schema | None = None,
    limit: int = LIMIT,
) -> None:
    """Write the page of a graph to `path`: one file that opens offline in a browser.

    `language` ("en" or "zh") is what it opens in; `schema` names classes and predicates (the shipped one by
    default). Of a larger graph it holds the `limit` most connected entities and says so. The same graph gives the
    same bytes.
    """
    text = render(view, title=title, language=language, schema=schema or load_schema(), limit=limit)
    unfinished = path.with_name(f".{path.name}.part")
    # A name given on the command line may hold what was never text.
    unfinished.write_bytes(text.encode("utf-8", "replace"))
    unfinished.replace(path)


def render(view: GraphView, *, title: str, language: str, schema: Schema, limit: int = LIMIT) -> str:
    """The HTML of the page."""
    drawing = draw(view, title=title, limit=limit)
    scripts = [_vis_network(), _own_script()]
    style = "\n".join(_asset(name) for name in STYLES)
    environment = Environment(
        loader=DictLoader({"explorer.html": _asset("explorer.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["parsed"] = json.loads
    # pyvis renders with names of its own choice; what is ours goes in as globals.
    environment.globals["page"] = {
        "language": language,
        "policy": _policy(scripts, style),
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
        "words": json.loads(_asset("words.json")),
        "context": _context(view, drawing, schema, language),
        "fallback": _fallback(view),
    }
    network = drawing.network
    network.templateEnv, network.path = environment, "explorer.html"
    return str(network.generate_html()) + "\n"


def _context(view: GraphView, drawing: Drawing, schema: Schema, language: str) -> dict[str, Any]:
    """What the page knows beside nodes and edges: names, looks, documents, sentences."""
    looks = {**APPEARANCES, "Other": OTHER}
    return {
        "language": language,
        "stages": drawing.stages,
        "leftOut": drawing.left_out,
        "statuses": STATUSES,
        "types": {
            name: {"colour": look.colour, "dark": look.dark_colour, "path": look.path}
            for name, look in looks.items()
        },
        "classes": {c.name: {"en": c.label_en, "zh": c.label_zh} for c in schema.classes.values()},
        "predicates": {
            p.name: {"en": p.label_en, "zh": p.label_zh, "symmetric": p.symmetric}
            for p in schema.predicates.values()
        },
        "mechanisms": {g.key: {"en": g.label_en, "zh": g.label_zh} for g in schema.mechanism_groups.values()},
        "documents": drawing.citations.documents,
        "sentences": drawing.citations.sentences,
        "documentCount": len(view.documents),
        "simplified": _simplified(view),
    }


def _simplified(view: GraphView) -> dict[str, str]:
    """Traditional characters with the simplified ones for them, as far as the names in a graph need them."""
    names = (name for entity in view.entities.values() for names in entity.labels.values() for name in names)
    used = set("".join(names))
    pairs = {chr(old): chr(new) for old, new in simplified().items()}
    return {old: new for old, new in sorted(pairs.items()) if old in used or new in used}


def _fallback(view: GraphView) -> list[tuple[str, str, str, str, str]]:
    """The first statements in words, for a mail preview or a browser without scripts."""
    return [
        (
            view.label(s.subject),
            f"not {s.predicate}" if s.negated else s.predicate,
            view.label(s.object),
            s.status,
            s.evidence[0].text if s.evidence else "",
        )
        for s in view.statements[:FALLBACK_ROWS]
    ]


def _own_script() -> str:
    """The parts of the page's script in one function of its own, so that no name is global."""
    parts = "\n".join(_asset(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def _vis_network() -> str:
    text = (files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8").strip()
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError("vis-network holds markup that would end its script element; install pyvis 0.3.2.")
    return text


def _asset(name: str) -> str:
    asset: Traversable = files(__package__) / "assets" / name
    return asset.read_text(encoding="utf-8").strip()


def _policy(scripts: list[str], style: str) -> str:
    """The Content-Security-Policy: nothing but these scripts and this style sheet."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "img-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
