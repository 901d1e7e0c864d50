"""Head words: from the words of a name or description to the class or group that they stand for.

English phrases are cut at prepositions, the part before the first one being the head: in "system of
departmental consultations" the head is "system". Words are compared in lower case and in the singular.
Chinese has its head at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

WordsByLanguage = Mapping[str, tuple[str, ...]]

_WORD = re.compile(r"[\w&]+(?:['’.-][\w&]+)*")
_CHINESE_TAIL = re.compile(r"[”’》」』\"]*(?:[（(][^（()）]*[)）])?[”’》」』\"]*$")
_PREPOSITION = re.compile(
    r"\s(?:of|for|in|on|to|with|by|at|from|between|among|under|through|into|towards?|against|over|across|as|that"
    r"|which|who)\s",
    re.IGNORECASE,
)


class HeadWordClashError(ValueError):
    """Two owners claim one head word: `word`, `language`, `owners`."""

    def __init__(self, word: str, language: str, owners: tuple[str, str]) -> None:
        super().__init__(f"{word!r}@{language} is claimed by {owners[0]} and {owners[1]}")
        self.word, self.language, self.owners = word, language, owners


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Folded head words of each language with the owner of each."""

    owners: Mapping[str, Mapping[str, str]]

    @classmethod
    def compile(cls, words: Mapping[str, WordsByLanguage]) -> HeadWords:
        """A table from the head words of each owner; `HeadWordClashError` when two owners share one."""
        table: dict[str, dict[str, str]] = {}
        for owner, by_language in words.items():
            for language, phrases in by_language.items():
                known = table.setdefault(language, {})
                for phrase in phrases:
                    key = _fold(phrase, language)
                    if known.setdefault(key, owner) != owner:
                        raise HeadWordClashError(phrase, language, (known[key], owner))
        return cls(table)

    def of_head(self, phrase: str, language: str) -> str | None:
        """The owner of the longest head word that ends the head of `phrase`."""
        part = next(iter(_parts(phrase, language)), None)
        return self._ending(part, language) if part else None

    def of_any(self, phrase: str, language: str) -> str | None:
        """The owner of a head word in `phrase`: the nearest to the end of the head, then the longest."""
        for part in _parts(phrase, language):
            for end in range(len(part), 0, -1):
                owner = self._ending(part[:end], language)
                if owner:
                    return owner
        return None

    def _ending(self, units: list[str], language: str) -> str | None:
        known = self.owners.get(language, {})
        joiner = "" if language == "zh" else " "
        for start in range(len(units)):
            owner = known.get(joiner.join(units[start:]))
            if owner:
                return owner
        return None


def _parts(phrase: str, language: str) -> Iterator[list[str]]:
    # The head comes first; what follows a preposition is tried after it, in the order of the text.
    if language == "zh":
        yield list(_CHINESE_TAIL.sub("", "".join(phrase.split())))
        return
    for part in _PREPOSITION.split(f" {phrase} "):
        words = [_singular(word) for word in _WORD.findall(part.lower())]
        if words:
            yield words


def _fold(phrase: str, language: str) -> str:
    if language == "zh":
        return "".join(phrase.split())
    return " ".join(_singular(word) for word in _WORD.findall(phrase.lower()))


def _singular(word: str) -> str:
    # Applied to head words and texts alike, so a wrong stem ("busines") does no harm.
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
