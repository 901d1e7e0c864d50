"""Word boundaries that a tokenizer for clean English misses: lost spaces and full-width brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

if TYPE_CHECKING:
    from spacy.language import Language

BRACKETS = ("（", "）")
"""Chinese sources print them without spaces around them."""

LOST_BEFORE = tuple(
    rf"(?<=^{word})(?=[A-Z][a-z]+)"
    for word in ("and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with")
)
LOST_OF = rf"(?<=(?:{'|'.join(('cil', 'emy', 'ent', 'ion', 'ity', 'tee', 'ter', 'try', 'ute'))}))(?=of$)"
LOST_AFTER = r"(?<=[%”’)\]])\.(?=[A-Z])"


def part_words(nlp: Language) -> None:
    """Have a tokenizer part "theMinistry", "Universityof" and "Harbours（MH）" where a reader does."""
    defaults, tokenizer = nlp.Defaults, cast(Any, nlp.tokenizer)
    infixes = [*(defaults.infixes or ()), *BRACKETS, *LOST_BEFORE, LOST_OF, LOST_AFTER]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex([*(defaults.prefixes or ()), *BRACKETS]).search
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *BRACKETS]).search
