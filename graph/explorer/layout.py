"""Where the nodes stand: positions computed once, so that the page opens still and at once.

A force layout in numpy: repulsion from the means of a coarse grid's cells (far) and from each near node, springs
along edges, each connected part by itself, the parts packed in rows. No draw from a random generator; whole
numbers come out, so that two builds agree to the byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]
"""Shape (nodes, 2)."""

Pairs: TypeAlias = npt.NDArray[np.int64]
"""Shape (pairs, 2): indices of nodes."""

GAP = 64.0
"""The least distance between two nodes, in the canvas's units."""

WEIGHTY, WEIGHTY_GAP = 24, 1.5 * GAP
"""How many nodes get more room than the others, and how much."""

RATIO = 1.1
"""How much wider than high several parts are packed."""

EVENNESS, SQUAREST = 0.6, 1.25
"""How far positions are evened out, and the longest shape a part is evened towards."""

FIRST_ROUNDS, LATER_ROUNDS = 220, 70


def staged_layout(count: int, edges: Sequence[tuple[int, int]], stages: Sequence[int]) -> list[Points]:
    """Positions of the first `n` nodes for each `n` of the rising `stages`, in whole units around the origin.

    Each stage starts from the one before, so that what a reader knows stays about where it was. Nodes are in
    order of weight: the first get more room. `edges` are pairs of node indices below `count`; loops and doubles
    are harmless.
    """
    joined = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=np.int64)
    joined = joined.reshape(-1, 2)
    found: list[Points] = []
    for stage in stages:
        size = min(stage, count)
        inside = joined[(joined < size).all(axis=1)]
        parts, blocks = _blocks(size, inside, found[-1] if found else np.zeros((0, 2)))
        found.append(_packed(size, parts, blocks))
    return found


