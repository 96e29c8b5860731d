"""Numbers as text: one rule in the browser's language and in Python's."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from convviz.browser.bundle import bundle
from convviz.ops import filters
from convviz.text.prose import cell_number, number
from tests.e2e.helpers import App
from tests.e2e.test_loops import AT, region

TABLE = (
    *(
        0.0,
        -0.0,
        1.0,
        -7.0,
        255.0,
        99999.0,
        123456.0,
        999999.0,
        1e6,
        1234567.0,
        2.0**53,
        1e15,
        1e22,
    ),
    *(0.5, -0.5, 1 / 3, 2 / 3, 0.0625, 0.0133, 0.0099999, 0.00429, 0.001, 0.00099999, 0.00042),
    *(1e-4, 9.9999999e-5, 1.2345e-5, 1e-7, -1e-7, 3e-310, 5e-324, 1.7e308),
    *(0.125, 1.125, 2.5, 12345.25, 0.12345650, 99999.5, 999999.7, 9.995, 99.95, 999.5),
    *(314.3826, 225.6849, 12345.678, 3111110.856, -3041.0, 103.6882, 1e5 + 0.4, 123456.789),
    *(float("inf"), float("-inf"), float("nan"), 0.1 + 0.2, 1 - 1e-16, 2.8e-14),
)


FORMAT = bundle("browser/shared/format.js")
READ = f"{FORMAT}; const read = numberIn(text); return Number.isNaN(read) ? null : read;"


def drawn() -> list[float]:
    """Numbers of every size, and halves, which are rounded one way or the other."""
    random.seed(11)
    sizes = [random.uniform(-1, 1) * 10 ** random.randint(-9, 17) for _ in range(400)]
    return sizes + [random.randint(-9999, 9999) / 2 ** random.randint(1, 12) for _ in range(400)]


@pytest.fixture
def blank(new_page: Callable[..., Page]) -> Page:
    return new_page()


def in_the_browser(blank: Page, numbers: list[float]) -> list[list[str]]:
    """Each as numberText of six, four and two digits and as cellText says it."""
    both = """value => [numberText(value), numberText(value, 4), numberText(value, 2), cellText(value)]"""
    script = f"{FORMAT}; return numbers.map({both});"
    said: list[list[str]] = blank.evaluate(f"(numbers) => {{ {script} }}", numbers)
    return said


def in_python(value: float) -> list[str]:
    return [number(value), number(value, 4), number(value, 2), cell_number(value)]


def test_python_and_the_browser_write_the_same_text(blank: Page) -> None:
    numbers = [*TABLE, *drawn()]
    said = in_the_browser(blank, numbers)
    different = [
        (value, there, in_python(value))
        for value, there in zip(numbers, said, strict=True)
        if there != in_python(value)
    ]
    assert different == []


def test_no_text_says_zero_of_another_number_or_invents_a_digit(blank: Page) -> None:
    """Whole digits are the number's own; what is left out is less than half of the last digit shown."""
    numbers = [value for value in [*TABLE, *drawn()] if abs(value) < 1e300 and abs(value) > 1e-300]
    for value, texts in zip(numbers, in_the_browser(blank, numbers), strict=True):
        for text, share in zip(texts, (5e-6, 5e-4, 5e-2, 5e-2), strict=True):
            said = float(text.replace("−", "-"))
            assert said != 0
            assert abs(said - value) <= share * abs(value)
            if 1 <= abs(value) < 1e6:
                assert abs(said - value) <= 0.5
            if abs(value) < 1e-3:
                assert len(texts[3]) <= len("−1.2e−10")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("−0,5", -0.5), (" 1/9 ", 1 / 9), ("1e-3", 1e-3), ("0,125", 0.125), ("8192", 8192), ("−0", 0)],
)
def test_a_typed_number_is_read_as_it_is_meant(blank: Page, typed: str, meant: float) -> None:
    assert blank.evaluate(f"(text) => {{ {READ} }}", typed) == meant


@pytest.mark.parametrize("typed", ["8,192", "-1,000", "0x10", "", " ", "1/2/3", "two", "1 2"])
def test_a_text_that_two_readers_may_take_for_two_numbers_is_none(blank: Page, typed: str) -> None:
    """8,192 is 8192 to one and 8.192 to the other; a box asks for a text that all read alike."""
    assert blank.evaluate(f"(text) => {{ {READ} }}", typed) is None


def test_a_sign_of_equality_says_when_it_is_not_exact(blank: Page) -> None:
    cases = [
        ("{a} × {b} = {term}. Sum so far {sum}.", ["a"], "1 × 2 ≈ 3. Sum so far 4."),
        ("{a} × {b} = {term}. Sum so far {sum}.", ["sum"], "1 × 2 = 3. Sum so far 4."),
        ("dw gains x = {a} × {b} = {term}: {sum} → 0", ["b"], "dw gains x = 1 × 2 ≈ 3: 4 → 0"),
        ("dout = {a}: db gains {sum}, x = {b}", ["a"], "dout ≈ 1: db gains 4, x = 2"),
    ]
    script = f"{FORMAT}; return fill(template, values, new Set(rounded))"
    for template, rounded, said in cases:
        values = {"a": "1", "b": "2", "term": "3", "sum": "4"}
        given = {"template": template, "values": values, "rounded": rounded}
        assert blank.evaluate(f"({{template, values, rounded}}) => {{ {script} }}", given) == said


def test_rounded_arithmetic_says_so_and_has_one_precision(app: App) -> None:
    """A blurred window: each product with its factors as their cells show them, the sum, and the line below it."""
    where = f"rows=4&columns=4&row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/?view=Step+through+the+loop&around=Padding&filter=Gaussian+blur&{where}")
    window = np.pad(region(4), 1)[:3, :3]
    kernel = filters.gaussian(3).kernel
    total = number(float((window * kernel).sum()))
    products = " + ".join(
        f"{number(pixel)}·{cell_number(weight)}"
        for pixel, weight in zip(window.flat, kernel.flat, strict=True)
    )
    arithmetic = page.get_by_role("region", name="Stepper").get_by_role("group", name="Arithmetic")
    said = f"{products} ≈ {total} {total} + bias 0 ≈ {total}"
    expect(arithmetic).to_have_text(said, use_inner_text=True)
