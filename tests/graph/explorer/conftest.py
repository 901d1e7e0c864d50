"""Invented graphs of any size, and a headless Chromium driven over its debugging pipe.

The browser needs nothing but the program itself: set CHROMIUM to its path where it is not found by name.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from triplehelix.graph.explorer import write_explorer
from triplehelix.graph.views import DocumentView, EntityView, EvidenceView, GraphView, StatementView

BASE = "https://example.org/id/"
PLACES = "Ashford Brindle Corvale Dunmere Eastmoor Fernhill Glenrock Harrow Ivybridge".split()
PLACES_ZH = ["榆湾", "柏岭", "松原", "梅渡", "兰溪口", "竹港", "桂林湾", "枫桥镇", "柳州坪"]
QUALITIES = ["", "Northern ", "Southern ", "New ", "Upper ", "Joint ", "First ", "Open "]
QUALITIES_ZH = ["", "北部", "南部", "新", "上游", "联合", "第一", "开放"]
KINDS = [
    ("Mechanism", "Pilot", "Talent Pilot", "人才试点计划"),
    ("Government", "Ministry", "Bureau of Science and Technology", "科学技术局"),
    ("University", "University", "University", "大学"),
    ("Region", "City", "City", "市"),
    ("ResearchOrg", "KeyLaboratory", "Laboratory of Quantum Materials", "量子材料实验室"),
    ("Mechanism", "Fund", "Innovation Fund", "创新基金"),
    ("PolicyDocument", "Plan", "Five-Year Plan for Education", "教育五年规划"),
    ("ActorGroup", "EnterpriseGroup", "leading enterprises", "龙头企业"),
    ("TalentGroup", "TalentGroup", "young researchers", "青年科研人员"),
    ("Field", "Field", "integrated circuits", "集成电路"),
    ("Enterprise", "Enterprise", "Robotics", "机器人公司"),
    ("Organization", "Association", "Association for Science", "科学技术协会"),
    ("Person", "Person", "Director Lin", "林主任"),
]
SAID = {
    "proposed": "{s} should work with {o} on this, the report suggests.",
    "planned": "{s} will take up {o} next year, together with its partners in the region.",
    "ongoing": "{s} is expanding {o} step by step.",
    "established": "{s} has built up {o}, as the work conference heard.",
}
PREDICATES = {
    ("Government", "Mechanism"): "leads", ("University", "Mechanism"): "participatesIn",
    ("Mechanism", "Region"): "appliesIn", ("Mechanism", "TalentGroup"): "targets",
    ("Mechanism", "Field"): "focusesOn", ("Mechanism", "PolicyDocument"): "setOutIn",
    ("Government", "PolicyDocument"): "issues", ("University", "Region"): "locatedIn",
    ("Mechanism", "Mechanism"): "partOf", ("University", "Enterprise"): "cooperatesWith",
}  # fmt: skip


def make_graph(size: int, seed: int = 0) -> GraphView:
    """A graph of `size` entities with about 1.6 statements each, some of them hubs as in real texts."""
    chance = random.Random(seed)
    entities = dict(islice(_entities(), size))
    documents = {d.iri: d for d in _documents(max(2, size // 20))}
    iris, statements = list(entities), []
    for number in range(int(size * 1.6) if size > 1 else 0):
        subject = entities[iris[int(size * chance.random() ** 2.4)]]
        obj = entities[iris[int(size * chance.random())]]
        status = chance.choices(list(SAID), [3, 2, 2, 4])[0]
        kinds = [(subject.type, obj.type), (obj.type, subject.type)]
        predicate = next((PREDICATES[k] for k in kinds if k in PREDICATES), "supports")
        if kinds[0] not in PREDICATES and kinds[1] in PREDICATES:
            subject, obj = obj, subject
        if subject.iri != obj.iri:
            statements.append(_statement(number, subject, predicate, obj, status, list(documents), chance))
    return GraphView(entities=entities, statements=tuple(statements), documents=documents)


def _entities() -> Iterator[tuple[str, EntityView]]:
    for number, ((quality, quality_zh), (place, place_zh), (core, cls, name, name_zh)) in enumerate(
        (q, p, k)
        for q in zip(QUALITIES, QUALITIES_ZH, strict=True)
        for p, k in product(zip(PLACES, PLACES_ZH, strict=True), KINDS)
    ):
        iri = f"{BASE}entity-{number}"
        label, zh = f"{quality}{place} {name}", f"{quality_zh}{place_zh}{name_zh}"
        labels = {"en": (label, f"{place} {number}"), "zh": (zh,)} if number % 3 else {"en": (label,)}
        same_as = (f"https://ror.org/{number:09}",) if core == "University" else ()
        yield iri, EntityView(iri, core, cls, label, labels, None, same_as, mentions=2, documents=1)
    described = len(QUALITIES) * len(PLACES) * len(KINDS)
    for number in range(described, 100_000):
        iri, core = f"{BASE}entity-{number}", KINDS[number % len(KINDS)]
        label = f"{PLACES[number % 9]} {core[2]} No. {number}"
        yield iri, EntityView(iri, core[0], core[1], label, {"en": (label,)}, mentions=1, documents=1)


def _documents(count: int) -> Iterator[DocumentView]:
    for number in range(count):
        title = f"Report on the Work of the {PLACES[number % 9]} Council ({2020 + number % 7})"
        url = f"https://example.org/reports/{number}" if number % 2 else None
        iri = f"{BASE}document/{number}"
        date = f"{2020 + number % 7}-03-05"
        yield DocumentView(iri, f"reports/{number}.txt", title, date, "en", url, "Council Gazette")


def _statement(
    number: int,
    subject: EntityView,
    predicate: str,
    obj: EntityView,
    status: str,
    documents: list[str],
    chance: random.Random,
) -> StatementView:
    text = SAID[status].format(s=subject.label, o=obj.label)
    evidence = tuple(
        EvidenceView(chance.choice(documents), 100 * number, 100 * number + len(text), text)
        for _ in range(chance.choice([1, 1, 1, 2, 4]))
    )
    return StatementView(
        f"{BASE}statement/{number}", subject.iri, predicate, obj.iri, status, number % 17 == 5,
        round(0.5 + chance.random() / 2, 2), "frame-" + predicate.lower(), evidence,
    )  # fmt: skip


class Browser:
    """One headless Chromium; `open` shows a page in a fresh tab."""

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--remote-debugging-pipe", "--disable-background-networking", "--no-first-run", "--lang=en",
            f"--user-data-dir={profile}",
        ]  # fmt: skip
        # Chromium reads commands from file 3 and answers on file 4; copies above 9 keep them from clashing.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
        quiet = os.open(os.devnull, os.O_WRONLY)
        files = [
            (os.POSIX_SPAWN_DUP2, *pair) for pair in zip((quiet, quiet, *ends), range(1, 5), strict=True)
        ]
        self._process = os.posix_spawn(program, command, os.environ, file_actions=files)
        for end in (to_browser, from_browser, quiet, *ends):
            os.close(end)
        self._buffer, self._number = b"", 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """What a command of the DevTools protocol answers; events that come in between are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive(30)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self.events.append(answer)

    def _receive(self, patience: float) -> dict[str, Any]:
        end = time.monotonic() + patience
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"Chromium said nothing for {patience} seconds.")
            read = os.read(self._in, 1 << 20)
            if not read:
                raise ConnectionError("Chromium has ended.")
            self._buffer += read
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def open(
        self, path: Path, fragment: str = "", *, width: int = 1280, height: int = 800, dark: bool = False
    ) -> Page:
        """The page at `path` once it is drawn."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Network", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        page.call("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        page.call("Page.navigate", url=path.resolve().as_uri() + fragment)
        page.wait("document.documentElement?.dataset.ready === 'true'")
        return page

    def close(self) -> None:
        """End the browser."""
        try:
            self.call("Browser.close")
        except OSError:
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


class Page:
    """A page in a tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a command of the DevTools protocol answers in this tab."""
        return self._browser.call(method, self._session, **parameters)

    def js(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str, patience: float = 20) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + patience
        while not self.js(condition):
            assert time.monotonic() < end, f"{condition} did not come true; {self.errors}"
            time.sleep(0.03)

    def text(self, selector: str) -> str:
        """The text of the first element that a selector finds."""
        return self.js(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def box(self, selector: str) -> list[float]:
        """Left, top, width and height of the first element that a selector finds."""
        found = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        return self.js(f"(({{left, top, width, height}}) => [left, top, width, height])({found})")

    def click(self, selector: str) -> None:
        """Click an element."""
        self.js(f"document.querySelector({json.dumps(selector)}).click()")

    def press(self, key: str) -> None:
        """Press a key."""
        printable = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **printable)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def write(self, text: str) -> None:
        """Write a text where the focus is."""
        self.call("Input.insertText", text=text)

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Move ("mouseMoved"), press or release the mouse at a point of the window."""
        pressed = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **pressed)

    def tap(self, x: float, y: float) -> None:
        """Click at a point of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.mouse(kind, x, y)

    def picture(self, path: Path) -> None:
        """Save a screenshot."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def _said(self, method: str) -> list[dict[str, Any]]:
        self.js("0")
        events = self._browser.events
        return [e["params"] for e in events if e.get("sessionId") == self._session and e["method"] == method]

    @property
    def requests(self) -> list[str]:
        """The addresses asked for, other than the page's own file."""
        asked = [e["request"]["url"] for e in self._said("Network.requestWillBeSent")]
        return [url for url in asked[1:] if not url.startswith("data:")]

    @property
    def errors(self) -> list[str]:
        """Exceptions, and what the browser complains of."""
        thrown = [e["exceptionDetails"]["text"] + str(e["exceptionDetails"].get("exception", {}).get("description"))
                  for e in self._said("Runtime.exceptionThrown")]  # fmt: skip
        logged = [e["entry"]["text"] for e in self._said("Log.entryAdded") if e["entry"]["level"] == "error"]
        return thrown + logged


@pytest.fixture(scope="session")
def graph_of() -> Callable[..., GraphView]:
    """Makes an invented graph of a given size."""
    return make_graph


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Headless Chromium."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
    program = next((found for name in names if name and (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium found: install one or set CHROMIUM to its path to run the browser tests")
    started = Browser(program, tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Callable[..., Page]:
    """Writes the page of a graph and opens it; `fragment` and the size of the window as `Browser.open`."""

    def show(
        graph: GraphView, fragment: str = "", *, title: str = "A graph", language: str = "en", **window: Any
    ) -> Page:
        path = tmp_path / "explore.html"
        write_explorer(graph, path, title=title, language=language)
        return browser.open(path, fragment, **window)

    return show
