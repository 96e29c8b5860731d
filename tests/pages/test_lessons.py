"""Lessons, run without a browser: each step's view opens as it says, and the answers are right."""

from __future__ import annotations

from urllib.parse import parse_qs

import numpy as np
import pytest

from convviz import ops
from convviz.lectures.tips import tips
from convviz.ops.filters import PRESETS
from convviz.ops.receptive import Layer, receptive_field
from convviz.pages.leading import lessons
from convviz.pages.table import PAGES
from convviz.text.i18n import languages
from scripts import tips as teaching
from tests.pages.test_session import opened, use

STEPS = {
    f"{lesson.name} {at + 1}": step
    for lesson in lessons().values()
    for at, step in enumerate(lesson.steps)
}
VIEWS = sorted({step.view for step in STEPS.values()})


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_a_lesson_opens_as_its_link_says(view: str) -> None:
    """A link that asks for what a page does not have is said on the page, and the lesson would be wrong."""
    address, _, query = view.partition("?")
    at = opened(address, **parse_qs(query))
    assert not at.warning, at.warning[0].value
    if address != "classic-bugs":  # which says in red where a bug's numbers differ
        assert not at.error, at.error[0].value


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.task])
def test_a_task_is_not_done_before_it_is_begun(name: str) -> None:
    step = STEPS[name]
    at = opened(step.address, **step.query)
    link = {key: "".join(at.query_params.get(key, "")) for key in step.done}
    met = [
        link[key] in wanted or ("*" in wanted and link[key]) for key, wanted in step.done.items()
    ]
    assert not all(met), f"{step.view}: {link}"


def test_every_lesson_is_in_every_language_and_asks_twice_at_least() -> None:
    every = set(languages())
    for lesson in lessons().values():
        assert set(lesson.title) == set(lesson.about) == every, lesson.name
        questions = [step.question for step in lesson.steps if step.question]
        assert len(questions) >= 2, lesson.name
        for step in lesson.steps:
            texts = [step.title, step.text, *([step.task] if step.task else [])]
            if question := step.question:
                texts += [question.ask, question.right, *question.wrong.values(), *question.choices]
            assert all(set(text) == every for text in texts), (lesson.name, step.view)


def answers(name: str) -> list[float]:
    return [step.question.answer for step in lessons()[name].steps if step.question]


def test_the_answers_of_the_lessons_are_what_numpy_computes() -> None:
    flat, step = np.full((1, 1, 3, 3), 90.0), np.tile([10.0, 10, 60], (3, 1))[None, None]
    box, sobel = (PRESETS[name].make() for name in ("Box blur", "Sobel x"))
    results = [
        ops.conv2d(x, kernel.kernel[None, None]).item()
        for x, kernel in ((flat, box), (flat, sobel), (step, sobel))
    ]
    turned = ops.conv2d(step, sobel.kernel[None, None, ::-1, ::-1]).item()
    assert turned == -results[2]
    assert answers("filter") == pytest.approx([results[0], results[1], 2, results[2]])

    sizes = [
        ops.Window2d.make(*window).output_size((rows, rows))[0]
        for rows, window in (
            (512, (5,)),
            (512, (3, 2, 1)),
            (512, (3, 3, 1)),
        )
    ]
    reach = ops.Window2d.make(3, 1, 0, 4).extent[0]
    alexnet = ops.Window2d.make(11, 4).output_size((227, 227))[0]
    assert answers("size") == [*sizes, reach, alexnet]

    tied = np.array([[[[9.0, 9], [4, 1]]]])
    shared = ops.max_pool2d_backward(np.ones((1, 1, 1, 1)), tied, 2)[0, 0, 0, 0]
    mean = ops.avg_pool2d_backward(np.full((1, 1, 1, 1), 2.0), tied, 2)[0, 0, 0, 0]
    assert answers("pooling") == [0, 0.5, shared, mean]

    stack = [Layer.make(3), Layer.make(3), Layer.make(2, 2), Layer.make(3)]
    seen = [field.receptive_field[0] for field in receptive_field(stack)]
    assert answers("receptive-field") == [seen[1], seen[-1], 2, seen[-1]]
    assert answers("network")[1] == pytest.approx(np.log(10), abs=1e-4)


def test_a_step_shows_its_view_whatever_was_set_before() -> None:
    """The lesson's view is the link's: a stride set before is gone, and the photo that was chosen stays."""
    lesson = opened("", lesson="filter", image="Dog", stride="4")
    assert lesson.query_params["lesson_step"] == "1"
    use(lesson, "lesson strip", "go", 3)
    assert "stride" not in lesson.query_params
    assert lesson.session_state["stride"] == 1
    assert lesson.query_params["image"] == "Dog"
    assert lesson.query_params["lesson_step"] == "4"


def test_closing_a_lesson_leaves_the_page_as_it_is() -> None:
    at = opened(
        "pooling", lesson="pooling", lesson_step="2", pooling_kernel="8", pooling_stride="8"
    )
    use(at, "lesson strip", "leave", True)
    assert "lesson" not in at.query_params
    assert at.query_params["pooling_kernel"] == "8"


@pytest.mark.parametrize("step", ["0", "99", "x", "-1", "9" * 400])
def test_a_step_that_does_not_exist_is_the_first(step: str) -> None:
    at = opened("", lesson="filter", lesson_step=step)
    assert at.query_params["lesson_step"] == "1"


def test_a_lesson_that_does_not_exist_is_said() -> None:
    at = opened("", lesson="nothing")
    assert "There is no lesson nothing" in at.warning[0].value
    assert "lesson" not in at.query_params


@pytest.mark.parametrize("view", [each.view for page in tips() for each in page.settings])
def test_each_setting_of_the_tips_opens_as_its_link_says(view: str) -> None:
    address, _, query = view.partition("?")
    at = opened(address, **parse_qs(query))
    assert not at.warning, at.warning[0].value


def test_every_page_has_its_tips_in_every_language_and_the_file_says_the_same() -> None:
    assert [page.page for page in tips()] == [
        entry.address for entry in PAGES if entry.folder != "lessons"
    ]
    for page in tips():
        texts = [page.shows, page.ask, page.wrong, *(each.say for each in page.settings)]
        assert all(set(text) == set(languages()) for text in texts), page.page
        assert len(page.settings) == 3
    assert teaching.FILE.read_text("utf-8") == teaching.text()


def test_a_setting_of_the_tips_is_opened_by_its_button() -> None:
    at = opened("lessons", view="Teaching tips")
    at.button(key="tip pooling 0").click().run()
    assert not at.exception
    assert at.query_params["pooling_kernel"] == "8"


def test_the_page_of_lessons_says_what_every_page_answers() -> None:
    said = [each.label for each in opened("lessons").get("page_link")]
    assert len(said) == len(PAGES) - 1
