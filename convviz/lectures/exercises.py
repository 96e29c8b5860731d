"""Exercises made from a seed. The operations of convviz compute the answers, and what common slips lead to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convviz.lectures.counted import field_of_three, output_size, parameters
from convviz.lectures.exercise import Exercise, Random, exercise
from convviz.ops import conv2d, conv2d_backward, max_pool2d
from convviz.text.i18n import N_, Sentence

LARGEST_SEED = 9999


def exercises(seed: int) -> list[Exercise]:
    """One exercise of each kind, the same for the same seed.

    Examples
    --------
    >>> [exercise.answer for exercise in exercises(0)] == [exercise.answer for exercise in exercises(0)]
    True
    """
    random = np.random.default_rng(seed)
    return [make(random) for make in MAKERS]


def one_value(random: Random) -> Exercise:
    """One cell of a map."""
    x = random.integers(0, 10, (1, 3, 4)).astype(float)
    w = random.integers(-2, 3, (1, 1, 3, 3)).astype(float)
    w[0, 0, 0, 0] = 2  # so that turning it changes something
    b = np.array([float(random.integers(1, 6))])
    answer = float(conv2d(x, w, b)[0, 0, 1])
    turned = float(conv2d(x, w[:, :, ::-1, ::-1].copy(), b)[0, 0, 1])
    return exercise(
        Sentence(
            N_(
                "out = conv(x, w) + b with stride 1, without padding, b = {bias}. What is out[0, 1]?"
            ),
            {"bias": int(b[0])},
        ),
        answer,
        Sentence(
            N_("The nine products of the right window add up to {sum}; with the bias {answer}."),
            {"sum": int(answer - b[0]), "answer": int(answer)},
        ),
        [
            (answer - b[0], Sentence(N_("You forgot the bias."))),
            (
                float(conv2d(x, w, b)[0, 0, 0]),
                Sentence(N_("That is out[0, 0]: the window has not moved yet.")),
            ),
            (turned, Sentence(N_("You turned the kernel. Deep learning does not."))),
        ],
        {"x": x[0], "w": w[0, 0]},
    )


def pooled_value(random: Random) -> Exercise:
    """One cell of a pooled map."""
    x = random.permutation(16).reshape(1, 4, 4).astype(float)
    out = max_pool2d(x, 2)[0]
    answer = float(out[1, 0])
    return exercise(
        Sentence(N_("Max pooling, window 2×2, stride 2. What is out[1, 0]?")),
        answer,
        Sentence(
            N_("The window is rows 2 and 3, columns 0 and 1. Its largest number is {answer}."),
            {"answer": int(answer)},
        ),
        [
            (float(out[0, 1]), Sentence(N_("That is out[0, 1]: the row comes first."))),
            (
                float(x[0, 2:, :2].mean()),
                Sentence(N_("That is the mean. Max pooling keeps the largest.")),
            ),
            (
                float(x[0, 1:3, :2].max()),
                Sentence(N_("The stride is 2: the next window begins at row 2.")),
            ),
        ],
        {"x": x[0]},
    )


def one_gradient(random: Random) -> Exercise:
    """One cell of dx, where four windows meet."""
    w = random.integers(1, 6, (1, 1, 2, 2)).astype(float)
    dout = random.integers(1, 6, (1, 2, 2)).astype(float)
    dx = conv2d_backward(dout, np.zeros((1, 3, 3)), w)[0][0]
    last = float(dout[0, 1, 1] * w[0, 0, 0, 0])
    return exercise(
        Sentence(
            N_("x has 3×3 cells, stride 1, no padding, and this dout arrives. What is dx[1, 1]?")
        ),
        float(dx[1, 1]),
        Sentence(
            N_(
                "All four windows hold the middle cell, each under another weight: {terms} = {answer}."
            ),
            {
                "terms": " + ".join(
                    f"{int(dout[0, i, j])}·{int(w[0, 0, 1 - i, 1 - j])}"
                    for i in (0, 1)
                    for j in (0, 1)
                ),
                "answer": int(dx[1, 1]),
            },
        ),
        [
            (last, Sentence(N_("Each window adds its share: +=, not =."))),
            (
                float((dout[0] * w[0, 0]).sum()),
                Sentence(N_("The first window holds the middle cell under w[1, 1], not w[0, 0].")),
            ),
            (float(dout.sum()), Sentence(N_("You forgot the weights."))),
        ],
        {"w": w[0, 0], "dout": dout[0]},
    )


MAKERS: tuple[Callable[[Random], Exercise], ...] = (
    output_size,
    parameters,
    one_value,
    pooled_value,
    one_gradient,
    field_of_three,
)
