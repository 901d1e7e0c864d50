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
    from spacy.tokens import Doc, Token

Features = list[list[str]]
NEAR = (-1, 1)
FAR = (-2, 2)


def token_features(doc: Doc, lexicon: Mapping[int, str]) -> Features:
    """Features of every token of a parsed document; `lexicon` gives "B-Region" and the like by token index."""
    heads = head_classes()
    roots = _chunk_roots(doc)
    own = [_own(token, roots.get(token.i), lexicon.get(token.i, "O"), heads) for token in doc]
    spelling = _chunk_positions(doc)
    quoted = _inside_quotes(doc)
    rows: Features = []
    for token in doc:
        row = ["bias", f"chunk={spelling.get(token.i, 'O')}", *own[token.i]]
        row += _window(doc, token.i, own, spelling)
        row += _syntax(token, roots.get(token.i), heads)
        if token.i in quoted:
            row.append("quoted")
        rows.append(row)
    return rows


def _own(token: Token, root: Token | None, lexicon: str, heads: Mapping[str, Sequence[str]]) -> list[str]:
    word = token.lower_
    row = [
        f"w={word}",
        f"pos={token.pos_}",
        f"lex={lexicon}",
        f"shape={token.shape_}",
        f"lemma={token.lemma_.lower()}",
        f"tag={token.tag_}",
        f"dep={token.dep_}",
        f"suffix={word[-3:]}",
        f"prefix={word[:3]}",
    ]
    if token.is_title or token.text.isupper():
        row.append("capital")
    if root is not None:
        row += [f"root={root.lemma_.lower()}", f"rootof={root.head.lemma_.lower()}|{root.dep_}"]
    else:
        row.append(f"head={token.head.lemma_.lower()}|{token.dep_}")
    row += [f"class={c}" for c in heads.get(token.lemma_.lower(), ())]
    return row


def _window(doc: Doc, i: int, own: Sequence[Sequence[str]], spelling: Mapping[int, str]) -> list[str]:
    row = []
    for step in (*NEAR, *FAR):
        j = i + step
        if not 0 <= j < len(doc):
            row.append(f"{step}:edge")
            continue
        kept = own[j][:4] if step in NEAR else own[j][:3]
        row += [f"{step}:{feature}" for feature in kept]
        if step in NEAR:
            row.append(f"{step}:chunk={spelling.get(j, 'O')}")
            row += [f"{step}:{feature}" for feature in own[j] if feature.startswith("class=")]
    if i + 1 < len(doc):
        row.append(f"pair={doc[i].lemma_.lower()}_{doc[i + 1].lemma_.lower()}")
    if i:
        row.append(f"paired={doc[i - 1].lemma_.lower()}_{doc[i].lemma_.lower()}")
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


def _chunk_roots(doc: Doc) -> dict[int, Token]:
    return {token.i: chunk.root for chunk in doc.noun_chunks for token in chunk}


def _chunk_positions(doc: Doc) -> dict[int, str]:
    return {
        token.i: ("B" if token.i == chunk.start else "I") + ("E" if token.i == chunk.end - 1 else "")
        for chunk in doc.noun_chunks
        for token in chunk
    }


def _inside_quotes(doc: Doc) -> set[int]:
    inside, found = False, set()
    for token in doc:
        if token.text == '"':
            inside = not inside
        elif token.text in "“”":
            inside = token.text == "“"
        if inside:
            found.add(token.i)
    return found
