"""Trigger frames of Chinese: words that, with what stands around them, express a predicate (`schema/triggers.ttl`).

Chinese policy text is read without a parse. A trigger frame names words and two slots: "before" (who acts: the
nearest fitting mention in front of the word, or of the clause before it where the clause has no actor of its own),
"after" (the first fitting mention behind it), the same with "adjoining-" where nothing but modifiers may stand
between, or a preposition that introduces the mention ("由", "与", "在").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import OntologyError
from .frames import Frame
from .namespaces import SKOS, TH
from .terms import Terms, read_turtle, shipped_turtle

SLOT = re.compile(r"(?:adjoining-)?(?:before|after)|[\u4e00-\u9fff]{1,2}")
MARKED = re.compile(r"\{([so]):([^{}]+)\}")


def load_triggers(extra: Sequence[Path] = ()) -> Mapping[str, tuple[Frame, ...]]:
    """Trigger frames by word; `extra` are Turtle files of a user's layer.

    Raises `OntologyError` that names file and line.
    """
    terms = Terms([*shipped_turtle("triggers.ttl"), *map(read_turtle, extra)])
    by_word: dict[str, list[Frame]] = defaultdict(list)
    for trigger in read_triggers(terms):
        for word in sorted(trigger.verbs):
            by_word[word].append(trigger)
    return {word: tuple(found) for word, found in by_word.items()}


def read_triggers(terms: Terms) -> list[Frame]:
    """The trigger frames among `terms`, sorted by name; slots take the place of roles."""
    return sorted((_read(terms, iri) for iri in terms.instances(f"{TH}Trigger")), key=lambda t: t.name)


def marked_example(example: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence of an example without its marks, and where its subject and its object stand (code points).

    >>> marked_example("{s:市教育局}设立{o:助学金}。")
    ('市教育局设立助学金。', (0, 4), (6, 9))
    """
    text, spans, position = "", {}, 0
    for match in MARKED.finditer(example):
        text += example[position : match.start()]
        spans[match[1]] = (len(text), len(text) + len(match[2]))
        text += match[2]
        position = match.end()
    return text + example[position:], spans["s"], spans["o"]


def _read(terms: Terms, iri: str) -> Frame:
    where = terms.where(iri)
    predicates = terms.resources(iri, f"{TH}frameOf")
    if len(predicates) != 1:
        raise OntologyError(f"{where}: the trigger needs exactly one th:frameOf, it has {len(predicates)}.")
    slots = []
    for name in ("subjectSlot", "objectSlot"):
        values = terms.texts(iri, f"{TH}{name}")
        if len(values) != 1 or not SLOT.fullmatch(values[0]):
            raise OntologyError(
                f"{where}: the trigger needs one th:{name} that is before, after or a preposition, "
                f"it has {', '.join(values) or 'none'}."
            )
        slots.append(values[0])
    words = frozenset(terms.texts(iri, f"{TH}triggerWord", "zh"))
    examples = terms.texts(iri, f"{SKOS}example", "zh")
    if not words or not examples or {m[1] for m in MARKED.finditer(examples[0])} != {"s", "o"}:
        raise OntologyError(
            f"{where}: the trigger needs a th:triggerWord and a skos:example, both tagged @zh, that marks its "
            "subject {s:…} and its object {o:…}."
        )
    return Frame(_local(iri), _local(predicates[0]), slots[0], slots[1], words, examples[0])


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
