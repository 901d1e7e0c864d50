"""The page that shows what is annotated against what was found, in the text; one file without scripts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..errors import GraphError
from ..extract.evaluation_summary import mistakes_by_kind
from ..extract.excerpts import Excerpts
from ..extract.mistake_examples import entity_name
from ..extract.mistakes import (
    MentionKind,
    MentionMistake,
    RelationMistake,
    frequent_words,
    invented_by_predicate,
    invented_relations,
    mention_mistakes,
    mention_reliability,
    missed_by_predicate,
    missed_relations,
    predicate_confusions,
    relation_reliability,
    type_confusions,
)
from ..extract.scoring import Evaluation, Figure, FoundRelation, Judged, Place
from .views import STATUSES

MARKS = ("right", "inexact", "missed", "invented", "type", "boundary")
"""The kinds of marks in a text, as the style sheet calls them."""

MARK_OF = {
    "missed": "missed",
    "invented": "invented",
    "wrong type": "type",
    "wrong boundary": "boundary",
    "inexact": "inexact",
}
FREQUENT = 12
"""How many of the words that were mistaken most often are listed."""

FOUND = "found"
"""The mark around what was found, where it ends elsewhere than what is annotated."""


class Mark(NamedTuple):
    """A stretch of a text to mark; `label` is set behind its end, `title` shown on pointing at it."""

    begin: int
    end: int
    kind: str
    label: str
    title: str


class Token(NamedTuple):
    """A piece of a sentence to write: `text`, after opening `opened` and before closing `closed` marks.

    `labels` are those of the marks that end here for good.
    """

    opened: tuple[Mark, ...]
    text: str
    closed: int
    labels: tuple[Mark, ...]


class RelationLine(NamedTuple):
    """A relation beside its sentence: `kind` is right, missed or invented."""

    kind: str
    subject: str
    predicate: str
    object: str
    status: str
    wrong_status: str
    why: str
    detail: str


class Sentence(NamedTuple):
    """A sentence with its marks and relations; `clean` where nothing is wrong in it."""

    tokens: tuple[Token, ...]
    relations: tuple[RelationLine, ...]
    clean: bool


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """What the page says of one document."""

    name: str
    mentions: Figure
    exact: Figure
    relations: Figure
    marks: Counter[str]
    missed: int
    invented: int
    wrong_statuses: int
    sentences: tuple[Sentence, ...]


def write_evaluation(evaluation: Evaluation, path: Path, *, title: str = "Mistakes") -> None:
    """Write the page to `path`; the file is replaced only when the new one is complete.

    Raises `GraphError` where it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(evaluation_html(evaluation, title=title).encode("utf-8", "replace"))
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GraphError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def evaluation_html(evaluation: Evaluation, *, title: str = "Mistakes") -> str:
    """The page as HTML."""
    return (
        _environment()
        .get_template("evaluation.html")
        .render(
            title=title,
            evaluation=evaluation,
            documents=[_part(judged) for judged in evaluation.documents],
            mistakes=mistakes_by_kind(evaluation),
            types=_ranked(type_confusions(evaluation)),
            predicates=_ranked(predicate_confusions(evaluation)),
            missed_by=missed_by_predicate(evaluation),
            invented_by=invented_by_predicate(evaluation),
            missed_words=_frequent(evaluation, "missed"),
            invented_words=_frequent(evaluation, "invented"),
            mention_bins=mention_reliability(evaluation),
            relation_bins=relation_reliability(evaluation),
        )
    )


def _part(judged: Judged) -> DocumentPart:
    marks = list(_marks(judged))
    lines = list(_relation_lines(judged))
    kinds = Counter(mark.kind for mark in marks)
    return DocumentPart(
        name=judged.gold.name,
        mentions=judged.relaxed(),
        exact=judged.exact(),
        relations=judged.related(),
        marks=kinds,
        missed=sum(line.kind == "missed" for _, line in lines),
        invented=sum(line.kind == "invented" for _, line in lines),
        wrong_statuses=sum(bool(line.wrong_status) for _, line in lines),
        sentences=tuple(_sentences(judged.gold.text, marks, lines)),
    )


def _sentences(
    text: str, marks: Sequence[Mark], lines: Sequence[tuple[int, RelationLine]]
) -> Iterator[Sentence]:
    excerpts = Excerpts(text, ((mark.begin, mark.end) for mark in marks))
    beside: dict[int, list[RelationLine]] = defaultdict(list)
    for offset, line in lines:
        beside[excerpts.at(offset).begin].append(line)
    inside: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        inside[excerpts.at(mark.begin).begin].append(mark)
    for span in excerpts:
        here, relations = inside[span.begin], beside[span.begin]
        if not text[span.begin : span.end].strip():
            continue
        clean = all(mark.kind == "right" for mark in here) and all(
            line.kind == "right" and not line.wrong_status for line in relations
        )
        yield Sentence(tuple(tokens(text, span.begin, span.end, here)), tuple(relations), clean)


