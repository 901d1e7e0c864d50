"""Continued pretraining on unannotated texts of the field: hidden words are guessed from their surroundings.

A base whose pretraining saw sentences, not single characters, learns here what characters mean side by side
(Gururangan et al. 2020, "Don't stop pretraining"). Words are hidden whole, as the segmenter sees them (Cui et al.
2019, "Whole word masking for Chinese BERT"), and place and part of speech in the word are guessed beside. Needs the
extra `train`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from .chinese.tokens import load_chinese
from .encoder import windows
from .encoder_bases import MARKS, load_base

log = logging.getLogger(__name__)

SEED = 1
PASSES = 4
WIDTH = 128
"""Pieces of a stretch; all are of one length, so that nothing is filled up."""

BATCH = 20
BODY_RATE, OUTPUT_RATE = 5e-4, 1e-3
WARM_UP = 0.06
HIDDEN = 0.2
"""Share of the words that are to be guessed; of these a tenth each is left as it is or replaced by another."""

WORD_WEIGHT = 0.2
PLACES = "BIES"

Numbers = NDArray[np.int64]


class Stretch(NamedTuple):
    """Pieces in a row: their numbers, the number of the word each is in, and its place and part of speech there."""

    ids: Numbers
    words: Numbers
    kinds: Numbers


class _Guesser(nn.Module):
    """A body with output layers for hidden pieces, whose weights are the embeddings, and for words."""

    def __init__(self, body: BertModel, counts: Numbers, kinds: int) -> None:
        super().__init__()
        width = body.config.hidden_size
        self.body = body
        self.dense = nn.Linear(width, width)
        nn.init.eye_(self.dense.weight)
        self.norm = nn.LayerNorm(width)
        self.words = nn.Linear(width, kinds)
        self.bias = nn.Parameter(torch.from_numpy(np.log((counts + 0.1) / counts.sum())).float())
        self.scale = nn.Parameter(torch.ones(()))
        embeddings = body.embeddings.word_embeddings.weight.detach()
        # Embeddings of this base are small and all point one way: without that, guesses start out alike.
        self.centre, self.gain = embeddings.mean(0), 0.05 / float(embeddings.std())

    def forward(self, ids: torch.Tensor, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of all pieces where `hidden` is true, and of the kinds of word for every piece."""
        states = self.body(inputs_embeds=self.body.embeddings.word_embeddings(ids)).last_hidden_state[:, 1:-1]
        seen = self.norm(nn.functional.gelu(self.dense(states[hidden])))
        table = self.body.embeddings.word_embeddings.weight - self.centre
        return seen @ table.T * self.gain * self.scale + self.bias, self.words(states.flatten(0, 1))


def adapt(language: str, texts: Sequence[str], target: Path) -> None:
    """Train the base of a language on texts and write its weights to the file `target` for `load_base`."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    generator = np.random.default_rng(SEED)
    body, tokenizer, *_ = load_base(language)
    kinds: dict[tuple[str, str], int] = {}
    parts = list(stretches(tokenizer, texts, kinds))
    counts = np.bincount(np.concatenate([s.ids for s in parts]), minlength=body.config.vocab_size)
    guesser = _Guesser(body, counts, len(kinds))
    body.embeddings.word_embeddings.weight.requires_grad_(True)
    optimiser, schedule = _optimiser(guesser, PASSES * (len(parts) // BATCH))
    guesser.train()
    for dropout in (m for m in guesser.modules() if isinstance(m, nn.Dropout)):
        dropout.p = 0.0
    common = np.flatnonzero(counts > 5)
    for number in range(PASSES):
        order = generator.permutation(len(parts))
        losses = []
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = [parts[i] for i in order[start : start + BATCH]]
            loss = _loss(guesser, batch, common, generator)
            loss.backward()
            nn.utils.clip_grad_norm_(guesser.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            losses.append(loss.item())
        log.info("adapting, pass %d of %d: loss %.3f", number + 1, PASSES, np.mean(losses))
    torch.save(body.state_dict(), target)


def stretches(
    tokenizer: Tokenizer, texts: Iterable[str], kinds: dict[tuple[str, str], int]
) -> Iterator[Stretch]:
    """The texts, one behind the other, cut to one length; `kinds` receives the kinds of word met."""
    nlp = load_chinese()
    columns: list[list[int]] = [[], [], []]
    for text in texts:
        doc = nlp(text)
        of_character = np.zeros((len(text), 2), dtype=np.int64)
        for number, word in enumerate(doc._.policy_words, len(columns[1])):
            for token in doc[word.start : word.end]:
                place = PLACES[
                    3
                    if word.end - word.start == 1
                    else 1 + (token.i == word.end - 1) - (token.i == word.start)
                ]
                kind = kinds.setdefault((place, word.tag), len(kinds))
                of_character[token.idx : token.idx + len(token)] = number, kind
        for window in windows(tokenizer, text):
            columns[0] += window.ids
            begins = [begin for begin, _ in window.offsets]
            columns[1] += of_character[begins, 0].tolist()
            columns[2] += of_character[begins, 1].tolist()
    for start in range(0, len(columns[0]) - WIDTH + 1, WIDTH):
        yield Stretch(*(np.array(column[start : start + WIDTH]) for column in columns))


def _optimiser(
    guesser: _Guesser, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    body = [p for p in guesser.body.parameters() if p.requires_grad]
    known = {id(p) for p in body}
    output = [p for p in guesser.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": output, "lr": OUTPUT_RATE}], weight_decay=0.01
    )
    warm = math.ceil(WARM_UP * steps)
    return optimiser, torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.02, (steps - step) / steps)
    )


def _loss(
    guesser: _Guesser, batch: Sequence[Stretch], common: Numbers, generator: np.random.Generator
) -> torch.Tensor:
    ids = np.stack([stretch.ids for stretch in batch])
    seen, hidden = hide(ids, np.stack([stretch.words for stretch in batch]), common, generator)
    first, last = (np.full((len(batch), 1), MARKS.index(mark)) for mark in ("[CLS]", "[SEP]"))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pieces, words = guesser(
            torch.from_numpy(np.concatenate([first, seen, last], axis=1)), torch.from_numpy(hidden)
        )
    kinds = torch.from_numpy(np.concatenate([stretch.kinds for stretch in batch]))
    loss = nn.functional.cross_entropy(pieces.float(), torch.from_numpy(ids[hidden]))
    return loss + WORD_WEIGHT * nn.functional.cross_entropy(words.float(), kinds)


def hide(
    ids: Numbers, words: Numbers, common: Numbers, generator: np.random.Generator
) -> tuple[Numbers, NDArray[np.bool_]]:
    """The pieces with some words hidden, and where: what is unknown stands for what is hidden."""
    numbers = np.unique(words, return_inverse=True)[1].reshape(words.shape)
    chance, way = generator.random((2, numbers.max() + 1))
    hidden = (chance < HIDDEN)[numbers]
    seen = ids.copy()
    seen[hidden & (way < 0.8)[numbers]] = MARKS.index("[UNK]")
    replaced = hidden & (way >= 0.9)[numbers]
    seen[replaced] = generator.choice(common, int(replaced.sum()))
    return seen, hidden
