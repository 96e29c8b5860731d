"""Exercises made from a seed. The operations of convviz compute the answers, and what common slips lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from convviz.ops import conv2d, conv2d_backward, max_pool2d, receptive_field
from convviz.ops.types import Array
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, Sentence

Random = np.random.Generator
Slip = tuple[float, Sentence]
LARGEST_SEED = 9999
ROWS, KERNELS, STRIDES = (28, 32, 64, 96, 128, 224, 227), (3, 5, 7, 11), (1, 2, 3, 4)


@dataclass(frozen=True, eq=False)
class Exercise:
    """A question with one number as its answer.

    Parameters
    ----------
    ask
        The question.
    answer
        The number.
    why
        How it comes about.
    slips
        What a common slip leads to, and what to say then.
    arrays
        Grids of numbers that belong to the question, by their names.
    """

    ask: Sentence
    answer: float
    why: Sentence
    slips: Mapping[float, Sentence]
    arrays: Mapping[str, Array] = field(default_factory=dict)


def exercises(seed: int) -> list[Exercise]:
    """One exercise of each kind, the same for the same seed.

    Examples
    --------
    >>> [exercise.answer for exercise in exercises(0)] == [exercise.answer for exercise in exercises(0)]
    True
    """
    random = np.random.default_rng(seed)
    return [make(random) for make in MAKERS]


def _exercise(
    ask: Sentence,
    answer: float,
    why: Sentence,
    slips: Iterable[Slip],
    arrays: Mapping[str, Array] | None = None,
) -> Exercise:
    """An exercise whose slips are those that lead to another number; of two with the same, the first."""
    kept: dict[float, Sentence] = {}
    for value, said in slips:
        if value != answer:
            kept.setdefault(float(value), said)
    return Exercise(ask, float(answer), why, kept, arrays or {})


def output_size(random: Random) -> Exercise:
    """How many rows a map has."""
    rows, kernel, stride = (int(random.choice(each)) for each in (ROWS, KERNELS, STRIDES))
    padding = int(random.integers(0, kernel // 2 + 1))
    answer = Window2d.make(kernel, stride, padding).output_size((rows, rows))[0]
    span = rows + 2 * padding - kernel
    words = {"rows": rows, "kernel": kernel, "stride": stride, "padding": padding}
    return _exercise(
        Sentence(
            N_(
                "An input of {rows}×{rows}, a kernel of {kernel}×{kernel}, stride {stride}, padding {padding} on "
                "each side. How many rows has the map?"
            ),
            words,
        ),
        answer,
        Sentence(
            N_("⌊({rows} + 2 · {padding} − {kernel}) / {stride}⌋ + 1 = {answer}"),
            {**words, "answer": answer},
        ),
        [
            (answer - 1, Sentence(N_("You forgot to add 1 for the first place of the window."))),
            (
                (rows + padding - kernel) // stride + 1,
                Sentence(N_("Padding on each side counts twice: above and below.")),
            ),
            ((rows - kernel) // stride + 1, Sentence(N_("You forgot the padding."))),
            (span + 1, Sentence(N_("You forgot to divide by the stride."))),
            (-(-span // stride) + 1, Sentence(N_("Round down, not up."))),
            (
                rows // stride,
                Sentence(N_("You divided before you took off the kernel and added the padding.")),
            ),
        ],
    )


def parameters(random: Random) -> Exercise:
    """How many numbers a convolution learns."""
    channels, filters = int(random.choice((3, 16, 64))), int(random.choice((8, 16, 32, 64)))
    kernel = int(random.choice((3, 5, 7)))
    weights = filters * channels * kernel**2
    words = {"channels": channels, "filters": filters, "kernel": kernel}
    return _exercise(
        Sentence(
            N_(
                "A convolution with {filters} filters of {kernel}×{kernel} on {channels} channels, and a bias for "
                "each filter. How many numbers does it learn?"
            ),
            words,
        ),
        weights + filters,
        Sentence(
            N_("{filters} · ({channels} · {kernel} · {kernel} + 1) = {answer}"),
            {**words, "answer": weights + filters},
        ),
        [
            (weights, Sentence(N_("You forgot the biases, one for each filter."))),
            (weights + 1, Sentence(N_("Each filter has a bias of its own."))),
            (
                filters * (kernel**2 + 1),
                Sentence(N_("You forgot the channels: a filter reaches through all of them.")),
            ),
            (
                weights + filters * channels,
                Sentence(N_("A filter has one bias, not one for each channel.")),
            ),
        ],
    )


def one_value(random: Random) -> Exercise:
    """One cell of a map."""
    x = random.integers(0, 10, (1, 3, 4)).astype(float)
    w = random.integers(-2, 3, (1, 1, 3, 3)).astype(float)
    w[0, 0, 0, 0] = 2  # so that turning it changes something
    b = np.array([float(random.integers(1, 6))])
    answer = float(conv2d(x, w, b)[0, 0, 1])
    turned = float(conv2d(x, w[:, :, ::-1, ::-1].copy(), b)[0, 0, 1])
    return _exercise(
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
    return _exercise(
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
    return _exercise(
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


def field_of_three(random: Random) -> Exercise:
    """How much of the input a unit of the third layer sees."""
    layers = [(int(random.choice((3, 5))), int(random.choice((1, 2)))) for _ in range(3)]
    layers[0] = (layers[0][0], 2)  # so that the jump counts
    answer = receptive_field(layers)[-1].receptive_field[0]
    kernels = [kernel for kernel, _ in layers]
    return _exercise(
        Sentence(
            N_(
                "Three layers, kernel and stride: {layers}. How many rows of the input does a unit of the last "
                "one see?"
            ),
            {"layers": ", ".join(f"{kernel}/{stride}" for kernel, stride in layers)},
        ),
        answer,
        Sentence(
            N_("Each layer adds (kernel − 1) times the strides before it: {terms} = {answer}."),
            {
                "terms": f"1 + {kernels[0] - 1} + {kernels[1] - 1}·{layers[0][1]} + "
                f"{kernels[2] - 1}·{layers[0][1] * layers[1][1]}",
                "answer": answer,
            },
        ),
        [
            (
                1 + sum(kernel - 1 for kernel in kernels),
                Sentence(
                    N_("You forgot the strides: after a stride of 2 neighbours are 2 rows apart.")
                ),
            ),
            (sum(kernels), Sentence(N_("The fields of neighbours overlap: add kernel − 1."))),
            (
                int(np.prod(kernels)),
                Sentence(N_("The fields of neighbours overlap: they do not multiply.")),
            ),
        ],
    )


MAKERS: tuple[Callable[[Random], Exercise], ...] = (
    output_size,
    parameters,
    one_value,
    pooled_value,
    one_gradient,
    field_of_three,
)
