"""What a lecturer does in front of a room."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from convviz.photos.samples import sample
from tests.e2e.helpers import (
    App,
    open_app,
    press_option,
    sentence,
    stepper,
    until,
    wait_until_idle,
)

STEPS = "/?view=Step+through+the+loop&around=Padding&image=Digit&channels=Gray&rows=4&columns=5"
COVERED = """() => {
  const at = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y)) found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const points = [[20, 20], [100, 400], [1000, 20], [640, 700]];
  return points.every(([x, y]) => at(x, y).closest(".stepper"));
}"""
TWO_FRAMES = (
    "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
)


View = Callable[[str], Page]


def at_the_start(view: View) -> Page:
    """The stepper, by cell at the first."""
    page = view(STEPS)
    stepper(page).get_by_text("cell", exact=True).click()
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    return page


@pytest.mark.main
def test_one_key_leaves_nothing_but_the_stepper_and_the_clicker_steps(view: View) -> None:
    page = at_the_start(view)
    small = sentence(page).evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert not page.evaluate(COVERED)
    page.keyboard.press("p")
    expect(stepper(page).get_by_role("button", name="Present")).to_have_attribute(
        "aria-pressed", "true"
    )
    until(page, f"({COVERED})()")
    assert stepper(page).bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    large = sentence(page).evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert large > small
    page.keyboard.press("PageDown")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
    light = stepper(page).locator(".spotlight")
    expect(light).to_be_hidden()
    page.mouse.move(300, 200)
    expect(light).to_be_visible()
    page.keyboard.press("Escape")
    until(page, f"!({COVERED})()")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")


@pytest.mark.main
def test_a_guess_is_asked_for_checked_and_then_computed(view: View) -> None:
    page = at_the_start(view)
    top, left = (int(page.get_by_label(name).input_value()) for name in ("Top row", "Left column"))
    x = np.pad(sample("digit").pixels[top : top + 4, left : left + 5, 0].astype(float), 1)
    kernel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    first, second, third = (int((x[:3, j : j + 3] * kernel).sum()) for j in (0, 1, 2))
    page.keyboard.press("g")
    box = stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 0, 0]")
    expect(box).to_be_focused()
    expect(stepper(page)).not_to_contain_text(f"= {first}".replace("-", "−"))
    box.press_sequentially("many")
    box.press("Enter")
    expect(stepper(page).get_by_text("Type a number.")).to_be_visible()
    box.fill(str(first).replace("-", "−"))
    box.press("Enter")
    expect(stepper(page).get_by_text("is right.")).to_be_visible()
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("PageDown")
    box = stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 0, 1]")
    box.fill(str(second + 1))
    box.press("Enter")
    said = f"Not {second + 1}: it is {second}.".replace("-", "−")
    expect(stepper(page).get_by_text(said)).to_be_visible()
    page.keyboard.press("PageDown")  # asks
    expect(sentence(page)).to_contain_text("cut out its window")
    page.keyboard.press("PageDown")  # a clicker that does not guess goes on
    shown = str(third).replace("-", "−")
    expect(sentence(page)).to_have_text(re.compile(rf"out\[0, 0, 0, 2\] = .* = {shown}$"))
    page.keyboard.press("g")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)


def test_a_guess_can_be_wrong_only_where_there_is_one_number_to_guess(view: View) -> None:
    """Going back asks again, and leaving by the scrub bar asks nothing."""
    page = at_the_start(view)
    page.keyboard.press("g")
    expect(sentence(page)).to_contain_text("cut out its window")
    stepper(page).get_by_role("slider", name="Position").fill("7")
    expect(sentence(page)).to_contain_text("out[0, 0, 1, 2] =")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)
    page.keyboard.press("PageUp")
    expect(
        stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 1, 2]")
    ).to_be_visible()
    end_guessing(page)


def test_a_control_used_with_the_pointer_leaves_the_keys_to_the_stepper(app: App) -> None:
    """Arrows and Space behind the slider, a choice and a list; who comes by Tab keeps the arrows."""
    page = app(STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    padding = page.get_by_role("slider", name="Padding on each side")
    padding.scroll_into_view_if_needed()
    track = page.get_by_test_id("stSlider").filter(has=padding).bounding_box()
    assert track
    page.mouse.click(track["x"] + track["width"] - 8, track["y"] + track["height"] - 20)
    expect(padding).not_to_have_value("1")
    chosen = padding.input_value()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
    page.get_by_role("radio", name="Convolution").click()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 2] =")
    expect(page).to_have_url(re.compile("operation=Convolution"))
    wait_until_idle(page)
    press_option(page, "Filter f = 0", "Box blur", opens="pointer")
    filters = page.get_by_role("combobox", name="Filter f = 0")
    expect(filters).to_have_attribute("aria-expanded", "false")  # an open list has the keys
    page.keyboard.press("ArrowLeft")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
    expect(page.get_by_role("combobox", name="Filter f = 0")).to_have_value("Box blur")
    page.get_by_role("radio", name="Correlation").click()
    page.keyboard.press("Space")
    expect(stepper(page).get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(stepper(page).get_by_role("button", name="Play")).to_be_visible()
    expect(padding).to_have_value(chosen)
    padding.focus()
    page.keyboard.press("ArrowLeft")
    expect(padding).to_have_value(str(int(chosen) - 1))


@pytest.mark.parametrize(
    ("path", "view"),
    [
        ("/?image=Digit&channels=Gray&rows=4&columns=5", "Step through the loop"),
        ("/pooling?image=Digit&rows=4&columns=4", "Forward"),
        ("/receptive-field", "Layer by layer"),
        ("/feature-maps?images=Digit", "Steps"),
        ("/network", "Step through it"),
    ],
)
def test_a_stepper_opened_with_the_pointer_has_the_keys_at_once(
    app: App, path: str, view: str
) -> None:
    """Behind the choice just clicked: the arrow steps, Space plays, P presents and G asks for a guess."""
    page = app(path)
    if path == "/network":
        page.get_by_role("button", name="conv7-8 3", exact=True).click()
    page.get_by_test_id("stMain").get_by_text(view, exact=True).click()
    expect(sentence(page)).not_to_be_empty()
    said = sentence(page).inner_text()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).not_to_have_text(said)
    page.keyboard.press("ArrowLeft")
    expect(sentence(page)).to_have_text(said)
    page.keyboard.press("Home")
    expect(stepper(page).get_by_role("button", name="First (Home)")).to_be_disabled()
    pressed = stepper(page).get_by_role("button", name="Present")
    page.keyboard.press("p")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    page.keyboard.press("Space")
    expect(stepper(page).get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    if stepper(page).get_by_role("button", name="Guess").is_visible():  # a recurrence asks nothing
        page.keyboard.press("g")
        expect(stepper(page).get_by_role("textbox")).to_be_focused()


KEY_AT_ONCE = """(stepper) => {
    stepper.focus();
    const key = { key: 'ArrowRight', code: 'ArrowRight', bubbles: true, composed: true, cancelable: true };
    stepper.dispatchEvent(new KeyboardEvent('keydown', key));
}"""
OUT_OF_SIGHT = """(stepper) => new Promise((gone) => {
    stepper.ownerDocument.querySelector('.stMain').style.paddingTop = '3000px';
    new IntersectionObserver((found, watch) => {
        if (found.at(-1).isIntersecting) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(gone));
    }).observe(stepper);
})"""


def test_a_stepper_that_gets_the_focus_has_the_keys_before_the_next_picture(app: App) -> None:
    """The browser tells only with its next picture that the stepper is on the screen: late on a busy machine."""
    page = app(STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    stepper(page).evaluate(OUT_OF_SIGHT)
    stepper(page).evaluate(KEY_AT_ONCE)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
    page.evaluate("document.querySelector('.stMain').style.paddingTop = ''")


def test_letters_act_behind_a_choice_reached_with_tab_and_arrows_do_not(app: App) -> None:
    page = app(STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    stride = page.get_by_role("slider", name="Stride")
    stride.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(stride).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(stride).to_have_value("2")
    page.keyboard.press("p")
    present = stepper(page).get_by_role("button", name="Present")
    expect(present).to_have_attribute("aria-pressed", "true")


def test_a_clicker_steps_whatever_has_the_focus(view: View) -> None:
    page = at_the_start(view)
    padding = page.get_by_role("slider", name="Padding on each side")
    number = page.get_by_role("spinbutton", name="Bias b[0]")
    filters = page.get_by_role("combobox", name="Filter f = 0")
    for j, control in enumerate((padding, number, filters), start=1):
        control.focus()
        page.keyboard.press("PageDown")
        expect(sentence(page)).to_contain_text(f"out[0, 0, 0, {j}] =")
    expect(padding).to_have_value("1")
    padding.focus()
    page.keyboard.press("PageUp")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 2] =")


def end_guessing(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)


def guess_box(page: Page, cell: str):
    return stepper(page).get_by_role("textbox", name=f"Your guess for {cell}", exact=True)


def test_what_is_no_number_acts_while_guessing(view: View) -> None:
    """An empty box leaves arrows to the stepper, one with a number in it does not; letters and Escape act."""
    page = at_the_start(view)
    present = stepper(page).get_by_role("button", name="Present")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("g")
    expect(guess_box(page, "out[0, 0, 0, 0]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("ArrowRight")
    box = guess_box(page, "out[0, 0, 0, 1]")
    expect(box).to_be_focused()
    page.keyboard.press("p")
    expect(present).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("-12")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("0")
    expect(box).to_have_value("-102")
    page.keyboard.press("Escape")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)
    expect(present).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(present).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("g")
    expect(guess_box(page, "out[0, 0, 0, 1]")).to_be_focused()
    page.keyboard.press("g")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)


@pytest.mark.parametrize("unit", ["tap", "row"])
def test_playing_stops_before_each_cell_while_guessing(view: View, unit: str) -> None:
    page = at_the_start(view)
    stepper(page).get_by_text(unit, exact=True).click()
    page.keyboard.press("Home")
    stepper(page).get_by_role("slider", name="Steps per second").fill("11")
    page.keyboard.press("g")
    play = stepper(page).get_by_role("button", name="Play")
    row = 4 if unit == "row" else 0  # where the first row ends
    for j in range(row, row + 3):
        cell = f"out[0, 0, {j // 5}, {j % 5}]"
        expect(guess_box(page, cell)).to_be_focused()
        expect(sentence(page)).to_contain_text("cut out its window")
        expect(play).to_be_visible()
        page.keyboard.press("Space")
    end_guessing(page)


@pytest.mark.parametrize(
    "sizes",
    [[(1280, 720), (1164, 655), (1024, 576), (960, 540), (853, 480)], [(640, 720)], [(390, 844)]],
    ids=["a browser's zoom", "half a screen", "a phone"],
)
def test_the_controls_are_on_the_screen_at_any_zoom(
    page: Page, sizes: list[tuple[int, int]]
) -> None:
    """A browser's zoom of 110 to 150 %, half a screen, a phone: nothing is scrolled to reach a button."""
    page.set_viewport_size({"width": sizes[0][0], "height": sizes[0][1]})
    open_app(page, STEPS)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
        expect_controls(page, width, height)
        page.keyboard.press("p")
        expect_controls(page, width, height)
        if width < 480:  # the grids are read further down: the sentence is there too
            page.keyboard.press("p")
            page.mouse.move(200, 400)
            page.mouse.wheel(0, 400)
            until(page, "document.querySelector('.stMain').scrollTop > 200")
        before = page.evaluate("document.querySelector('.stMain').scrollTop")
        stepper(page).get_by_role("button", name="Next").click()
        expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
        expect(sentence(page)).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.querySelector('.stMain').scrollTop") == before
        page.keyboard.press("Escape")


