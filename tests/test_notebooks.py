"""The notebooks run from a clean kernel, and what is kept in them is fit to be read as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 60_000
EXPECTED = {
    "01_first_graph": (
        "national equipment sharing platform",
        "(invented example)",
        "Use first, pay later",
        "<svg",
        "explore.html",
    ),
    "02_two_languages": (
        "（虚构示例）",
        "zh en zh en",
        "<td>Ministry of Education</td><td>教育部</td>",
        "卓越工程师联合培养试点@zh",
        "<td>both</td>",
        "ministry_notice.txt",
        "engineer_pilot_notice.txt",
    ),
}
"""What a reader must find in the outputs of each notebook."""


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_outputs_are_kept_small_and_name_no_folder_of_the_machine(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    for place in ("/home/", "/root/", "/tmp/", "/usr/", "/Users/", "site-packages", str(ROOT)):
        assert place not in text


def test_every_code_cell_was_run_in_order_without_an_error(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert not [o for cell in code for o in cell["outputs"] if o["output_type"] in ("error", "stream")]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_it_runs_from_a_clean_kernel_and_shows_what_it_promises(notebook: Path, tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    content = nbformat.read(notebook, as_version=4)
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = nbclient.NotebookClient(content, timeout=300, resources={"metadata": {"path": folder}})
    client.execute()
    shown = outputs(content.cells)
    for text in EXPECTED[notebook.stem]:
        assert text in shown
    assert str(tmp_path) not in shown
    assert not list(folder.iterdir())


def outputs(cells: list[Any]) -> str:
    """All that the cells show, as one text."""
    shown = (output.get("data", {}) for cell in cells for output in cell.get("outputs", ()))
    return "\n".join(
        "".join(value) for data in shown for value in data.values() if isinstance(value, (str, list))
    )