def tokens(text: str, begin: int, end: int, marks: Iterable[Mark]) -> Iterator[Token]:
    """The stretch from `begin` to `end` with marks as nested elements; one that crosses another is parted.

    >>> [t.text for t in tokens("abcd", 0, 4, [Mark(0, 2, "", "", ""), Mark(1, 3, "", "", "")])]
    ['a', 'b', 'c', 'd']
    """
    ordered = sorted(marks, key=lambda m: (m.begin, -m.end, m.kind))
    edges = sorted({begin, end, *(m.begin for m in ordered), *(m.end for m in ordered)})
    active: list[Mark] = []
    for here, there in pairwise(edges):
        wanted = [mark for mark in ordered if mark.begin <= here and there <= mark.end]
        following = [mark for mark in ordered if mark.begin <= there < mark.end]
        opened = wanted[len(active) :]
        kept = 0
        while kept < min(len(wanted), len(following)) and wanted[kept] == following[kept]:
            kept += 1
        ended = tuple(mark for mark in reversed(wanted) if mark.end == there and mark.label)
        yield Token(tuple(opened), text[here:there], len(wanted) - kept, ended)
        active = wanted[:kept]


def _marks(judged: Judged) -> Iterator[Mark]:
    """All marks of a document; what was found is marked beside what is annotated where it ends elsewhere."""
    text = judged.gold.text
    confidence = {mention.place: mention.confidence for mention in judged.found.mentions}
    for annotated, found in judged.pairs.items():
        if annotated == found:
            yield Mark(*annotated[:2], "right", annotated[2], f"{annotated[2]}, right")
    for mistake in mention_mistakes(judged):
        kind = MARK_OF[mistake.kind]
        yield Mark(*mistake.place[:2], kind, _label(mistake), _title(text, mistake, confidence))
        if mistake.annotated and mistake.found and mistake.annotated[:2] != mistake.found[:2]:
            yield Mark(*mistake.found[:2], FOUND, "", f"found as {mistake.found[2]}")


def _label(mistake: MentionMistake) -> str:
    if mistake.annotated and mistake.found and mistake.kind == "wrong type":
        return f"{mistake.annotated[2]}, not {mistake.found[2]}"
    return mistake.place[2]


def _title(text: str, mistake: MentionMistake, confidence: dict[Place, float]) -> str:
    parts: list[str] = [mistake.kind if mistake.kind != "inexact" else "right, ends elsewhere"]
    for name, place in (("annotated", mistake.annotated), ("found", mistake.found)):
        if place:
            parts.append(f"{name}: {place[2]} “{' '.join(text[place[0] : place[1]].split())}”")
    if mistake.found:
        parts.append(f"confidence {confidence.get(mistake.found, 0):.2f}")
    return "; ".join(parts)


def _relation_lines(judged: Judged) -> Iterator[tuple[int, RelationLine]]:
    """Relations with the place where their sentence begins: right ones, missed ones, invented ones."""
    gold = judged.gold
    for key, found in judged.reached.items():
        wanted = judged.wanted[key]
        said = _predicate(found.status or "no status", found.negated)
        status = _predicate(wanted.status, wanted.negated)
        yield (
            wanted.begin,
            RelationLine(
                "right",
                entity_name(gold, wanted.subject),
                wanted.predicate,
                entity_name(gold, wanted.object),
                status,
                said if said != status else "",
                "",
                _detail(found),
            ),
        )
    for mistake in missed_relations(judged):
        wanted_one = mistake.annotated
        assert wanted_one is not None
        yield (
            wanted_one.begin,
            RelationLine(
                "missed",
                entity_name(gold, wanted_one.subject),
                wanted_one.predicate,
                entity_name(gold, wanted_one.object),
                _predicate(wanted_one.status, wanted_one.negated),
                "",
                _why(mistake),
                "",
            ),
        )
    for mistake in invented_relations(judged):
        relation = mistake.found
        assert relation is not None
        yield (
            min(relation.begins, default=0),
            RelationLine(
                "invented",
                judged.found.label(relation.subject),
                relation.predicate,
                judged.found.label(relation.object),
                _predicate(relation.status or "no status", relation.negated),
                "",
                _why(mistake),
                _detail(relation),
            ),
        )


def _why(mistake: RelationMistake) -> str:
    if mistake.kind != "wrong predicate":
        return mistake.kind
    return f"{'found as' if mistake.annotated else 'annotated as'} {mistake.other}"


def _predicate(status: str, negated: bool) -> str:
    return f"{status}, negated" if negated else status


def _detail(relation: FoundRelation) -> str:
    return " · ".join(part for part in (f"{relation.confidence:.2f}", relation.rule) if part)


def _frequent(evaluation: Evaluation, kind: MentionKind) -> list[tuple[str, str, int]]:
    """The words mistaken most often, at least twice."""
    return [row for row in _ranked(frequent_words(evaluation, kind)) if row[2] > 1][:FREQUENT]


def _ranked(pairs: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(wanted, found, number) for (wanted, found), number in ranked]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals.update(statuses=STATUSES, marks=MARKS)
    return environment
