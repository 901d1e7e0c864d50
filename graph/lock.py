"""One build at a time in an output folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import GraphError

NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one build; raises `GraphError` at once when another build holds it.

    The lock dies with the process that holds it, so a killed build leaves nothing to clean up.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / NAME, timeout=0):
            yield
    except Timeout:
        raise GraphError(
            f"Another build is writing to {folder}; wait for it or choose another folder."
        ) from None
    except OSError as error:
        raise GraphError(
            f"{folder} cannot be written ({error.strerror}); choose another output folder."
        ) from error
