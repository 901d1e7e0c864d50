"""What the relation model sees of a candidate pair: types, frames, path in the parse, wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .features import governing_verb
from .heads import head_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .pairs import Pair

SURENESS = (0.3, 0.5, 0.7, 0.9)


def pair_features(doc: Doc, pair: Pair, between: int) -> list[str]:
    """What the relation model sees of a pair; `between` counts the mentions that stand between the two."""
    s, o = doc[pair.subject.root], doc[pair.object.root]
    types = f"{pair.subject.type}>{pair.object.type}"
    order = "so" if pair.subject.start <= pair.object.start else "os"
    row = [
        "bias",
        f"types={types}",
        f"order={types}|{order}",
        f"form={pair.subject.form}{pair.subject.via}|{pair.object.form}{pair.object.via}|{types}",
        *pair.clues,
    ]
    row += _frame_features(pair, types)
    row += _path_features(s, o, types)
    row += _surface_features(doc, pair, types, order, between)
    heads = head_classes()
    row += [f"shead={c}|{types}" for c in heads.get(s.lemma_.lower(), ())]
    row += [f"ohead={c}|{types}" for c in heads.get(o.lemma_.lower(), ())]
    row += [f"s={s.lemma_.lower()}", f"o={o.lemma_.lower()}"]
    for name, occurrence in (("s", pair.subject), ("o", pair.object)):
        row += [
            f"{name}sure>{level}|{occurrence.type}" for level in SURENESS if occurrence.confidence > level
        ]
    return row


def _frame_features(pair: Pair, types: str) -> list[str]:
    row = []
    for match in pair.frames:
        row += [
            f"frame={match.frame.name}",
            f"framed={match.frame.predicate}",
            f"framed={match.frame.predicate}|{types}",
        ]
        if match.implied:
            row.append(f"implied={match.frame.predicate}")
    if not pair.frames:
        row.append(f"unframed={types}")
    return row


def _path_features(s: Token, o: Token, types: str) -> list[str]:
    up_s, up_o = _chain(s), _chain(o)
    common = next((t for t in up_s if t in up_o), None)
    if common is None:
        return ["path=none"]
    left, right = up_s[: up_s.index(common)], up_o[: up_o.index(common)]
    shape = ">".join(t.dep_ for t in left) + "^" + "<".join(t.dep_ for t in reversed(right))
    row = [f"top={common.lemma_.lower()}|{common.pos_}", f"toplemma={common.lemma_.lower()}|{types}"]
    length = len(left) + len(right)
    row.append(f"pathlen={min(length, 6)}|{types}")
    if length <= 5:
        row += [f"path={shape}", f"path={shape}|{types}", f"pathtop={shape}|{common.lemma_.lower()}"]
    row.append(f"ends={left[-1].dep_ if left else 'top'}|{right[-1].dep_ if right else 'top'}|{types}")
    row += [f"leaf={s.dep_}|{o.dep_}|{types}"]
    inner = (*left[1:], common, *right[1:])
    for token in inner:
        if token.pos_ == "VERB":
            row += [f"via={token.lemma_.lower()}", f"via={token.lemma_.lower()}|{types}"]
        elif token.dep_ == "prep":
            row += [f"viaprep={token.lower_}|{types}"]
        elif token.pos_ in ("NOUN", "PROPN"):
            row.append(f"vianoun={token.lemma_.lower()}")
    side = "s" if common == s else "o" if common == o else "-"
    row.append(f"above={side}|{types}")
    return row


def _chain(token: Token, limit: int = 25) -> list[Token]:
    chain = [token]
    while token.head.i != token.i and len(chain) < limit:
        token = token.head
        chain.append(token)
    return chain


def _surface_features(doc: Doc, pair: Pair, types: str, order: str, between: int) -> list[str]:
    a, b = (pair.subject, pair.object) if order == "so" else (pair.object, pair.subject)
    row = []
    if b.start < a.end or (a.start >= b.start and a.end <= b.end):
        inside = (
            "o-in-s"
            if pair.subject.start <= pair.object.start and pair.object.end <= pair.subject.end
            else "s-in-o"
        )
        row.append(f"nested={inside}|{types}")
    else:
        gap = [t for t in doc[a.end : b.start] if not t.is_space]
        row.append(f"gap={min(len(gap) // 3, 6)}|{types}")
        row.append(f"between={min(between, 5)}|{types}")
        if len(gap) <= 4:
            words = " ".join(t.lower_ for t in gap)
            row += [f"words={words}|{order}", f"words={words}|{order}|{types}"]
        if len(gap) > 0:
            row.append(f"last={gap[-1].lower_}|{order}|{types}")
            row.append(f"first={gap[0].lower_}|{order}|{types}")
        row += [f"has={t.lemma_.lower()}|{order}" for t in gap[:12] if t.pos_ in ("VERB", "ADP")]
    verb = governing_verb(doc[pair.object.root])
    row.append(f"overb={verb.lemma_.lower()}|{types}")
    return row
