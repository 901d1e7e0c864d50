"""Words per second of the whole extraction against the bare language model, in one run on the same texts.

    python benchmarks/extraction_speed.py [FOLDER]

FOLDER holds .txt files; by default the examples. Ratios are what counts: both are measured alternately.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from triplehelix.extract import Document, load_pipeline
from triplehelix.extract.language import load_english

ROUNDS = 3


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "examples" / "texts"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        sys.exit(f"{folder} holds no .txt file.")
    bare, pipeline = load_english(), load_pipeline()
    words = sum(len(text.split()) for text in texts)
    documents = [Document(f"{n}.txt", text, f"{n:064x}") for n, text in enumerate(texts)]
    clocks = {"wall clock": time.perf_counter, "CPU time": time.process_time}
    spent = {name: {"bare model": 0.0, "whole extraction": 0.0} for name in clocks}
    list(pipeline.annotate(documents[:1]))
    for _ in range(ROUNDS):
        start = {name: clock() for name, clock in clocks.items()}
        for _doc in bare.pipe(texts, batch_size=16):
            pass
        middle = {name: clock() for name, clock in clocks.items()}
        for _found in pipeline.annotate(documents):
            pass
        for name, clock in clocks.items():
            spent[name]["bare model"] += middle[name] - start[name]
            spent[name]["whole extraction"] += clock() - middle[name]
    print(
        f"{len(texts)} texts, {words:,} words, {ROUNDS} rounds; the encoder reads on a second core if there is one"
    )
    for name, seconds in spent.items():
        speeds = ", ".join(f"{part} {words * ROUNDS / value:,.0f} words/s" for part, value in seconds.items())
        print(f"{name:10} {speeds}, ratio {seconds['bare model'] / seconds['whole extraction']:.2f}")


if __name__ == "__main__":
    main()
