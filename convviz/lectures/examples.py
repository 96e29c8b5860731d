"""Examples from courses, books and libraries, each with its source and the answer that is published there.

Where the source has only a rule, or a program, the answer is what that gives, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from convviz.ops.types import Floats
from convviz.text.i18n import N_
from convviz.text.rows import read_rows

PUBLISHED, FOLLOWS, COMPUTED = (
    N_("Published: {answer}"),
    N_("By that rule: {answer}"),
    N_("PyTorch: {answer}"),
)
STEPS = "Step through the loop"
SIXTEEN = "1 2 3 4;5 6 7 8;9 10 11 12;13 14 15 16"
ONES = "1 1 1;1 1 1;1 1 1"


@dataclass(frozen=True)
class Example:
    """A view that a link opens."""

    name: str  # what its input is called
    source: str  # where it is published
    page: str  # folder of its page
    x: str  # the input, as a link has it: see `convviz.text.rows`
    published: Mapping[str, str]  # the answer: arrays by their names, with a plane for each filter
    weights: tuple[str, ...] = ()  # of each filter
    bias: str = ""  # of each filter, separated by spaces
    settings: Mapping[str, str] = field(default_factory=dict)  # what the link says besides
    stated: str = PUBLISHED  # how the source has the answer

    @property
    def query(self) -> dict[str, list[str]]:
        """What the link says."""
        said = {"image": [self.name], "numbers": [f"{self.name}={self.x}"]}
        if self.weights:
            kernel = str(read_rows(self.weights[0]).shape[-1])
            said |= {"filter": ["Custom"], "weights": ["~".join(self.weights)], "kernel": [kernel]}
        if more := len(self.weights) - 1:
            said["more"] = ["Custom"] * max(0, more)
        if self.bias:
            said["bias"] = [self.bias]
        return {key: each for key, each in said.items() if each} | {
            key: [value] for key, value in self.settings.items()
        }

    @property
    def answer(self) -> dict[str, Floats]:
        """The published arrays."""
        return {name: read_rows(text) for name, text in self.published.items()}

    def is_answered_by(self, ours: Mapping[str, Floats]) -> bool:
        """Whether these arrays, with as many numbers each, are the published ones."""
        return all(
            name in ours
            and ours[name].size == each.size
            and np.allclose(ours[name].ravel(), each.ravel(), rtol=0, atol=1e-9)
            for name, each in self.answer.items()
        )


EXAMPLES = (
    Example(
        N_("CS231n demo"),
        N_(
            "CS231n, Convolutional Networks: its moving demo, which draws other numbers at each visit, as it "
            "was once copied with its answer"
        ),
        "convolve",
        "2 2 2 2 0;1 2 1 1 1;2 1 1 1 2;2 0 2 2 0;2 0 2 0 2|1 1 0 2 2;2 1 1 0 0;0 0 1 1 0;2 0 0 0 0;1 0 0 2 0"
        "|0 2 0 1 2;2 1 1 2 1;0 2 1 0 2;2 2 2 1 0;2 2 2 2 0",
        {"out": "1 -4 -1;-4 -4 -4;-2 -4 3|0 0 -3;0 -1 -2;1 1 2"},
        (
            "0 -1 -1;-1 0 0;-1 -1 0|-1 0 -1;0 1 -1;-1 -1 0|0 0 -1;1 0 0;-1 1 1",
            "1 1 0;0 -1 1;-1 -1 0|0 1 -1;0 -1 -1;1 0 0|0 -1 -1;1 1 1;-1 0 1",
        ),
        "1 0",
        {"stride": "2", "pad": "1", "view": STEPS, "whole": "true"},
    ),
    Example(
        N_("Convolution arithmetic, stride 2"),
        N_(
            "Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), figure 1.2"
        ),
        "convolve",
        "3 3 2 1 0;0 0 1 3 1;3 1 2 2 3;2 0 0 2 2;2 0 0 0 1",
        {"out": "6 17 3;8 17 13;6 4 4"},
        ("0 1 2;2 2 0;0 1 2",),
        settings={"stride": "2", "pad": "1", "view": STEPS},
    ),
    Example(
        N_("D2L cross-correlation"),
        N_("Dive into Deep Learning, section 7.2: the cross-correlation operation"),
        "convolve",
        "0 1 2;3 4 5;6 7 8",
        {"out": "19 25;37 43"},
        ("0 1;2 3",),
        settings={"padding": "Valid", "view": STEPS},
    ),
    Example(
        N_("Keras SAME, stride 2"),
        N_(
            "TensorFlow, tf.nn, Notes on padding: SAME puts no zeros above and on the left here, and one row and "
            "column below and on the right"
        ),
        "convolve",
        SIXTEEN,
        {"out": "54 45;72 54"},
        (ONES,),
        settings={"padding": "Same", "stride": "2", "view": STEPS},
        stated=FOLLOWS,
    ),
    Example(
        N_("Ties of a maximum"),
        N_(
            "PyTorch's forum, thread 162390: of four equal numbers max_pool2d returns the index 0, so the first "
            "gets the gradient"
        ),
        "pooling",
        "1 1;1 1",
        {"dx": "1 0;0 0"},
        settings={"view": "Backward", "ties": "First"},
        stated=FOLLOWS,
    ),
    Example(
        N_("Negative numbers, backwards"),
        N_("A worked exercise, computed by PyTorch 2.13: autograd of conv2d"),
        "backward",
        "1 -3 1;-3 -2 -2;-3 2 -2",
        {"dw": "8 -8;5 2", "db": "-1", "dx": "-2 4 6;-2 3 1;0 -2 -1"},
        ("-2 -2;-2 -1",),
        "-3",
        {"padding": "Valid", "dout": "Typed", "gradient": "1 -3;0 1"},
        stated=COMPUTED,
    ),
)
