"""One number has one text on the screen: its cell and the arithmetic write it alike."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from convviz.photos.samples import sample
from convviz.text.prose import cell_number, number
from tests.e2e.helpers import App, until
from tests.e2e.test_place import DRAWN

W = np.array([[0.162103, -0.075114, 1.5], [0.333333, 2.0, 0.0], [-1.0, 0.25, 0.751136]])
TYPED = "%3B".join("+".join(map(str, row)) for row in W)
LOOP = f"/?view=Step+through+the+loop&around=Padding&image=Digit&channels=Gray&pad=0&filter=Custom&weights={TYPED}"


@pytest.mark.main
def test_a_factor_and_a_result_read_the_same_in_their_cell_and_in_the_arithmetic(app: App) -> None:
    page = app(f"{LOOP}&rows=4&columns=4&row=2&col=2")
    stepper = page.get_by_role("region", name="Stepper")
    x = sample("digit").pixels[2:6, 2:6, 0].astype(float)
    out = (np.lib.stride_tricks.sliding_window_view(x, (3, 3)) * W).sum(axis=(2, 3))
    sentence = stepper.get_by_role("status")
    expect(sentence).to_contain_text(f"+ bias 0 ≈ {number(out[0, 0])}")
    factors = zip(x[:3, :3].ravel(), W.ravel(), strict=True)
    terms = [f"{cell_number(a)}·{bracketed(b)}" for a, b in factors]
    arithmetic = stepper.get_by_role("group", name="Arithmetic")
    expect(arithmetic).to_contain_text(" + ".join(terms))
    expect(arithmetic).to_contain_text(f"≈ {number(out[0, 0])}")
    page.evaluate(DRAWN)
    page.keyboard.press("End")
    expect(sentence).to_contain_text(f"≈ {number(out[1, 1])}")
    until(page, "drawn.size > 20")
    drawn = set(page.evaluate("[...drawn]"))
    assert {cell_number(value) for value in W.ravel()} <= drawn
    page.evaluate("drawn.clear()")
    size = page.viewport_size
    assert size
    page.set_viewport_size({**size, "height": size["height"] - 30})  # all is drawn anew
    until(page, "drawn.size > 20")
    assert {number(value) for value in out.ravel()} <= set(page.evaluate("[...drawn]"))
    page.set_viewport_size(size)
    page.get_by_role("toolbar").get_by_role("radio", name="tap").check(force=True)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    first = re.escape(f"{cell_number(x[0, 0])} × {bracketed(W[0, 0])} ")
    expect(sentence).to_contain_text(re.compile(first + "[=≈]"))


def bracketed(value: float) -> str:
    return f"({cell_number(value)})" if value < 0 else cell_number(value)
