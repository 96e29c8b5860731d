"""Exercises: each answer is what plain counting gives, and each slip gets its own sentence."""

from __future__ import annotations

import re

import numpy as np
import pytest

from convviz.lectures.exercise import Exercise
from convviz.lectures.exercises import exercises
from convviz.lectures.sheet import sheet
from convviz.text.i18n import use_language

SEEDS = range(40)
KINDS = {kind: at for at, kind in enumerate(("size", "parameters", "value", "pool", "dx", "field"))}


def made(kind: str) -> list[Exercise]:
    return [exercises(seed)[KINDS[kind]] for seed in SEEDS]


def test_the_size_is_the_number_of_places_of_the_window() -> None:
    for each in made("size"):
        rows, kernel, stride, padding = (
            each.ask.words[name] for name in ("rows", "kernel", "stride", "padding")
        )
        places = [
            top
            for top in range(0, rows + 2 * padding, stride)
            if top + kernel <= rows + 2 * padding
        ]
        assert each.answer == len(places)


def test_the_parameters_are_the_numbers_of_the_arrays() -> None:
    for each in made("parameters"):
        filters, channels, kernel = (
            each.ask.words[name] for name in ("filters", "channels", "kernel")
        )
        w, b = np.zeros((filters, channels, kernel, kernel)), np.zeros(filters)
        assert each.answer == w.size + b.size


def test_the_value_is_the_sum_of_nine_products_and_the_bias() -> None:
    for each in made("value"):
        x, w = each.arrays["x"], each.arrays["w"]
        total = each.ask.words["bias"]
        for u in range(3):
            for v in range(3):
                total += x[u, v + 1] * w[u, v]
        assert each.answer == total
        assert np.any(w != w[::-1, ::-1])


def test_the_pooled_value_is_the_largest_of_its_window() -> None:
    for each in made("pool"):
        x = each.arrays["x"]
        assert each.answer == max(x[2, 0], x[2, 1], x[3, 0], x[3, 1])


def test_dx_is_how_the_sum_of_dout_times_out_changes_with_the_middle_cell() -> None:
    for each in made("dx"):
        w, dout = each.arrays["w"], each.arrays["dout"]

        def total(middle: float, w: np.ndarray = w, dout: np.ndarray = dout) -> float:
            x = np.zeros((3, 3))
            x[1, 1] = middle
            return sum(
                dout[i, j] * (x[i : i + 2, j : j + 2] * w).sum() for i in (0, 1) for j in (0, 1)
            )

        assert each.answer == total(1) - total(0)


def test_the_field_is_what_reaches_the_unit_when_it_is_followed_back() -> None:
    for each in made("field"):
        kernels = [int(text.split("×")[0]) for text in str(each.ask.words["kernels"]).split(", ")]
        strides = [int(text) for text in str(each.ask.words["strides"]).split(", ")]
        seen = {0}
        for kernel, stride in reversed([*zip(kernels, strides, strict=True)]):
            seen = {unit * stride + tap for unit in seen for tap in range(kernel)}
        assert each.answer == max(seen) - min(seen) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_slip_leads_to_another_number_than_the_answer(kind: str) -> None:
    for each in made(kind):
        assert each.slips
        assert each.answer not in each.slips
        assert each.answer == int(each.answer)
        assert f"{each.answer:g}" in each.why.said.replace("−", "-")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sheet_has_every_question_and_its_key_on_another_page(language: str) -> None:
    use_language(language)
    try:
        page = sheet(7)
        questions, _, key = page.partition('<section class="key">')
        for each in exercises(7):
            assert each.ask.said in questions
            assert each.why.said in key
            assert each.why.said not in questions
            assert f"<b>{each.answer:g}</b>" in key
        assert questions.count("<td>") == sum(
            values.size for each in exercises(7) for values in each.arrays.values()
        )
        assert not re.search(r"\$\w", page)
    finally:
        use_language("en")
