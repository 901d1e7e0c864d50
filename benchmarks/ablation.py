"""What each part of the English extraction brings: the same documents with parts switched off or alone.

    python benchmarks/ablation.py GOLD [--models DIR]

GOLD is a folder of annotated documents that nothing was trained on (NAME.json beside NAME.txt). Parts are switched
off where they are called; the models stay the ones that were trained with all parts on, so a row says what a part
does for the shipped whole, not how well the rest could be trained without it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from triplehelix.extract import coreference, entities, load_pipeline, relations, tagger
from triplehelix.extract.gold import GoldDocument, read_gold
from triplehelix.extract.scoring import Evaluation
from triplehelix.graph.evaluation import evaluate

Switch = tuple[Any, str, Any]


def no_spans(*_: object) -> Iterator[Any]:
    """Nothing found."""
    return iter(())


def frames_only(doc: Any, candidates: Sequence[Any], *_: object) -> Iterator[relations.Scored]:
    """Only what a frame of the ontology states, each with full probability."""
    for pair, _features in candidates:
        for match in pair.frames:
            yield relations.Scored(pair, match.frame.predicate, 1.0)


def as_it_comes(doc: Any, scored: Iterable[Any]) -> Iterator[Any]:
    """Scored pairs without sharing between the members of lists."""
    return iter(scored)


def one_pass(
    layer: str, marginals: Any, biases: Sequence[float] = (tagger.RECALL_BIASES[0],)
) -> Iterator[Any]:
    """Likely spans only, without the second look."""
    return tagger.decode(layer, marginals, biases)


NO_TAGGER: Switch = (entities.MentionFinder, "_tagged", no_spans)
NO_LEXICON: Switch = (entities.MentionFinder, "_named", no_spans)
NO_FORMS: Switch = (entities.MentionFinder, "_by_form", no_spans)
NO_COREFERENCE: tuple[Switch, ...] = (
    (coreference, "expand", lambda *_: None),
    (coreference, "abbreviations", no_spans),
)
ROWS: dict[str, Sequence[Switch]] = {
    "lexicon": (NO_TAGGER, NO_FORMS),
    "lexicon, name forms": (NO_TAGGER,),
    "linear taggers alone": (NO_LEXICON, NO_FORMS, (entities, "ENCODER_SHARE", 0.0)),
    "encoder alone": (NO_LEXICON, NO_FORMS, (entities, "ENCODER_SHARE", 1.0)),
    "taggers and encoder": (NO_LEXICON, NO_FORMS),
    "all, without the encoder for mentions": ((entities, "ENCODER_SHARE", 0.0),),
    "all, without a second look for mentions": ((entities, "decode", one_pass),),
    "all, relations by frames only": ((relations, "judged", frames_only),),
    "all, relations by the linear model only": ((relations, "ENCODER_SHARE", 0.0),),
    "all, relations by the encoder only": ((relations, "ENCODER_SHARE", 1.0),),
    "all, without coordination": ((relations, "distribute", as_it_comes),),
    "all, without short forms and abbreviations": NO_COREFERENCE,
    "all": (),
}


def ablated(golds: Sequence[GoldDocument], models: Path | None, switches: Sequence[Switch]) -> Evaluation:
    """The evaluation with some parts replaced."""
    with ExitStack() as stack:
        for target, name, value in switches:
            stack.enter_context(patch.object(target, name, value))
        return evaluate(golds, load_pipeline(models=models))


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--models", type=Path)
    arguments = parser.parse_args()
    golds = [gold for gold in read_gold(arguments.gold) if gold.language == "en"]
    print(
        "| parts | mentions relaxed | exact | relations P | R | F1 | status |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    for name, switches in ROWS.items():
        found = ablated(golds, arguments.models, switches)
        figures = (
            found.relaxed.f1,
            found.exact.f1,
            found.relations.precision,
            found.relations.recall,
            found.relations.f1,
            found.status_accuracy,
        )
        print(f"| {name} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |", flush=True)


if __name__ == "__main__":
    main()
