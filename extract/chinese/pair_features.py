"""What the relation model sees of a candidate pair in a Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..annotations import ACTORS
from .words import word_groups

if TYPE_CHECKING:
    from ...ontology.frames import Frame
    from ..occurrences import Occurrence
    from ..pairs import FrameMatch
    from .register import Register
    from .surroundings import Profile, SentenceView

SURENESS = (0.3, 0.5, 0.7, 0.9)
MANY = 4
NEAR = 4


@dataclass(slots=True)
class PairReader:
    """Reads the pairs of one sentence; `counts` are the numbers of mentions of each referent."""

    view: SentenceView
    counts: Sequence[int]
    triggers: Mapping[str, Sequence[Frame]]
    register: Register
    _classes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def features(self, s: int, o: int, matches: Sequence[FrameMatch]) -> list[str]:
        """Features of the pair of the `s`-th and the `o`-th occurrence."""
        view = self.view
        subject, target = view.found[s], view.found[o]
        types = f"{_kind(subject)}>{_kind(target)}"
        order = "so" if s < o else "os"
        placed = f"{order}|{types}"
        row = [
            "bias",
            f"types={types}",
            f"t={subject.type}>{target.type}",
            f"order={placed}",
            f"form={subject.form}{subject.via}|{target.form}{target.via}|{types}",
            f"genre={self.register.genre}|{types}",
        ]
        row += _frame_features(matches, types)
        row += self._end_features("s", view.profiles[s], subject, types, placed)
        row += self._end_features("o", view.profiles[o], target, types, placed)
        row += self._joint_features(s, o, types, placed)
        row += self._place_features(s, o, types, placed)
        if _nested(subject, target) or _nested(target, subject):
            row += self._nested_features(subject, target, types)
        else:
            row += self._between_features(s, o, types, placed)
        return row

    def _classes_of(self, word: str) -> tuple[str, ...]:
        if word not in self._classes:
            names = sorted({f.name.removeprefix("trigger-") for f in self.triggers.get(word, ())})
            groups = [
                group for group in ("preposition", "causative", "reporting") if word in word_groups()[group]
            ]
            self._classes[word] = (*names, *groups) if names or groups else ()
        return self._classes[word]

    def _known_in(self, text: str) -> Iterator[str]:
        i = 0
        while i < len(text):
            for length in (4, 3, 2):
                if text[i : i + length] in self.view.known:
                    yield text[i : i + length]
                    i += length - 1
                    break
            i += 1

    def _end_features(
        self, name: str, profile: Profile, end: Occurrence, types: str, placed: str
    ) -> Iterator[str]:
        yield f"{name}before={profile.before}|{types}"
        yield f"{name}after={profile.after}|{types}"
        yield f"{name}gov={profile.governor}|{types}"
        yield f"{name}gov={profile.governor}|{profile.relative}|{placed}"
        yield f"{name}gov2={profile.governor2}|{types}"
        yield f"{name}verb={profile.verb}|{types}"
        yield f"{name}head={profile.head}|{types}"
        yield f"{name}head={profile.head}"
        for group in self._classes_of(profile.governor):
            yield f"{name}govc={group}|{placed}"
        for group in self._classes_of(profile.verb):
            yield f"{name}verbc={group}|{placed}"
        yield f"{name}first={profile.is_first_actor}|{placed}"
        yield f"{name}count={min(self.counts[end.referent], MANY)}|{types}"
        for level in SURENESS:
            if end.confidence > level:
                yield f"{name}sure>{level}|{end.type}"

    def _joint_features(self, s: int, o: int, types: str, placed: str) -> Iterator[str]:
        a, b = self.view.profiles[s], self.view.profiles[o]
        yield f"govs={a.governor}|{b.governor}|{placed}"
        yield f"marks={a.before}|{b.governor}|{types}"
        yield f"verbgov={a.verb}|{b.governor}|{types}"
        yield f"linked={a.verb == b.governor != '-'}|{placed}"
        yield f"linked2={a.verb2 == b.governor != '-'}|{placed}"
        for x in self._classes_of(a.before):
            for y in self._classes_of(b.governor):
                yield f"markc={x}|{y}|{placed}"

    def _place_features(self, s: int, o: int, types: str, placed: str) -> Iterator[str]:
        view = self.view
        subject, target = view.found[s], view.found[o]
        a, b = view.profiles[s], view.profiles[o]
        low, high = min(s, o), max(s, o)
        between = view.found[low + 1 : high]
        yield f"clauses={max(-3, min(3, b.clause - a.clause))}|{types}"
        yield f"clauses={max(-3, min(3, b.clause - a.clause))}|{a.is_first_actor}|{placed}"
        same_s = sum(1 for k in between if _kind(k) == _kind(subject) and k.form == "mention")
        same_o = sum(1 for k in between if _kind(k) == _kind(target) and k.form == "mention")
        yield f"sbetween={min(same_s, 3)}|{placed}"
        yield f"obetween={min(same_o, 3)}|{placed}"
        yield f"mentions={min(len(between), 5)}|{placed}"
        together = s in view.lists and view.lists.get(s) == view.lists.get(o)
        if together and not (s in view.sides and view.sides.get(s) == view.sides.get(o)):
            yield f"facing|{types}"
            yield f"facing|{a.verb}|{types}"
            yield f"facing|{b.verb}|{types}"
        yield f"together={together}|{types}"
        if together:
            for group in self._classes_of(a.verb):
                yield f"together|{group}|{types}"
            yield f"together|{a.verb}|{types}"
            yield f"together|{a.before}|{types}"
        alone_s = sum(1 for k in view.found if k.type == subject.type and k.form == "mention")
        alone_o = sum(1 for k in view.found if k.type == target.type and k.form == "mention")
        yield f"salone={min(alone_s, 3)}|{types}"
        yield f"oalone={min(alone_o, 3)}|{types}"
        lists_s = self._lists_between(low, high, _kind(subject), (s, o))
        lists_o = self._lists_between(low, high, _kind(target), (s, o))
        rivals = self._rivals(s, o)
        yield f"rivals={rivals}|{a.clause == b.clause}|{placed}"
        counter = self._rivals(o, s)
        yield f"counter={counter}|{a.clause == b.clause}|{placed}"
        yield f"slists={min(lists_s, 3)}|{placed}"
        yield f"olists={min(lists_o, 3)}|{placed}"
        yield f"lists={min(lists_s, 2)}|{min(lists_o, 2)}|{b.clause == a.clause}|{placed}"

    def _rivals(self, n: int, at: int) -> str:
        """Whether the clause of the occurrence `at` has others of the kind of `n`, before it and behind it."""
        view = self.view
        clause, kind, list_ = view.profiles[at].clause, _kind(view.found[n]), view.lists.get(n, n)
        ahead = behind = False
        for k, other in enumerate(view.found):
            if (
                view.profiles[k].clause == clause
                and k not in (n, at)
                and _kind(other) == kind
                and other.form == "mention"
                and view.lists.get(k, k) != list_
            ):
                ahead, behind = ahead or k < at, behind or k > at
        return f"{ahead:d}{behind:d}"

    def _lists_between(self, low: int, high: int, kind: str, ends: tuple[int, int]) -> int:
        view = self.view
        own = {view.lists.get(n, n) for n in ends}
        return len(
            {
                view.lists.get(n, n)
                for n in range(low + 1, high)
                if _kind(view.found[n]) == kind and view.found[n].form == "mention"
            }
            - own
        )

    def _nested_features(self, subject: Occurrence, target: Occurrence, types: str) -> Iterator[str]:
        texts = self.view.texts
        inner, outer, way = (
            (subject, target, "s-in-o") if _nested(subject, target) else (target, subject, "o-in-s")
        )
        yield f"nested={way}|{types}"
        ahead = "".join(texts[max(outer.start, inner.start - 2) : inner.start])
        behind = "".join(texts[inner.end : min(outer.end, inner.end + 2)])
        yield f"ahead={ahead}|{way}|{types}"
        yield f"behind={behind}|{way}|{types}"
        yield f"behind1={behind[:1]}|{way}|{types}"
        yield f"at={inner.start == outer.start}|{inner.end == outer.end}|{way}|{types}"
        around = "".join(texts[outer.start : inner.start]) + "|" + "".join(texts[inner.end : outer.end])
        for word in self._known_in(around):
            yield f"inside={word}|{way}|{types}"
            for group in self._classes_of(word):
                yield f"insidec={group}|{way}|{types}"

    def _between_features(self, s: int, o: int, types: str, placed: str) -> Iterator[str]:
        view = self.view
        first, second = (s, o) if view.found[s].start <= view.found[o].start else (o, s)
        a, b = view.found[first], view.found[second]
        words = view.words_between(a.end, b.start)
        gap = b.start - a.end
        yield f"gap={min(gap // 5, 8)}|{types}"
        if len(words) <= NEAR:
            text = "".join(w.text for w in words)
            yield f"words={text}|{placed}"
            yield f"words={text}|{'so' if s < o else 'os'}"
        if words:
            yield f"first={words[0].text}|{placed}"
            yield f"last={words[-1].text}|{placed}"
        yield from self._gap_of_lists(first, second, placed)
        verbs = view.verbs_between(a.end, b.start)
        yield f"verbs={min(len(verbs), 5)}|{placed}"
        for w in verbs[:8]:
            yield f"has={w.text}|{placed}"
        for group in sorted({g for w in verbs[:8] for g in self._classes_of(w.text)}):
            yield f"hasc={group}|{placed}"

    def _gap_of_lists(self, first: int, second: int, placed: str) -> Iterator[str]:
        """What stands between the list of the first and that of the second: "A、B等|C" joins A to C as B."""
        view = self.view
        start, end = view.profiles[first].list_end, view.profiles[second].list_start
        if start > end or (start, end) == (view.found[first].end, view.found[second].start):
            return
        words = view.words_between(start, end)
        if len(words) <= NEAR:
            yield f"lwords={''.join(w.text for w in words)}|{placed}"
        if words:
            yield f"lfirst={words[0].text}|{placed}"
            yield f"llast={words[-1].text}|{placed}"


def _kind(occurrence: Occurrence) -> str:
    if occurrence.type in ("Person", "ActorGroup"):
        return occurrence.type
    return "body" if occurrence.type in ACTORS else occurrence.type


def _nested(inner: Occurrence, outer: Occurrence) -> bool:
    return outer.start <= inner.start < inner.end <= outer.end


def _frame_features(matches: Sequence[FrameMatch], types: str) -> Iterator[str]:
    for match in matches:
        yield f"frame={match.frame.name}|{match.implied}"
        yield f"framed={match.frame.predicate}|{match.implied}|{types}"
        yield f"trigger={match.frame.predicate}"
    for predicate in sorted({m.frame.predicate for m in matches}):
        yield f"framing={predicate}|{types}"
    if not matches:
        yield f"unframed={types}"
