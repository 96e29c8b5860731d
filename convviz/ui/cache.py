"""What is worth computing once, and how: results are found again by a digest of all their inputs' bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from math import inf
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from convviz.ops.conv import conv2d
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.photos.regions import Region, interesting_region
from convviz.trace import Scene, conv_scene
from convviz.ui.results import Results

ENTRIES = 32
# Of each function. A class looks at the same maps again and again; a stride leaves few cells in most of them.
MAPS, MEGABYTES = 256, 64
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def once(
    entries: int = ENTRIES,
    megabytes: float = inf,
) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Keep a function's latest results for all sessions. Nobody may change them: arrays become read-only.

    Streamlit's caches hash a large array from a sample of its numbers, so two photos that differ in one pixel
    could share a result, and they take longer to look one up. Here the key is a digest of every byte (see
    `digest_of`).

    Parameters
    ----------
    entries
        How many results are kept.
    megabytes
        And how many megabytes, where they are arrays.
    """

    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        kept = Results(entries, megabytes)

        def found(*arguments: Arguments.args, **words: Arguments.kwargs) -> Result:
            def compute() -> Result:
                result = function(*arguments, **words)
                if isinstance(result, np.ndarray):
                    result.flags.writeable = False
                return result

            made: Result = kept.get(digest_of((arguments, words)), compute)
            return made

        found.__doc__ = function.__doc__
        return found

    return decorate


def digest_of(value: object) -> str:
    """A digest that differs where anything in the value does.

    Examples
    --------
    >>> one, other = np.zeros(1_000_000), np.zeros(1_000_000)
    >>> other[12345] = 1
    >>> digest_of(one) == digest_of(other), digest_of((one, 3)) == digest_of((one.copy(), 3))
    (False, True)
    """
    return hashlib.sha256(b"\0".join(_bytes_of(value))).hexdigest()


def _bytes_of(value: Any) -> Iterator[bytes]:
    """What tells a value from others: an array's bytes, a photo's own digest, the parts of all that has parts.

    What comes first says how much follows, so no two values come to the same bytes.
    """
    if isinstance(value, np.ndarray):
        yield f"array {value.dtype}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, str | int | float | None):
        yield repr(value).encode()
    elif isinstance(own := getattr(value, "digest", None), str):
        yield f"digest {own!r}".encode()
    elif isinstance(value, dict):
        yield from _bytes_of([*value.items()])
    elif isinstance(value, list | tuple):
        yield f"parts {len(value)}".encode()
        for each in value:
            yield from _bytes_of(each)
    else:
        assert is_dataclass(value), f"{type(value)} cannot be told apart"
        yield f"class {type(value).__name__}".encode()
        yield from _bytes_of([getattr(value, field.name) for field in fields(value)])


@once()
def most_interesting(photo: Photo, channels: str, rows: int, columns: int) -> Region:
    """The region of the photo whose pixels differ most."""
    return interesting_region(photo.planes(channels), rows, columns)


@once(MAPS, MEGABYTES)
def feature_map(
    photo: Photo, channels: str, weights: Floats, bias: float, spec: Conv2dSpec
) -> Floats:
    """One filter's map of the whole photo, float64 of shape (OH, OW). Weights have shape (C, KH, KW).

    It says what the stepped loop says: where large products cancel, float32 would leave few right digits.
    """
    sums = _sums(photo, channels, weights, spec)
    return sums + bias if bias else sums


@once(MAPS, MEGABYTES)
def _sums(photo: Photo, channels: str, weights: Floats, spec: Conv2dSpec) -> Floats:
    """The map without its bias, so that another bias takes an addition."""
    alike = not photo.signed and bool((weights == weights[0]).all())
    x = _input(photo, channels, added_up=alike)
    values: Floats = conv2d(x, weights[None, : len(x)], **spec.keywords)[0]  # (OH, OW)
    return values


@once(8)
def _input(photo: Photo, channels: str, *, added_up: bool) -> Floats:
    """What a map is the convolution of, (C, H, W); where all channels have the same kernel, their sum, (1, H, W).

    A photo's numbers are whole, so the sum of its channels is exact.
    """
    x = photo.planes(channels)
    return x.sum(axis=0, dtype=np.float64, keepdims=True) if added_up else x.astype(np.float64)


@once()
def filtered_photo(
    photo: Photo, channels: str, kernels: Floats, bias: float, spec: Conv2dSpec
) -> npt.NDArray[np.float32]:
    """The photo with each channel filtered by itself, (OH, OW) in gray or (OH, OW, 3).

    Parameters
    ----------
    photo
        What is filtered.
    channels
        "gray" or "rgb".
    kernels
        Shape (C, KH, KW): one for each channel.
    bias, spec
        As for `feature_map`.
    """
    x = photo.planes(channels).astype(np.float64)
    depthwise = replace(spec, groups=len(x))
    out = conv2d(x, kernels[:, None], np.full(len(x), bias), **depthwise.keywords)  # (C, OH, OW)
    with np.errstate(over="ignore"):
        out = out.astype(np.float32).transpose(1, 2, 0)  # (OH, OW, C)
    return np.ascontiguousarray(out if len(x) > 1 else out[..., 0])


@once()
def region_scene(
    x: Floats, weights: Floats, biases: Floats, spec: Conv2dSpec, rotated: bool
) -> Scene:
    """The stepped loop over the region of every photo in the batch, (N, C, rows, columns)."""
    return conv_scene(x, weights, biases, spec, rotated=rotated)
