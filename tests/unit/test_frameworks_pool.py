"""What other libraries give for a pooling: known values of each of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from convviz.ops.frameworks import DOES_NOT_FIT, Answer
from convviz.ops.frameworks_pool import OUTSIDE, pool_elsewhere
from convviz.ops.spec import PoolSpec

LIBRARIES = ["PyTorch", "up", "SAME", "VALID", "Caffe"]


def asked(x: object, kind: str, spec: PoolSpec, *, counted: bool = True) -> dict[str, Answer]:
    answers = pool_elsewhere(np.array(x, dtype=float)[None], kind, spec, counted)
    return dict(zip(LIBRARIES, answers, strict=True))


def size(answer: Answer) -> tuple[int, ...]:
    assert answer.out is not None
    return answer.out.shape[1:]


@pytest.mark.parametrize(
    ("side", "kernel", "stride", "padding", "down", "up"),
    [(32, 1, 2, 0, 16, 16), (5, 2, 2, 1, 3, 3), (5, 3, 3, 1, 2, 2), (112, 3, 2, 0, 55, 56)],
)
def test_the_sizes_of_both_ways_to_round(side, kernel, stride, padding, down, up) -> None:
    answers = asked(np.ones((side, side)), "max", PoolSpec.make(kernel, stride, padding))
    assert size(answers["PyTorch"]) == (down, down)
    assert size(answers["up"]) == (up, up)
    if side != 32:  # there Caffe has a window that reads nothing: it drops none without padding
        assert size(answers["Caffe"]) == (up, up)


def test_a_mean_divides_by_other_counts() -> None:
    """Padding counts in Caffe and by default in PyTorch, never in Keras."""
    answers = asked([[1, 2], [3, 4]], "average", PoolSpec.make(3, 1, 1))
    first = {
        name: answer.out[0, 0, 0] for name, answer in answers.items() if answer.out is not None
    }
    assert first["PyTorch"] == first["Caffe"] == pytest.approx(10 / 9)
    assert first["SAME"] == 2.5
    assert answers["VALID"].refused == DOES_NOT_FIT


def _caffe(x, kernel, stride, pad, kind):
    """Caffe's own loop over windows, along its published source; None where a window is empty."""
    height = x.shape[0]
    out = -(-(height + 2 * pad - kernel) // stride) + 1
    if pad and (out - 1) * stride >= height + pad:
        out -= 1
    made = np.empty((out, out))
    for i, j in np.ndindex(out, out):
        ends = [(at * stride - pad, min(at * stride - pad + kernel, height + pad)) for at in (i, j)]
        count = (ends[0][1] - ends[0][0]) * (ends[1][1] - ends[1][0])
        rows, columns = (slice(max(a, 0), min(b, height)) for a, b in ends)
        window = x[rows, columns]
        if not window.size:
            return None
        made[i, j] = window.max() if kind == "max" else window.sum() / count
    return made


@pytest.mark.parametrize("kind", ["max", "average"])
def test_caffe_is_what_its_source_computes(kind: str) -> None:
    for side, kernel, stride, pad in itertools.product(
        range(3, 9), (1, 2, 3), (1, 2, 3, 4), (0, 1)
    ):
        if pad > kernel // 2:
            continue
        x = np.random.default_rng(side).normal(size=(side, side))
        answer = asked(x, kind, PoolSpec.make(kernel, stride, pad))["Caffe"]
        expected = _caffe(x, kernel, stride, pad, kind)
        if expected is None:
            assert answer.refused == OUTSIDE
        else:
            np.testing.assert_allclose(answer.out[0], expected, atol=1e-12)


def test_which_cells_differ() -> None:
    answers = asked(np.arange(9).reshape(3, 3), "max", PoolSpec.make(2))
    shown = answers["PyTorch"].out
    assert answers["up"].differing(shown)[0].tolist() == [[False, True], [True, True]]