def _blocks(count: int, edges: Pairs, known: Points) -> tuple[list[list[int]], list[Points]]:
    """The connected parts, largest first, each arranged by itself; nodes without an edge are one part."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(edges.tolist())
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p[0]))
    joined = [part for part in parts if len(part) > 1]
    blocks = []
    for part in joined:
        index = np.full(count, -1)
        index[part] = np.arange(len(part))
        within = index[edges[(index[edges] >= 0).all(axis=1)]]
        blocks.append(_arrange(np.array(part), within, _start(part, known)))
    loose = [part[0] for part in parts if len(part) == 1]
    if loose:
        joined.append(loose)
        blocks.append(_rows(len(loose)))
    return joined, blocks


def _start(part: list[int], known: Points) -> Points | None:
    """Positions of the earlier stage for the nodes of a part that had one, NaN for the others."""
    if part[0] >= len(known):
        return None
    start = np.full((len(part), 2), np.nan)
    old = [node for node in part if node < len(known)]
    start[: len(old)] = known[old]
    return start


def _arrange(part: npt.NDArray[np.int64], edges: Pairs, start: Points | None) -> Points:
    """One connected part, lying along its longer axis, no two nodes too near each other."""
    count = len(part)
    if count == 2:
        return np.array([[0.0, 0.0], [2.2 * GAP, 0.0]])
    if start is None:
        points = _relax(_spread(count, edges), edges, FIRST_ROUNDS, heat=0.1)
        points = _turned(points)
    else:
        points = _relax(_grown(start, edges), edges, LATER_ROUNDS, heat=0.04)
    points = _evened(points)
    room = np.where(part < WEIGHTY, WEIGHTY_GAP, GAP)
    return _parted(points * _scale(points, edges), room)


def _spread(count: int, edges: Pairs) -> Points:
    """A start that has neighbours near each other: averaging over neighbours, then ranks as positions."""
    points = _around(count) * np.sqrt(np.arange(count) + 1.0)[:, None]
    degree = np.bincount(edges.ravel(), minlength=count).astype(float)
    weights = degree / degree.sum()
    for _ in range(30):
        points = 0.5 * points + 0.5 * _neighbour_mean(points, edges, degree)
        points -= weights @ points
        points[:, 1] -= points[:, 0] * (points[:, 0] @ points[:, 1]) / max(points[:, 0] @ points[:, 0], 1e-12)
        points /= np.maximum(np.linalg.norm(points, axis=0), 1e-12)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / count - 0.5
    spread: Points = (ranks + 0.02 * _around(count)) * np.sqrt(count)
    return spread


def _around(count: int) -> Points:
    """Directions that never repeat: each turns by the golden angle. They stand in for chance."""
    angle = np.arange(count) * 2.399963
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _grown(start: Points, edges: Pairs) -> Points:
    """Earlier positions, in the units of the relaxation, with each new node near its placed neighbours."""
    old = ~np.isnan(start[:, 0])
    points: Points = (start - start[old].mean(axis=0)) / GAP * np.sqrt(len(start) / old.sum()) / 1.9
    around = _around(len(start))
    while np.isnan(points).any():
        placed = ~np.isnan(points[:, 0])
        ends = np.concatenate([edges, edges[:, ::-1]])
        ends = ends[~placed[ends[:, 0]] & placed[ends[:, 1]]]
        reached = np.unique(ends[:, 0])
        share = np.maximum(np.bincount(ends[:, 0], minlength=len(start)), 1)
        for axis in (0, 1):
            total = np.bincount(ends[:, 0], points[ends[:, 1], axis], len(start))
            points[reached, axis] = (total / share)[reached] + around[reached, axis]
    return points


def _relax(points: Points, edges: Pairs, rounds: int, heat: float) -> Points:
    """The force layout proper: steps along the forces, shorter from round to round."""
    count = len(points)
    degree = np.bincount(edges.ravel(), minlength=count)
    ease = np.sqrt(np.minimum(degree[edges[:, 0]], degree[edges[:, 1]]))
    near = _near_pairs(points, 1.6)
    for turn in range(rounds):
        if turn % 2:
            near = _near_pairs(points, 1.6)
        force = _far_repulsion(points) - 0.05 * points
        away = points[near[:, 0]] - points[near[:, 1]]
        _push(force, near, away * (1.2 / ((away**2).sum(axis=1) + 0.01))[:, None])
        apart = points[edges[:, 0]] - points[edges[:, 1]]
        length = np.linalg.norm(apart, axis=1)
        _push(force, edges, -apart * (length / ease)[:, None])
        step = heat * np.sqrt(count) * (1 - turn / rounds) + 0.02
        strength = np.linalg.norm(force, axis=1) + 1e-9
        points = points + force * (np.minimum(strength, step) / strength)[:, None]
    return points


def _far_repulsion(points: Points) -> Points:
    """Repulsion from the mean of each occupied cell of a grid, weighted by how many nodes are in it."""
    side = max(4, int(np.sqrt(len(points)) / 4))
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-9) * 1.0001
    cell = ((points - low) / extent * side).astype(np.int64)
    number = cell[:, 0] * side + cell[:, 1]
    amount = np.bincount(number, minlength=side * side)
    used = amount > 0
    x, y = (np.bincount(number, points[:, axis], side * side)[used] / amount[used] for axis in (0, 1))
    dx, dy = points[:, :1] - x, points[:, 1:] - y
    weight = amount[used] / (dx**2 + dy**2 + 0.25)
    return np.column_stack([(dx * weight).sum(axis=1), (dy * weight).sum(axis=1)])


def _near_pairs(points: Points, reach: float) -> Pairs:
    """Each pair of points no farther apart than `reach`, once: points are sorted into cells of that size."""
    cell = np.floor((points - points.min(axis=0)) / reach).astype(np.int64) + 1
    width = int(cell[:, 0].max()) + 2
    number = cell[:, 1] * width + cell[:, 0]
    order = np.argsort(number, kind="stable")
    number = number[order]
    later = np.arange(1, len(points) + 1)
    lefts, rights = [], []
    for shift in (0, 1, width - 1, width, width + 1):
        first = later if shift == 0 else np.searchsorted(number, number + shift, "left")
        amount = np.searchsorted(number, number + shift, "right") - first
        lefts.append(np.repeat(np.arange(len(points)), amount))
        rights.append(np.arange(amount.sum()) + np.repeat(first - (np.cumsum(amount) - amount), amount))
    pairs = np.column_stack([order[np.concatenate(lefts)], order[np.concatenate(rights)]])
    away = points[pairs[:, 0]] - points[pairs[:, 1]]
    near: Pairs = pairs[(away**2).sum(axis=1) <= reach * reach]
    return near


def _parted(points: Points, room: npt.NDArray[np.float64]) -> Points:
    """The points with any two pushed apart that are nearer than the mean of their rooms."""
    for _ in range(80):
        pairs = _near_pairs(points, float(room.max()))
        away = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.linalg.norm(away, axis=1)
        lacking = room[pairs].mean(axis=1) - length
        close = lacking > 0.01 * GAP
        if not close.any():
            break
        pairs, away, length, lacking = pairs[close], away[close], length[close], lacking[close]
        same = length < 1e-6
        away[same], length[same] = [1e-3, 0.0], 1e-3
        points = points.copy()
        _push(points, pairs, away / length[:, None] * (lacking * 0.32)[:, None])
    return points


def _push(target: Points, pairs: Pairs, amount: Points) -> None:
    """Add `amount` to the first of each pair in `target` and take it from the second."""
    for axis in (0, 1):
        target[:, axis] += np.bincount(pairs[:, 0], amount[:, axis], len(target))
        target[:, axis] -= np.bincount(pairs[:, 1], amount[:, axis], len(target))


def _neighbour_mean(points: Points, edges: Pairs, degree: npt.NDArray[np.float64]) -> Points:
    total = np.zeros_like(points)
    for axis in (0, 1):
        total[:, axis] += np.bincount(edges[:, 0], points[edges[:, 1], axis], len(points))
        total[:, axis] += np.bincount(edges[:, 1], points[edges[:, 0], axis], len(points))
    mean: Points = total / np.maximum(degree, 1)[:, None]
    return mean


def _turned(points: Points) -> Points:
    """The points turned so that their longer axis lies flat."""
    centred = points - points.mean(axis=0)
    (a, b), (_, d) = centred.T @ centred
    angle = 0.5 * np.arctan2(2 * b, a - d)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: Points = centred @ turn
    return turned


def _evened(points: Points) -> Points:
    """The points spread more evenly: each coordinate goes part of the way to its rank, so that few lie far out."""
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / (len(points) - 1)
    extent = 3.4 * np.maximum(points.std(axis=0), points.std(axis=0).max() / SQUAREST)
    evened: Points = points.mean(axis=0) + (ranks - 0.5) * extent
    return (1 - EVENNESS) * points + EVENNESS * evened


def _scale(points: Points, edges: Pairs) -> float:
    """The factor that gives edges a readable length and each node room enough."""
    length = np.median(np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1))
    room = np.maximum(np.ptp(points, axis=0), length).prod() / len(points)
    return float(max(1.9 * GAP / max(length, 1e-6), GAP * np.sqrt(2.2 / max(room, 1e-12))))


def _rows(count: int) -> Points:
    index = np.arange(count)
    columns = int(np.ceil(np.sqrt(count)))
    return np.column_stack([index % columns * 1.5 * GAP, index // columns * 1.5 * GAP])


def _packed(count: int, parts: list[list[int]], blocks: list[Points]) -> Points:
    """All blocks in rows, so that the whole is a little wider than high and centred on the origin."""
    whole = np.zeros((count, 2))
    spaces = [np.ptp(block, axis=0) + 1.6 * GAP for block in blocks]
    area = sum(float(space.prod()) for space in spaces)
    row_width = max([np.sqrt(area * RATIO), *(space[0] for space in spaces[:1])])
    x, y, height = 0.0, 0.0, 0.0
    for part, block, (w, h) in zip(parts, blocks, spaces, strict=True):
        if x > 0 and x + w > row_width:
            x, y, height = 0.0, y + height, 0.0
        whole[part] = block - block.min(axis=0) + [x, y]
        x, height = x + w, max(height, h)
    if count:
        whole -= (whole.min(axis=0) + whole.max(axis=0)) / 2
    return np.round(whole)
