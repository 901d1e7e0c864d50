"""Which language a document is in, and which each stretch of it where languages mix.

Script tells Chinese, simplified or traditional, from the rest, and kana and hangul Japanese and Korean from
Chinese; py3langid tells languages that share a script. A paragraph is one line. It is in the language of most
of its words, so a Chinese paragraph with "5G" in it stays Chinese and an English one that quotes 教育部 English;
one that says too little (a number, a short heading) goes with its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

    from .annotations import Document

READ = ("en", "zh")
"""The languages that there are rules and models for."""

LANGUAGES: Mapping[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mn": "Mongolian",
    "ms": "Malay",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "th": "Thai",
    "tr": "Turkish",
    "ug": "Uyghur",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages that are told apart, by code; of rarer ones short texts are taken for English too easily."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OTHER_LETTER = re.compile(
    "[\u0370-\u1fff\u2c00-\u2dff\ua640-\uabff\ufb00-\ufdff\ufe70-\ufeff]"  # from Greek to Mongolian, and their forms
)
# What one character of these scripts is worth in words.
HAN_WORD, KOREAN_WORD, OTHER_WORD = 1 / 1.7, 1 / 3, 1 / 6
# The share of kana among kana and Chinese characters from which a text is Japanese (it has about a half).
KANA_SHARE = 0.12
FEWEST = {"Han": 2, "Latin": 5, "other": 3}
"""How many words or Chinese characters a paragraph needs to tell its language."""

ALMOST = 3.0
"""By how much in log-likelihood a word another language must lead English to be believed; true ones lead by 8."""

SAMPLE = 200_000


class LanguageRun(NamedTuple):
    """A stretch of a text in one language: code points, end exclusive."""

    begin: int
    end: int
    language: str


class _Evidence(NamedTuple):
    """What a line says: its language, or only its script, and how many words it has."""

    language: str | None
    script: str | None
    words: float


def detect_language(text: str) -> str:
    """The code of the language that most of `text` is in; `en` for a text without words.

    >>> detect_language("教育部启动 STEM 试点计划"), detect_language("The Ministry (教育部) did.")
    ('zh', 'en')
    """
    words: dict[str, float] = defaultdict(float)
    for run, amount in _weighed(text[:SAMPLE], None):
        words[run.language] += amount
    return min(words, key=lambda language: (-words[language], language)) if words else READ[0]


def language_runs(text: str, default: str | None = None) -> list[LanguageRun]:
    """The stretches of `text` by language: they cover it in order without gaps, neighbours differ.

    `default` is the language of a text that says too little (the one most of it seems to be in by default).

    >>> language_runs("教育部启动改革试点。\\nThe Ministry of Education began a pilot.\\n")
    [LanguageRun(begin=0, end=11, language='zh'), LanguageRun(begin=11, end=52, language='en')]
    """
    return [run for run, _ in _weighed(text, default)]


def document_runs(document: Document) -> list[LanguageRun]:
    """The stretches by language in which a document is to be read.

    One stretch in the document's own language where a user forced that, or where none is in it.
    """
    runs = language_runs(document.text, document.language)
    if document.forced or all(run.language != document.language for run in runs):
        return [LanguageRun(0, len(document.text), document.language)] if document.text else []
    return runs


def language_name(code: str) -> str:
    """What a language is called in English, with its code.

    >>> language_name("fr"), language_name("xx")
    ('French (fr)', 'xx')
    """
    return f"{LANGUAGES[code]} ({code})" if code in LANGUAGES else code


def _weighed(text: str, default: str | None) -> Iterator[tuple[LanguageRun, float]]:
    """The runs of a text, each with its number of words."""
    lines = list(_LINE.finditer(text))
    evidence = [_evidence(line[0]) for line in lines]
    languages = _filled(evidence) or [default or _of_all(text)] * len(lines)
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or languages[i] != languages[start]:
            words = sum(found.words for found in evidence[start:i])
            yield LanguageRun(lines[start].start(), lines[i - 1].end(), languages[start]), words
            start = i


def _of_all(text: str) -> str:
    """The language of a text whose lines are all too short to tell, by all of them together."""
    return _evidence(" ".join(text[:SAMPLE].split())).language or READ[0]


def _filled(evidence: Sequence[_Evidence]) -> list[str]:
    """A language for each line: its own, else that of a neighbour in its script, the following one first.

    Empty where no line tells its language.
    """
    known = [i for i, found in enumerate(evidence) if found.language]
    languages: list[str] = []
    for i, found in enumerate(evidence if known else ()):
        place = bisect_left(known, i)
        near = [evidence[j] for j in (*known[place : place + 1], *known[max(0, place - 1) : place])]
        same = [other for other in near if other.script == found.script]
        # A blank line belongs to what it ends.
        chosen = (same or near if found.script else near[::-1])[0]
        languages.append(found.language or chosen.language or READ[0])
    return languages


def _evidence(line: str) -> _Evidence:
    han, kana, hangul = (len(script.findall(line)) for script in (_HAN, _KANA, _HANGUL))
    words = {
        "Han": (han + kana) * HAN_WORD,
        "Hangul": hangul * KOREAN_WORD,
        "Latin": float(len(_LATIN_WORD.findall(line))),
        "other": len(_OTHER_LETTER.findall(line)) * OTHER_WORD if not line.isascii() else 0.0,
    }
    script = max(words, key=lambda name: words[name])
    amount = words[script]
    if not amount:
        return _Evidence(None, None, 0.0)
    if script == "Han":
        # Few characters settle it where nothing speaks against them.
        certain = han + kana >= FEWEST["Han"] and (amount >= FEWEST["Latin"] or not words["Latin"])
        language = "ja" if kana > KANA_SHARE * (han + kana) and kana > 1 else "zh"
        return _Evidence(language if certain else None, script, amount)
    if script == "Hangul":
        return _Evidence("ko" if amount >= 1 else None, script, amount)
    if amount < FEWEST[script]:
        return _Evidence(None, script, amount)
    return _Evidence(_identified(line, amount), script, amount)


def _identified(line: str, words: float) -> str:
    """The language of a line in Latin or another alphabet; English where another is hardly likelier."""
    scores = dict(_identifier().rank(line))
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] - scores["en"] > ALMOST * words else "en"


@cache
def _identifier() -> LanguageIdentifier:
    # Loading takes half a second, which a build of Chinese texts alone need not spend.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier
