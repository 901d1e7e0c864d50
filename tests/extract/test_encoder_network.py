"""The network in training: the loss of chains of labels, against counting every path."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from triplehelix.extract.encoder_network import chain_loss  # noqa: E402

LENGTHS = (4, 1, 3)


def test_the_loss_of_chains_is_that_of_their_labels_among_all_paths() -> None:
    generator = torch.Generator().manual_seed(0)
    scores = torch.randn((sum(LENGTHS), 3), generator=generator)
    transitions = torch.randn((3, 3), generator=generator)
    wanted = torch.randint(3, (sum(LENGTHS),), generator=generator)
    first = torch.zeros(sum(LENGTHS), dtype=torch.bool)
    expected, start = 0.0, 0
    for length in LENGTHS:
        first[start] = True
        chain = scores[start : start + length]

        def weight(path: tuple[int, ...], chain: object = chain) -> float:
            own = sum(chain[i, label].item() for i, label in enumerate(path))  # type: ignore[index]
            return own + sum(transitions[a, b].item() for a, b in pairwise(path))

        paths = torch.tensor([weight(path) for path in product(range(3), repeat=length)])
        right = weight(tuple(wanted[start : start + length].tolist()))
        expected += torch.logsumexp(paths, 0).item() - right
        start += length
    assert chain_loss(scores, transitions, wanted, first).item() == pytest.approx(expected, abs=1e-4)


def test_a_single_piece_is_a_chain() -> None:
    loss = chain_loss(torch.zeros(1, 4), torch.ones(4, 4), torch.tensor([2]), torch.tensor([True]))
    assert loss.item() == pytest.approx(torch.tensor(4.0).log().item())
