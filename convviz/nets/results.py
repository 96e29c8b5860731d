"""What a trained network does: its probabilities, its mistakes, and which pixels it looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.nets.data.dataset import Dataset, Split
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.ops.layers import softmax, softmax_loss
from convviz.ops.types import Array

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Results:
    """How a network did on a split."""

    scores: Array  # (N, classes)
    labels: Ints  # the right classes, (N,)

    @property
    def predicted(self) -> Ints:
        """The class with the largest score, (N,)."""
        return np.asarray(self.scores.argmax(axis=1))

    @property
    def accuracy(self) -> float:
        """Share predicted rightly."""
        return float((self.predicted == self.labels).mean())

    @property
    def confusion(self) -> Ints:
        """How many images of class i were taken for class j, (classes, classes).

        Examples
        --------
        >>> scores = np.array([[2.0, 1], [0, 3], [5, 4]])
        >>> Results(scores, np.array([0, 1, 1])).confusion
        array([[1, 0],
               [1, 1]])
        >>> Results(np.eye(3)[:1], np.array([0])).confusion.tolist()  # of the others there is none
        [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
        """
        classes = self.scores.shape[1]
        flat = np.bincount(self.labels * classes + self.predicted, minlength=classes**2)
        return np.asarray(flat.reshape(classes, classes))

    def worst(self, count: int) -> list[int]:
        """The images taken for another class with the greatest loss, worst first.

        Examples
        --------
        >>> scores = np.array([[2.0, 1], [0, 3], [5, 4]])
        >>> Results(scores, np.array([1, 0, 0])).worst(5)
        [1, 0]
        """
        rows = np.arange(len(self.labels))
        right = softmax(self.scores.astype(np.float64))[rows, self.labels]
        losses = -np.log(np.maximum(right, np.finfo(np.float64).tiny))
        wrong = np.flatnonzero(self.predicted != self.labels)
        return [int(row) for row in wrong[np.argsort(-losses[wrong], kind="stable")][:count]]


def evaluate(net: Sequential, data: Dataset, split: Split) -> Results:
    """Scores of every image of a split, and the right classes."""
    return Results(net.scores(data.inputs(split.images, net.dtype)), split.labels)


def saliency(net: Sequential, x: Array, label: int) -> Array:
    """How much each pixel changes a class's score: the largest absolute gradient of its channels.

    Parameters
    ----------
    net
        The network.
    x
        One input, (C, H, W).
    label
        The class whose score is asked about.

    Returns
    -------
    ndarray
        (H, W).

    Notes
    -----
    Source: Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013.
    """
    run = net.run(x[None])
    dscores = np.zeros_like(run.scores)
    dscores[0, label] = 1
    dx, _ = net.backward(run, dscores)
    return np.asarray(np.abs(dx[0]).max(axis=0))  # (H, W)


def gradient_at(net: Sequential, run: Run, layer: int, label: int) -> Array:
    """Gradient of the loss with respect to a layer's output, for a run of one input whose class is `label`.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("affine4 affine10"), (1, 2, 2))
    >>> gradient_at(net, net.run(np.zeros((1, 1, 2, 2), dtype=np.float32)), 1, 3)[0, 2:5]
    array([ 0.1, -0.9,  0.1], dtype=float32)
    """
    _, dout = softmax_loss(run.scores, np.array([label]))
    for k in range(len(net.layers) - 1, layer, -1):
        dout, _ = net.layers[k].backward(dout, run.caches[k])
    return dout


def filter_grid(w: Array) -> npt.NDArray[np.uint8]:
    """Filters as one picture, each stretched by itself from 0 (its minimum) to 255 (its maximum).

    Parameters
    ----------
    w
        Filters, (F, C, KH, KW). Three channels are shown as colours; of any other number, the mean
        is shown in gray.

    Returns
    -------
    ndarray
        uint8, (rows, columns, 3): a square grid with a line of one pixel between filters.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``visualize_grid``. There a filter of equal numbers becomes NaN; here it
    is black.

    Examples
    --------
    >>> filter_grid(np.zeros((32, 3, 7, 7))).shape
    (47, 47, 3)
    """
    count, channels, height, width = w.shape
    side = int(np.ceil(np.sqrt(count)))
    if channels != 3:
        w = np.repeat(w.mean(axis=1, keepdims=True), 3, axis=1)  # (F, 3, KH, KW)
    rows = int(np.ceil(count / side))
    grid = np.zeros((rows * (height + 1) - 1, side * (width + 1) - 1, 3), dtype=np.uint8)
    for k, filter_ in enumerate(w):
        low, high = float(filter_.min()), float(filter_.max())
        scaled = (filter_ - low) * (255 / (high - low) if high > low else 0)
        top, left = (k // side) * (height + 1), (k % side) * (width + 1)
        grid[top : top + height, left : left + width] = scaled.transpose(1, 2, 0)
    return grid
