"""Exercises in which one counts: rows of a map, numbers to learn, rows that a unit sees."""

from __future__ import annotations

import numpy as np

from convviz.lectures.exercise import Exercise, Random, exercise
from convviz.ops import receptive_field
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, Sentence

ROWS, KERNELS, STRIDES = (28, 32, 64, 96, 128, 224, 227), (3, 5, 7, 11), (1, 2, 3, 4)


def output_size(random: Random) -> Exercise:
    """How many rows a map has."""
    rows, kernel, stride = (int(random.choice(each)) for each in (ROWS, KERNELS, STRIDES))
    padding = int(random.integers(0, kernel // 2 + 1))
    answer = Window2d.make(kernel, stride, padding).output_size((rows, rows))[0]
    span = rows + 2 * padding - kernel
    words = {"rows": rows, "kernel": kernel, "stride": stride, "padding": padding}
    return exercise(
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
    return exercise(
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


def field_of_three(random: Random) -> Exercise:
    """How much of the input a unit of the third layer sees."""
    layers = [(int(random.choice((3, 5))), int(random.choice((1, 2)))) for _ in range(3)]
    layers[0] = (layers[0][0], 2)  # so that the jump counts
    answer = receptive_field(layers)[-1].receptive_field[0]
    kernels = [kernel for kernel, _ in layers]
    return exercise(
        Sentence(
            N_(
                "Three layers have the kernels {kernels} and the strides {strides}, in this order. How many rows "
                "of the input does a unit of the last one see?"
            ),
            {
                "kernels": ", ".join(f"{kernel}×{kernel}" for kernel in kernels),
                "strides": ", ".join(str(stride) for _, stride in layers),
            },
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
