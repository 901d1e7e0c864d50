"""Characters per CPU second of Chinese extraction, step by step, in one run on one core.

    python benchmarks/chinese_speed.py [FOLDER]

FOLDER holds .txt files; by default the Chinese examples. "Lexicon and rules" are tokens and words, the lexicon,
forms of names, and linking of what those find; the learned part is what the trained models add: mentions,
relations and status. Ratios are what counts.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from triplehelix.extract.components import extractor
from triplehelix.extract.grammar import grammar_for

T = TypeVar("T")


class Clock:
    """CPU seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, step: Callable[[], T]) -> T:
        start = time.process_time()
        result = step()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start
        return result


def main() -> None:
    default = Path(__file__).parents[1] / "examples" / "texts_zh"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        sys.exit(f"{folder} holds no .txt file.")
    grammar, reader = grammar_for("zh"), extractor("zh")
    rules = grammar.finder({})
    warm = grammar.parse(texts[0])
    grammar.resolve(warm, rules.by_rules(warm))
    gc.collect()
    gc.freeze()
    characters = sum(map(len, texts))
    clock = Clock()
    for text in texts:
        doc = clock.time("tokens and words", lambda text=text: grammar.parse(text))
        spans = clock.time("lexicon and forms", lambda doc=doc: rules.by_rules(doc))
        clock.time("linking", lambda doc=doc, spans=spans: grammar.resolve(doc, spans))
    by_rules = sum(clock.seconds.values())
    for text in texts:
        doc = grammar.parse(text)
        clock.time("mentions by all models", lambda doc=doc: reader.find_mentions(doc))
        clock.time("referents", lambda doc=doc: reader.resolve(doc))
        clock.time("relations and status", lambda doc=doc: reader.find_relations(doc))
    print(f"{len(texts)} texts, {characters:,} characters; characters per CPU second:")
    for name, seconds in clock.seconds.items():
        print(f"  {name:24} {characters / seconds:12,.0f}")
    learned = sum(clock.seconds.values()) - by_rules
    print(f"lexicon and rules together {characters / by_rules:12,.0f}")
    print(f"the learned part           {characters / learned:12,.0f}")
    print(f"ratio                      {learned / by_rules:12.1f}")


if __name__ == "__main__":
    main()
