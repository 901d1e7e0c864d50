"""What is kept of uncertain findings."""

from __future__ import annotations

from triplehelix.extract.annotations import RelationMention, Span
from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.extract.selection import select


def referent(name: str, *confidences: float) -> Referent:
    mentions = [
        MentionSpan(n, n + 1, "Mechanism", (), "tagger", confidence)
        for n, confidence in enumerate(confidences)
    ]
    return Referent("Mechanism", "Mechanism", name, None, mentions)


def relation(subject: int, target: int) -> RelationMention:
    return RelationMention(
        str(subject), "partOf", str(target), "planned", False, 0.8, "frame-be-part", (Span(0, 9),)
    )


def test_sure_mentions_stay_for_themselves() -> None:
    kept, _ = select([referent("sure", 0.9), referent("unsure", 0.2)], [], 0.5)
    assert [r.name for r in kept] == ["sure"]


def test_one_sure_mention_is_enough() -> None:
    kept, _ = select([referent("mixed", 0.1, 0.9)], [], 0.5)
    assert [r.name for r in kept] == ["mixed"]


def test_a_relation_saves_both_its_ends_and_follows_them() -> None:
    referents = [
        referent("gone", 0.1),
        referent("part", 0.1),
        referent("gone too", 0.2),
        referent("whole", 0.3),
    ]
    kept, [moved] = select(referents, [relation(1, 3)], 0.5)
    assert [r.name for r in kept] == ["part", "whole"]
    assert (kept[int(moved.subject)].name, kept[int(moved.object)].name) == ("part", "whole")


def test_nothing_comes_of_nothing() -> None:
    assert select([], [], 0.5) == ([], [])


def test_a_doubtful_relation_saves_no_doubtful_mention() -> None:
    referents = [referent("part", 0.1), referent("whole", 0.9), referent("other", 0.9)]
    kept, held = select(referents, [relation(0, 1), relation(1, 2)], 0.5, needed=0.9)
    assert [r.name for r in kept] == ["whole", "other"]
    assert [(r.subject, r.object) for r in held] == [("0", "1")]
