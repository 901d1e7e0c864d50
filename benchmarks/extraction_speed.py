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
    spent = {"bare model": 0.0, "whole extraction": 0.0}
    for _ in range(ROUNDS):
        start = time.process_time()
        for _doc in bare.pipe(texts, batch_size=16):
            pass
        middle = time.process_time()
        for _found in pipeline.annotate(documents):
            pass
        spent["bare model"] += middle - start
        spent["whole extraction"] += time.process_time() - middle
    print(f"{len(texts)} texts, {words:,} words, {ROUNDS} rounds, CPU time")
    for name, seconds in spent.items():
        print(f"{name:18}{words * ROUNDS / seconds:10,.0f} words/s")
    print(f"ratio             {spent['bare model'] / spent['whole extraction']:10.2f}")


if __name__ == "__main__":
    main()
