"""What can be said: classes, predicates, mechanism groups, shapes and the authority file."""

from __future__ import annotations
