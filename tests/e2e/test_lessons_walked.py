"""Every lesson walked to its end in each language: each question answered, each task done as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.lectures import Lesson, LessonStep, say
from convviz.pages.leading import lessons
from convviz.pages.table import PAGES
from convviz.text.i18n import _, languages, use_language
from tests.e2e import helpers
from tests.e2e.helpers import App, wait_until_idle

Task = Callable[[Page], None]


def slide(label: str, presses: int) -> Task:
    """Move a slider by so many steps to the right, as the page has answered."""

    def task(page: Page) -> None:
        slider = page.get_by_role("slider", name=_(label)).first
        for _press in range(presses):
            slider.press("ArrowRight")
            wait_until_idle(page)

    return task


def choose(label: str, option: str) -> Task:
    """Choose an option of a list."""

    def task(page: Page) -> None:
        helpers.choose(page, _(label).format(f=0), _(option))

    return task


def press(*names: str) -> Task:
    """Press buttons of a row, one after the other, as the page has answered."""

    def task(page: Page) -> None:
        for name in names:
            before = page.url
            page.get_by_role("radio", name=_(name), exact=True).click()
            expect(page).not_to_have_url(before)
            wait_until_idle(page)

    return task


def step_on(page: Page) -> None:
    """Press the right arrow until the first sum is there, and beyond."""
    stepper = page.locator(".stepper")
    expect(stepper.get_by_role("status").first).not_to_be_empty()
    stepper.focus()
    for _press in range(3):
        page.keyboard.press("ArrowRight")


def set_bias(page: Page) -> None:
    box = page.get_by_role("spinbutton", name=_("Bias"))
    box.fill("7")
    box.press("Enter")


def change_a_weight(page: Page) -> None:
    box = page.locator(".st-key-weights-grid").get_by_role("textbox").first
    box.fill("2")
    box.press("Enter")


def pick_a_unit(page: Page) -> None:
    page.get_by_role("listitem").first.get_by_role("application").click(position={"x": 9, "y": 9})


def next_class(page: Page) -> None:
    page.get_by_role("combobox", name=_("Saliency of the class")).click()
    page.get_by_role("option").nth(2).dispatch_event("click")


def reflect(page: Page) -> None:
    helpers.unfold(page, _("Padding and dilation"))
    choose("Padding mode", "reflect")(page)


TASKS: dict[str, Task] = {
    "filter 3": slide("Kernel size", 2),
    "filter 5": choose("Filter f = {f}", "Sobel y"),
    "filter 6": change_a_weight,
    "window 1": step_on,
    "window 4": set_bias,
    "window 6": step_on,
    "size 2": slide("Padding on each side", 1),
    "size 5": reflect,
    "pooling 2": press("Average"),
    "pooling 3": step_on,
    "pooling 6": slide("Stride", 2),
    "pooling 7": slide("Columns right", 1),
    "backward 1": step_on,
    "backward 6": step_on,
    "receptive-field 1": pick_a_unit,
    "receptive-field 3": step_on,
    "receptive-field 5": slide("Layer", 1),
    "why 1": press("Dense"),
    "why 5": slide("Columns right", 1),
    "network 4": next_class,
}


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """The tests that follow in this process expect English."""
    yield
    use_language("en")


@pytest.mark.long
@pytest.mark.parametrize("language", list(languages()))
@pytest.mark.parametrize("name", list(lessons()))
def test_a_lesson_is_walked_to_its_end(app: App, name: str, language: str) -> None:
    use_language(language)
    lesson = lessons()[name]
    page = app(
        f"/{lesson.steps[0].view}{'&' if '?' in lesson.steps[0].view else '?'}lesson={name}&lang={language}"
    )
    strip = page.get_by_role("region", name=_("Lesson"))
    for number, step in enumerate(lesson.steps, 1):
        _arrive(page, strip, step)
        if step.question:
            _answer(strip, step)
        if step.task:
            wait_until_idle(page)
            TASKS[f"{name} {number}"](page)
            expect(strip.get_by_text(f"✓ {_('Done')}")).to_be_visible()
            wait_until_idle(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        if number < len(lesson.steps):
            page.keyboard.press("PageDown")
    _end(strip, lesson)


def _arrive(page: Page, strip: Locator, step: LessonStep) -> None:
    """The step's title and its page are there."""
    expect(strip.get_by_role("heading")).to_have_text(say(step.title))
    title = next(_(entry.title) for entry in PAGES if entry.address == step.address)
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_attached()
    wait_until_idle(page)


def _answer(strip: Locator, step: LessonStep) -> None:
    """Each wrong answer that has a sentence gets it, and then the right one its own."""
    question, said = step.question, strip.locator(".feedback")
    assert question
    given = {given: text for given, text in question.wrong.items() if given != "otherwise"}
    for answer, text in [*given.items(), (f"{question.answer:g}", question.right)]:
        if question.choices:
            strip.get_by_role("radio").nth(int(float(answer)) - 1).check()
        else:
            strip.get_by_role("textbox", name=_("Your answer")).fill(answer)
        strip.get_by_role("button", name=_("Check")).click()
        expect(said).to_have_text(say(text))


def _end(strip: Locator, lesson: Lesson) -> None:
    """The last step says so, and leads to the next lesson, but for the last of all."""
    expect(strip.get_by_text(_("The lesson ends here."))).to_be_visible()
    every = list(lessons().values())
    is_last = every[-1] is lesson
    expect(strip.locator(".end button")).to_be_visible(visible=not is_last)


def test_each_task_has_its_way() -> None:
    asked = {
        f"{lesson.name} {number}"
        for lesson in lessons().values()
        for number, step in enumerate(lesson.steps, 1)
        if step.task
    }
    assert asked == set(TASKS)
