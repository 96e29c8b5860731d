"""Gradients from centred differences, to hold an analytic gradient against: ``(f(x + h) - f(x - h)) / 2h``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import randrange
from typing import Any, Protocol

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.types import Array


class Blob(Protocol):
    """Numbers and their gradient, as the course's first networks kept them."""

    vals: Array
    diffs: Array


def eval_numerical_gradient(
    f: Callable[[Array], float], x: Array, verbose: bool = True, h: float = 1e-5
) -> Array:
    """Gradient of a function that gives one number.

    Parameters
    ----------
    f
        Takes `x` and gives a number. It may read the array from elsewhere instead: each element of `x` itself
        is moved, and put back.
    x
        Where the gradient is taken, float64: in float32 the differences drown in rounding.
    verbose
        Print each element's gradient, as the course does.
    h
        How far each element is moved.

    Returns
    -------
    ndarray
        Of the shape and dtype of x.

    Raises
    ------
    TypeError
        If x is not float32 or float64: a whole number cannot be moved by h; or if f gives no array, but None or a
        tuple.

    Examples
    --------
    >>> x = np.array([1.0, 2.0, 3.0])
    >>> eval_numerical_gradient(lambda x: (x**2).sum(), x, verbose=False).round(6)
    array([2., 4., 6.])
    """
    check_dtypes(x=x)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above, below = _both_sides(f, x, index, h)
        grad[index] = (above - below) / (2 * h)
        if verbose:
            print(index, grad[index])
    return grad


def eval_numerical_gradient_array(
    f: Callable[[Array], Array], x: Array, df: Array, h: float = 1e-5
) -> Array:
    """Gradient of a function that gives an array, for a gradient `df` with respect to that array.

    Parameters
    ----------
    f
        Takes `x` and gives an array of the shape of `df`.
    x, h
        As for `eval_numerical_gradient`.
    df
        Gradient of the loss with respect to what `f` gives.

    Returns
    -------
    ndarray
        Gradient of the loss with respect to x, of its shape and dtype.

    Raises
    ------
    SpecError
        If `df` has another shape than what `f` gives.
    TypeError
        As for `eval_numerical_gradient`.

    Examples
    --------
    >>> x, dout = np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0, 100.0])
    >>> eval_numerical_gradient_array(lambda x: x**2, x, dout).round(4)
    array([  2.,  40., 600.])
    """
    check_dtypes(x=x)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above, below = _both_sides(f, x, index, h)
        if above.shape != np.shape(df):
            raise SpecError(
                "df",
                np.shape(df),
                above.shape,
                "df has shape {value} but f gives {limit}",
                "use a gradient of the output's shape",
            )
        grad[index] = ((above - below) * df).sum() / (2 * h)
    return grad


def eval_numerical_gradient_blobs(
    f: Callable[..., Any], inputs: Sequence[Blob], output: Blob, h: float = 1e-5
) -> list[Array]:
    """Gradients of a function that reads blobs and writes into another: one gradient for each input.

    Parameters
    ----------
    f
        Is called as ``f(*inputs, output)`` and writes into ``output.vals``.
    inputs
        Blobs whose ``vals`` are moved, and put back.
    output
        Its ``diffs`` hold the gradient of the loss with respect to its ``vals``.
    h
        How far each element is moved.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> x = SimpleNamespace(vals=np.array([1.0, 2.0]), diffs=np.zeros(2))
    >>> out = SimpleNamespace(vals=np.zeros(2), diffs=np.array([1.0, 10.0]))
    >>> def square(x, out):
    ...     out.vals[:] = x.vals**2
    >>> eval_numerical_gradient_blobs(square, (x,), out)[0].round(6)
    array([ 2., 40.])
    """

    def written(_: Array) -> Array:
        f(*inputs, output)
        return output.vals

    return [eval_numerical_gradient_array(written, blob.vals, output.diffs, h) for blob in inputs]


