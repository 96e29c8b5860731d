"""Gradients from centred differences, to hold an analytic gradient against: ``(f(x + h) - f(x - h)) / 2h``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.types import Array


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
        If x is not float32 or float64: a whole number cannot be moved by h.

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
        If x is not float32 or float64.

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


def rel_error(x: Any, y: Any) -> float:
    """Largest relative error: the maximum of ``|x - y| / max(1e-8, |x| + |y|)``.

    The course's rule of thumb: above 1e-2 the gradient is wrong; up to 1e-4 is fine for a function with kinks;
    up to 1e-7 be happy.

    Examples
    --------
    >>> rel_error(np.array([1.0, 2.0]), np.array([1.0, 2.2])).__round__(6)
    0.047619
    """
    errors = np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))
    return float(np.max(errors, initial=0.0))  # nothing differs in an empty array


def _both_sides(f: Callable[[Array], Any], x: Array, index: tuple[int, ...], h: float) -> Any:
    """``f`` with one element of x moved up, and moved down; then the element is what it was."""
    kept = x[index]
    try:
        x[index] = kept + h
        above = np.array(f(x))  # a copy: f may give x itself, or a view of it
        x[index] = kept - h
        return above, np.array(f(x))
    finally:
        x[index] = kept
