"""The largest number of filters, stages and taps: what fits on a screen, and what a link may ask for."""

from __future__ import annotations

from convviz.ops.errors import SpecError, require_int

Rows = tuple[tuple[float, ...], ...]
MOST_FILTERS, MOST_GIVEN = 16, 64  # that are made or chosen here, and that are brought as an array
# Of all maps of one image: 42 MB, 16 maps of a photo with the most padding.
MOST_CELLS = 16 * 576 * 576
LARGEST_KERNEL = 15
MOST_STAGES = 8
LARGEST_WEIGHT = 1e6


def check_count(count: int, most: int = MOST_FILTERS) -> None:
    """Refuse a bank without filters, or with more than can be told apart on a screen."""
    require_int("filters", count, least=1)
    if count > most:
        raise SpecError(
            "filters",
            count,
            most,
            "{value} filters do not fit side by side",
            "use at most {limit}",
        )


def check_maps(filters: int, height: int, width: int) -> None:
    """Refuse maps that hold more numbers in all than are kept of one image."""
    if filters * height * width > MOST_CELLS:
        raise SpecError(
            "filters",
            filters,
            MOST_CELLS // (height * width),
            "{value} maps of {height}×{width} are more numbers than convviz keeps of an image",
            "use a larger stride, or cut the images square and smaller",
            height=height,
            width=width,
        )


def check_size(size: int) -> None:
    """Refuse a kernel side that is no whole number from 1 to `LARGEST_KERNEL`."""
    require_int("kernel", size, least=1)
    if size > LARGEST_KERNEL:
        raise SpecError(
            "kernel", size, LARGEST_KERNEL, "kernel {value} is too large", "use at most {limit}"
        )


def check_rows(rows: Rows) -> None:
    """Refuse a typed kernel that is no rectangle of finite numbers."""
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise SpecError(
            "filter",
            rows,
            "rows of equal length",
            "a typed filter is not a rectangle of numbers",
            "write rows of equal length, such as 0 -1 0; -1 5 -1; 0 -1 0",
        )
    check_size(max(len(rows), len(rows[0])))
    check_numbers("filter", tuple(number for row in rows for number in row))


def check_numbers(name: str, numbers: tuple[float, ...]) -> None:
    """Refuse numbers that are not finite, or so large that their sums would not be."""
    worst = max(numbers, key=abs)
    if not abs(worst) <= LARGEST_WEIGHT:  # NaN is not
        raise SpecError(
            name,
            worst,
            LARGEST_WEIGHT,
            "{argument} {value} is out of range",
            "use numbers from −{limit:.0f} to {limit:.0f}",
        )
