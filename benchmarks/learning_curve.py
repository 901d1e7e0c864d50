"""How much more annotated documents would help: models trained on a quarter, a half … of them, on the same others.

    python benchmarks/learning_curve.py GOLD --dev DEV [--parts 4] [--seed 1]

GOLD and DEV are folders of annotated documents (NAME.json beside NAME.txt). Each part holds the one before. Every
part is trained as `triplehelix train` does it, so that the whole takes about two and a half times as long.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from triplehelix.errors import TripleHelixError
from triplehelix.extract import load_pipeline
from triplehelix.extract.gold import GoldDocument, read_gold
from triplehelix.extract.scoring import Evaluation
from triplehelix.extract.training import train_folder
from triplehelix.graph.evaluation import evaluate


def curve(
    folder: Path, dev: Sequence[GoldDocument], *, parts: int = 4, seed: int = 1
) -> Iterator[tuple[int, int, Evaluation, float]]:
    """For each part of the documents: how many they are, with how many relations, the evaluation, the seconds."""
    golds = [gold for gold in read_gold(folder) if gold.language == "en"]
    random.Random(seed).shuffle(golds)
    for part in range(1, parts + 1):
        chosen = golds[: round(len(golds) * part / parts)]
        with TemporaryDirectory() as place:
            source, models = Path(place, "gold"), Path(place, "models")
            copy_documents(folder, chosen, source)
            start = time.monotonic()
            train_folder(source, models)
            seconds = time.monotonic() - start
            evaluation = evaluate(dev, load_pipeline(models=models))
        yield len(chosen), sum(len(gold.relations) for gold in chosen), evaluation, seconds


def copy_documents(folder: Path, golds: Sequence[GoldDocument], target: Path) -> None:
    """Copy annotated documents with their texts to a new folder."""
    target.mkdir()
    for gold in golds:
        path = folder / f"{gold.name}.json"
        text = json.loads(path.read_text(encoding="utf-8"))["doc"]
        shutil.copyfile(path, target / path.name)
        shutil.copyfile(folder / text, target / text)


def main() -> None:
    """Print the curve as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print("| documents | relations | mentions, relaxed | mentions, exact | relations F1 | status | seconds |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    try:
        dev = [gold for gold in read_gold(args.dev) if gold.language == "en"]
        for number, relations, found, seconds in curve(args.gold, dev, parts=args.parts, seed=args.seed):
            shares = (found.relaxed.f1, found.exact.f1, found.relations.f1, found.status_accuracy)
            figures = " | ".join(f"{share:.3f}" for share in shares)
            print(f"| {number} | {relations:,} | {figures} | {seconds:,.0f} |", flush=True)
    except TripleHelixError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
