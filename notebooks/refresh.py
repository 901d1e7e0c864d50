"""Runs every notebook of this folder from a clean kernel and keeps the outputs, nothing that changes by itself.

Run it after a change of the examples or of the extraction: `python notebooks/refresh.py`.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def refresh(path: Path) -> None:
    """Execute one notebook and write it back without times, counts of the machine or its version of Python."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, record_timing=False, resources={"metadata": {"path": HERE}}
    ).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in sorted(HERE.glob("*.ipynb")):
        refresh(path)
