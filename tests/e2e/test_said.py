"""Pictures and animations say of each step what the stepper says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from convviz.export import step_page
from convviz.pictures.steps.progress import PanelState
from convviz.pictures.steps.said import sentence
from tests.e2e.helpers import step_on
from tests.unit.test_export import SCENES

STEPS = 130  # of each loop


def walked(page: Page, unit: int, count: int) -> list[str]:
    """What the stepper says at so many steps of a unit from the first on."""
    page.get_by_role("toolbar").get_by_role("radio").nth(unit).check(force=True)
    page.keyboard.press("Home")
    return step_on(page, count)


def in_python(name: str, steps: range) -> list[str]:
    progress, said = PanelState(SCENES[name]), []
    for step in steps:
        progress.at(step)
        said.append(sentence(progress, step))
    return said


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_says_what_the_stepper_says(
    name: str, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    scene = SCENES[name]
    (tmp_path / "steps.html").write_text(step_page(scene).html)
    page = new_page()
    page.goto((tmp_path / "steps.html").as_uri())
    expect(page.get_by_role("region", name="Stepper")).to_be_visible()
    each, length = scene.units[1].steps, scene.visits * scene.steps_per_visit
    visits = min(length, STEPS * each // 3) // each
    assert walked(page, 1, visits) == in_python(name, range(each - 1, visits * each, each))
    by_tap = zip(
        walked(page, 0, min(length, STEPS)), in_python(name, range(min(length, STEPS))), strict=True
    )
    for step, (there, here) in enumerate(by_tap):
        if (step + 1) % scene.steps_per_visit:  # a visit's last step is said as a whole in pictures
            assert there == here