def expect_controls(page: Page, width: int, height: int) -> None:
    """The stepper's buttons and its bar are within the window, and no unit of the steps is cut."""
    page.evaluate(TWO_FRAMES)  # it has its new size then
    buttons = stepper(page).get_by_role("toolbar").get_by_role("button")
    names = [button.get_attribute("name") for button in buttons.all() if button.is_visible()]
    assert {"back", "play", "next"} <= set(names)
    assert {"more"} <= set(names) or {"predict", "present", "fullscreen"} <= set(names)
    leave = stepper(page).get_by_role("button", name="Back to the photo")
    position = stepper(page).get_by_role("slider", name="Position")
    for button in (*buttons.all(), position, leave):
        if (box := button.bounding_box()) is not None:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height
    units = stepper(page).get_by_role("group", name="Step by")
    assert units.evaluate("units => units.scrollWidth <= units.clientWidth")


def test_what_a_narrow_bar_has_no_room_for_is_behind_a_button(app: App) -> None:
    page = app(STEPS, viewport={"width": 960, "height": 540})
    present = stepper(page).get_by_role("button", name="Present")
    more = stepper(page).get_by_role("button", name="More")
    expect(present).to_be_hidden()
    more.click()
    expect(present).to_be_in_viewport()
    stepper(page).get_by_role("slider", name="Steps per second").fill("3")
    expect(present).to_be_visible()  # a speed can be tried while it plays
    page.keyboard.press("Escape")
    expect(present).to_be_hidden()
    more.click()
    present.click()
    expect(present).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(COVERED.replace("[1000, 20], [640, 700]", "[900, 20], [640, 500]"))