def eval_numerical_gradient_net(
    net: Any, inputs: Sequence[Blob], output: Blob, h: float = 1e-5
) -> list[Array]:
    """`eval_numerical_gradient_blobs` of a network whose ``forward()`` reads and writes the blobs.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> x = SimpleNamespace(vals=np.array([3.0]), diffs=np.zeros(1))
    >>> out = SimpleNamespace(vals=np.zeros(1), diffs=np.ones(1))
    >>> net = SimpleNamespace(forward=lambda: np.multiply(x.vals, x.vals, out=out.vals))
    >>> eval_numerical_gradient_net(net, [x], out)[0].round(6)
    array([6.])
    """
    return eval_numerical_gradient_blobs(lambda *_: net.forward(), inputs, output, h)


def grad_check_sparse(
    f: Callable[[Array], float],
    x: Array,
    analytic_grad: Array,
    num_checks: int = 10,
    h: float = 1e-5,
) -> None:
    """Print the numeric and the analytic gradient at random elements, and their relative error.

    Parameters
    ----------
    f, x, h
        As for `eval_numerical_gradient`.
    analytic_grad
        The gradient to check, of the shape of x.
    num_checks
        How many elements; they are drawn by Python's `random`.

    Raises
    ------
    SpecError
        If `analytic_grad` has another shape than x.
    TypeError
        As for `eval_numerical_gradient`, or if `analytic_grad` is None.

    Examples
    --------
    >>> grad_check_sparse(lambda x: (x**2).sum(), np.array([3.0]), np.array([6.0]), num_checks=1, h=0.5)
    numerical: 6.000000 analytic: 6.000000, relative error: 0.000000e+00
    """
    check_dtypes(x=x)
    _check_made(analytic_grad=analytic_grad)
    if np.shape(analytic_grad) != x.shape:
        raise SpecError(
            "analytic_grad",
            np.shape(analytic_grad),
            x.shape,
            "analytic_grad has shape {value} but x has {limit}",
            "use the gradient with respect to x",
        )
    for _ in range(num_checks):
        index = tuple(randrange(length) for length in x.shape)
        above, below = _both_sides(f, x, index, h)
        numeric, analytic = float((above - below) / (2 * h)), float(analytic_grad[index])
        size = abs(numeric) + abs(analytic)
        error = abs(numeric - analytic) / size if size else 0.0  # two zeros agree
        print(
            f"numerical: {numeric:f} analytic: {analytic:f}, relative error: {error:e}",
        )


def rel_error(x: Any, y: Any) -> float:
    """Largest relative error: the maximum of ``|x - y| / max(1e-8, |x| + |y|)``.

    The course's rule of thumb: above 1e-2 the gradient is wrong; up to 1e-4 is fine for a function with kinks;
    up to 1e-7 be happy.

    Raises
    ------
    SpecError
        If the two have different shapes.
    TypeError
        If one of them is None, as what a function gives that forgets to return.

    Examples
    --------
    >>> rel_error(np.array([1.0, 2.0]), np.array([1.0, 2.2])).__round__(6)
    0.047619
    >>> rel_error(np.zeros((2, 3, 0, 0)), np.ones((2, 3, 1, 1)))
    Traceback (most recent call last):
        ...
    convviz.ops.errors.SpecError: x has shape (2, 3, 0, 0) but y has (2, 3, 1, 1): compare arrays of one shape
    """
    _check_made(x=x, y=y)
    if np.shape(x) != np.shape(y):
        raise SpecError(
            "x",
            np.shape(x),
            np.shape(y),
            "x has shape {value} but y has {limit}",
            "compare arrays of one shape",
        )
    errors = np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))
    return float(np.max(errors, initial=0.0))  # nothing differs in an empty array


def _check_made(**results: Any) -> None:
    for name, result in results.items():
        if result is None:
            raise TypeError(f"{name} is None: let the function that made it return its result")


def _both_sides(f: Callable[[Array], Any], x: Array, index: tuple[int, ...], h: float) -> Any:
    """``f`` with one element of x moved up, and moved down; then the element is what it was."""
    kept = x[index]
    try:
        x[index] = kept + h
        above = _given(f(x))
        x[index] = kept - h
        return above, _given(f(x))
    finally:
        x[index] = kept


def _given(out: Any) -> Array:
    """A copy of what a function gives: it may be x itself, or a view of it."""
    if out is None:
        raise TypeError("f gives None: let it return the output")
    if isinstance(out, tuple):
        raise TypeError(f"f gives {len(out)} things: take the output alone, such as f(x)[0]")
    return np.array(out)
