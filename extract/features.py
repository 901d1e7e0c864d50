"""What the sequence model sees of each token: word, syntax, head-noun classes, lexicon and statistical names.

Features are strings "kind=value". They follow the usual template of feature-based named-entity recognisers
(words and shapes in a window, chunk and head; Ratinov & Roth 2009, "Design challenges and misconceptions in
named entity recognition"), with the parse and the ontology's classes added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .heads import head_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Features = list[list[str]]
NEAR = (-1, 1)
FAR = (-2, 2)


def token_features(doc: Doc, lexicon: Mapping[int, str]) -> Features:
    """Features of every token of a parsed document; `lexicon` gives "B-Region" and the like by token index."""
    heads = head_classes()
    tokens = list(doc)
    lemmas = [token.lemma_.lower() for token in tokens]
    chunks = list(doc.noun_chunks)
    roots = {i: chunk.root for chunk in chunks for i in range(chunk.start, chunk.end)}
    positions = _chunk_positions(chunks)
    own = [
        _own(token, lemmas, roots.get(i), lexicon.get(i, "O"), heads.get(lemmas[i], ()))
        for i, token in enumerate(tokens)
    ]
    seen = [_seen_from_beside(row, positions.get(i, "O")) for i, row in enumerate(own)]
    quoted = _inside_quotes(tokens)
    rows: Features = []
    for i, token in enumerate(tokens):
        row = ["bias", f"chunk={positions.get(i, 'O')}", *own[i]]
        row += _window(i, own, seen, lemmas)
        row += _syntax(token, roots.get(i), heads)
        if i in quoted:
            row.append("quoted")
        rows.append(row)
    return rows


def _own(
    token: Token, lemmas: Sequence[str], root: Token | None, lexicon: str, classes: Sequence[str]
) -> list[str]:
    word = token.lower_
    row = [
        f"w={word}",
        f"pos={token.pos_}",
        f"lex={lexicon}",
        f"shape={token.shape_}",
        f"lemma={lemmas[token.i]}",
        f"tag={token.tag_}",
        f"dep={token.dep_}",
        f"suffix={word[-3:]}",
        f"prefix={word[:3]}",
    ]
    if token.is_title or token.text.isupper():
        row.append("capital")
    if root is not None:
        row += [f"root={lemmas[root.i]}", f"rootof={lemmas[root.head.i]}|{root.dep_}"]
    else:
        row.append(f"head={lemmas[token.head.i]}|{token.dep_}")
    row += [f"class={c}" for c in classes]
    return row


def _seen_from_beside(own: Sequence[str], position: str) -> list[str]:
    return [*own[:4], f"chunk={position}", *(feature for feature in own if feature.startswith("class="))]


def _window(
    i: int, own: Sequence[Sequence[str]], seen: Sequence[Sequence[str]], lemmas: Sequence[str]
) -> list[str]:
    row = []
    for step in (*NEAR, *FAR):
        j = i + step
        if not 0 <= j < len(own):
            row.append(f"{step}:edge")
            continue
        row += [f"{step}:{feature}" for feature in (seen[j] if step in NEAR else own[j][:3])]
    if i + 1 < len(own):
        row.append(f"pair={lemmas[i]}_{lemmas[i + 1]}")
    if i:
        row.append(f"paired={lemmas[i - 1]}_{lemmas[i]}")
    return row


def _syntax(token: Token, root: Token | None, heads: Mapping[str, Sequence[str]]) -> list[str]:
    row = []
    if root is not None:
        row += [f"rootclass={c}" for c in heads.get(root.lemma_.lower(), ("none",))]
        row.append(f"toroot={min(3, root.i - token.i)}")
        preposition = next((child.lower_ for child in root.rights if child.dep_ == "prep"), None)
        if preposition:
            row.append(f"rootprep={preposition}")
    if token.dep_ == "pobj":
        governor = token.head.head
        row.append(f"under={token.head.lower_}|{governor.lemma_.lower()}")
        row += [f"underclass={token.head.lower_}|{c}" for c in heads.get(governor.lemma_.lower(), ())]
    row.append(f"verb={governing_verb(root if root is not None else token).lemma_.lower()}")
    return row


def governing_verb(token: Token, limit: int = 6) -> Token:
    """The nearest verb above `token` in the parse, or the last token reached after `limit` steps."""
    above = token.head
    for _ in range(limit):
        if above.pos_ in ("VERB", "AUX") or above.head == above:
            break
        above = above.head
    return above


def _chunk_positions(chunks: Sequence[Span]) -> dict[int, str]:
    return {
        i: ("B" if i == chunk.start else "I") + ("E" if i == chunk.end - 1 else "")
        for chunk in chunks
        for i in range(chunk.start, chunk.end)
    }


def _inside_quotes(tokens: Sequence[Token]) -> set[int]:
    inside, found = False, set()
    for i, token in enumerate(tokens):
        text = token.text
        if text == '"':
            inside = not inside
        elif text in "“”":
            inside = text == "“"
        if inside:
            found.add(i)
    return found