@pytest.mark.parametrize("path", ["", "pooling", "backward"])
def test_the_views_of_a_page_are_not_cut(app: App, path: str) -> None:
    page = app(f"/{path}", viewport={"width": 960, "height": 540})
    cut = """(group) => [...group.querySelectorAll('[role=radio]')].filter((radio) => {
        const [inner, outer] = [radio.getBoundingClientRect(), group.getBoundingClientRect()];
        const outside = inner.left < outer.left - 1 || inner.right > outer.right + 1;
        return outside || radio.scrollWidth > radio.clientWidth + 1;
    }).map((radio) => radio.textContent)"""
    assert page.get_by_role("radiogroup", name="View").evaluate(cut) == []


INK = """(canvas, [x, y]) => {
    const ratio = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext("2d").getImageData(x * ratio - 10, y * ratio - 8, 20, 16);
    const shades = [];
    for (let k = 0; k < data.length; k += 4) shades.push(data[k] + data[k + 1] + data[k + 2]);
    return Math.max(...shades) - Math.min(...shades);
}"""


@pytest.mark.parametrize(
    ("size", "query", "side"),
    [
        ((1024, 768), "", 8),
        ((1280, 720), "&more=Gaussian+blur", 8),
        ((1280, 720), "&rows=15&columns=15", 15),
        ((1024, 768), "&rows=15&columns=15&filter=Gaussian+blur", 15),
    ],
    ids=["a projector's", "a blur as second filter", "15 by 15", "15 by 15, a projector's"],
)
def test_the_output_keeps_its_numbers_when_there_is_little_room(
    app: App, size: tuple[int, int], query: str, side: int
) -> None:
    """The cells of the output's first row, found with the pointer, are as wide as numbers need, and hold ink."""
    page = app(
        f"/?view=Step+through+the+loop&around=Padding{query}",
        viewport={"width": size[0], "height": size[1]},
    )
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text(f"{side - 1}, {side - 1}] =")
    canvas = stepper(page).locator("canvas").first
    box = canvas.bounding_box()
    assert box
    readout = stepper(page).locator(".readout")

    def points_at(x: int, y: int) -> str:
        page.mouse.move(box["x"] + x, box["y"] + y)
        return readout.inner_text()

    right = int(box["width"]) - 40
    first = (
        next(y for y in range(40, int(box["height"]), 6) if points_at(right, y).startswith("out["))
        + 8
    )
    found: dict[str, list[int]] = {}
    for x in range(int(box["width"]) - 600, int(box["width"]), 6):
        page.mouse.move(box["x"] + x, box["y"] + first)
        said = readout.inner_text()
        if said.startswith("out[") and (cell := re.search(r"column \d+", said)):
            found.setdefault(cell[0], []).append(x)
    page.mouse.move(1, 1)
    assert len(found) == side
    for places in found.values():
        assert 6 * len(places) > 23
        assert canvas.evaluate(INK, [sum(places) / len(places), first]) > 200
