"""The exploration page: a graph as one HTML file that opens offline and cites every line."""

from __future__ import annotations

from .page import write_explorer

__all__ = ["write_explorer"]
