"""The Network page in a browser: training that goes on without the page, and the overview opened up."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.helpers import App, open_app, wait_until_idle

TINY = "/network?view=Train&images=100&filters=2&size=3&hidden=8"
EVERY_LAYER = "/network?view=Every+layer"
MANY = f"{TINY}&batch=2&epochs=100"  # 5000 iterations: more than any of these tests waits for


def status(page: Page) -> Locator:
    """The line that says where the training stands."""
    return page.get_by_text(re.compile(r"iteration \d+ of \d+"))


def iteration(page: Page) -> int:
    return int(status(page).inner_text().split("iteration ")[1].split(" of")[0])


def start(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    expect(status(page)).to_be_visible()


@pytest.mark.main
def test_a_training_runs_to_its_end_by_itself(page):
    open_app(page, f"{TINY}&epochs=10")
    start(page)
    expect(page.get_by_text("Trained · iteration 20 of 20")).to_be_visible()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    expect(page.get_by_text("2 filters 3×3×3")).to_be_visible()


def test_the_charts_of_a_training_change_in_place_and_say_the_point_beneath_the_pointer(page):
    open_app(page, MANY)
    start(page)
    chart = page.get_by_role("img", name="Loss, each batch, mean of 25")
    expect(chart).to_be_visible()
    drawn = chart.evaluate("canvas => (canvas.isTheFirst = true, canvas.toDataURL())")
    seen = iteration(page)
    expect(status(page)).not_to_contain_text(f"iteration {seen} of")
    page.wait_for_function(
        "([canvas, drawn]) => canvas.isConnected && canvas.toDataURL() !== drawn",
        arg=[chart.element_handle(), drawn],
    )
    assert chart.evaluate("canvas => canvas.isTheFirst")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled · ")).to_be_visible()
    wait_until_idle(page)
    said = page.get_by_text(re.compile(r"^(each batch|mean of 25) · \d+: \d\.\d+$"))
    expect(said).to_have_count(0)
    size = chart.bounding_box()
    for down in range(10, 130, 20):
        chart.hover(position={"x": size["width"] / 2, "y": down})
        if said.count():
            break
    expect(said).to_be_visible()


def test_it_goes_on_while_another_page_is_shown_pauses_and_is_cancelled(page):
    open_app(page, MANY)
    start(page)
    seen = iteration(page)
    page.get_by_role("link", name="Convolve").click()
    expect(page.get_by_text("Minimum").first).to_be_visible()
    page.get_by_role("link", name="Network").click()
    expect(status(page)).to_be_visible()
    expect(page.get_by_role("combobox", name="Training images")).to_have_value("100")
    expect(status(page)).not_to_contain_text(f"iteration {seen} of")
    assert iteration(page) > seen
    page.get_by_role("button", name="Pause").dblclick()
    expect(page.get_by_text("Paused · ")).to_be_visible()
    wait_until_idle(page)
    held = iteration(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Training · ")).to_be_visible()
    expect(status(page)).not_to_contain_text(f"iteration {held} of")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled · ")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_disabled()


def test_two_people_on_one_server_train_one_after_the_other(server, new_page):
    """A server of few cores does one training at a time and says who waits."""
    pages = [new_page(server) for _ in range(3)]
    for each in pages:
        open_app(each, MANY)
        each.get_by_role("button", name="Start", exact=True).click()
    for each in pages:
        expect(each.get_by_role("button", name="Cancel")).to_be_enabled()
    cores = int(pages[0].evaluate("navigator.hardwareConcurrency"))
    if cores < 4:
        expect(pages[2].get_by_text("Waiting, number 2 in the queue")).to_be_visible()
    for each in reversed(pages):
        each.get_by_role("button", name="Cancel").click()
        expect(each.get_by_text("Cancelled")).to_be_visible()


def test_pointing_at_a_map_lights_what_feeds_it_and_says_so(view):
    page = view(EVERY_LAYER)
    page.get_by_role("button", name="conv7-8 3", exact=True).hover()
    said = page.get_by_role("status").filter(has_text="conv7-8 3")
    expect(said).to_contain_text("Made from all 3 of input")
    lit = page.locator(".network .map.lit")
    expect(lit).to_have_count(3)
    page.get_by_role("button", name="pool2 5", exact=True).hover()
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("aria-label", "relu 5")


def test_every_map_is_at_least_56_pixels_and_everything_fits_on_one_screen(view):
    page = view(EVERY_LAYER)
    expect(page.get_by_role("button", name="conv7-8 7", exact=True)).to_be_visible()
    boxes = page.locator(".network .map:has(canvas)").evaluate_all(
        "maps => maps.map((map) => map.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 3 + 4 * 8
    assert min(box["width"] for box in boxes) >= 56
    scores = page.locator(".network .map:has(.score)").evaluate_all(
        "maps => maps.map((map) => map.getBoundingClientRect().toJSON())"
    )
    assert len(scores) == 10
    assert max(box["right"] for box in boxes + scores) <= 1280
    assert max(box["bottom"] for box in boxes + scores) <= 720


def test_in_a_low_window_the_bar_of_each_class_stays_in_its_row(app: App) -> None:
    page = app("/network", viewport={"width": 853, "height": 480})
    bars = page.locator(".share")
    expect(bars).to_have_count(10)
    below = """(bars) => {
        const bottom = (element) => element.getBoundingClientRect().bottom;
        return bars.filter((bar) => bottom(bar) > bottom(bar.parentElement) + 1).length;
    }"""
    assert bars.evaluate_all(below) == 0


@pytest.mark.main
def test_a_click_opens_how_a_map_came_about_and_from_there_the_loop(view):
    page = view(EVERY_LAYER)
    page.get_by_role("button", name="conv7-8 3", exact=True).click()
    sum_line = page.locator(".network .sum")
    expect(sum_line).to_contain_text("bias")
    parts, total, bias, out = numbers(sum_line.inner_text())
    assert abs(sum(parts) - total) < 2e-3
    assert abs(total + bias - out) < 2e-3
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(page.locator(".network .detail")).to_be_hidden()
    page.get_by_role("button", name="pool2 2", exact=True).click()
    page.get_by_role("button", name="Step through it").click()
    expect(page.get_by_role("region", name="Stepper")).to_contain_text("max")
    page.get_by_role("button", name="Back to all layers").click()
    expect(page.get_by_role("button", name="Step through it")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".network .detail")).to_be_hidden()
    wait_until_idle(page)


def numbers(said: str) -> tuple[list[float], float, float, float]:
    """The parts, their sum, the bias and the output in "Cell [..]: a + b + c = sum; + bias b = out; ..."."""
    first, second = said.replace("−", "-").split(": ")[1].split("; ")[:2]
    terms, total = first.split(" = ")
    bias, out = second.removeprefix("+ bias ").split(" = ")
    value = lambda text: float(text.strip("() "))  # noqa: E731
    return [value(term) for term in terms.split(" + ")], value(total), value(bias), value(out)


def test_the_arrows_go_from_map_to_map(view):
    page = view(EVERY_LAYER)
    page.get_by_role("button", name="conv7-8 0", exact=True).focus()
    for key, name in (("ArrowDown", "conv7-8 1"), ("ArrowRight", "norm 1"), ("ArrowUp", "norm 0")):
        page.keyboard.press(key)
        expect(page.locator(".network .map:focus")).to_have_attribute("aria-label", name)


@pytest.mark.main
def test_a_mistake_can_be_followed_layer_by_layer(app):
    page = app("/network?view=Mistakes")
    page.get_by_role("button", name=re.compile(r"^\w+ → \w+$")).first.click()
    expect(page.get_by_role("button", name="conv7-8 0", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"sample=\d+"))


def test_pointing_at_a_map_fades_the_edges_that_do_not_feed_it(view):
    page = view(EVERY_LAYER)
    page.get_by_role("button", name="affine10 ripples", exact=True).hover()
    expect(page.locator(".network .edges").first).to_have_css("opacity", "0.15")
    expect(page.locator(".network .edges").last).to_have_css("opacity", "1")
    page.get_by_role("status").filter(has_text="ripples").hover()
    expect(page.locator(".network .edges").first).to_have_css("opacity", "1")


def test_pictures_can_be_gone_through_with_a_map_open(app):
    """The focus stays where the numbers are typed, and the cell looked at stays that cell."""
    page = app("/network?view=Every+layer&map=0-3")
    expect(page.get_by_role("button", name="Back (Esc)")).to_be_focused()
    page.locator(".network .detail .view").first.hover(position={"x": 20, "y": 60})
    cell = page.locator(".network .sum").inner_text().split(":")[0]
    number = page.get_by_role("spinbutton", name="Validation picture")
    shown = page.locator(".network .sum").inner_text()
    number.fill("12")
    number.press("Enter")
    expect(page.locator(".network .sum")).not_to_have_text(shown)
    expect(number).to_be_focused()
    expect(page.locator(".network .sum")).to_contain_text(cell)


def test_a_deep_stack_fits_on_one_screen_with_norm_and_relu_folded_into_their_layers(page):
    open_app(page, "/network?view=Train&network=Two+convolutions%2C+pooled&images=100&epochs=1")
    start(page)
    expect(page.get_by_text("Trained · ")).to_be_visible()
    page.get_by_text("Every layer", exact=True).click()
    expect(page.get_by_role("button", name="conv3-32 0", exact=True)).to_be_visible()
    stage = "stage => [stage.clientWidth, stage.scrollWidth, stage.getBoundingClientRect().bottom]"
    width, content, bottom = page.locator(".network .scroll").evaluate(stage)
    assert content <= width
    assert bottom <= 720
    sizes = page.locator(".network .map:has(canvas)").evaluate_all(
        "maps => maps.map((map) => map.getBoundingClientRect().width)"
    )
    assert min(sizes) >= 56
    page.get_by_role("button", name="conv5-16 3", exact=True).hover()
    expect(page.get_by_role("status").filter(has_text="conv5-16 → norm → relu 3")).to_be_visible()
    page.get_by_role("button", name="Show every layer").click()
    expect(page.get_by_role("button", name="relu 3", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Fold norm and relu").click()
    page.get_by_role("button", name="conv5-16 3", exact=True).click()
    expect(page.locator(".network .sum")).to_contain_text("; norm")


def test_a_pooled_cell_is_said_to_be_the_largest_of_its_window(app):
    page = app("/network?view=Every+layer&map=3-3")
    said = page.locator(".network .sum")
    pooled = page.locator(".network .detail .view.large")
    side = pooled.evaluate("view => view.clientWidth")
    for row, column in ((0, 0), (6, 7)):
        pooled.hover(position={"x": (column + 0.5) * side / 16, "y": (row + 0.5) * side / 16})
        cell, numbers_said = said.inner_text().split(": the largest of ")
        window, largest = numbers_said.split(" = ")
        shown = [float(number) for number in window.split(", ")]
        assert len(shown) == 4
        assert abs(max(shown) - float(largest)) < 1e-3
        assert cell == f"Cell [{row}, {column}]"


def test_a_normed_cell_is_said_with_the_numbers_of_its_norm(app):
    page = app("/network?view=Every+layer&map=1-3")
    said = page.locator(".network .sum").inner_text().replace("−", "-").split(": ")[1]
    found = re.fullmatch(r"\((\S+) - (\S+)\) ÷ (\S+) × (\S+) \+ \(?(\S+?)\)? = (\S+)", said)
    x, mean, deviation, gamma, beta, out = map(float, found.groups())
    assert abs((x - mean) / deviation * gamma + beta - out) < 5e-3


def test_pointing_at_a_channel_shows_the_window_under_the_kernel(app):
    """The window marked in what goes in is as large as the kernel, and moves with the pointer."""
    page = app("/network?view=Every+layer&map=0-3")
    views = page.locator(".network .detail .view")
    expect(views).to_have_count(3 * 2 + 4)
    marks = views.locator(".mark")
    middle = views.first.evaluate("view => view.clientWidth") * 16.5 / 32
    views.first.hover(position={"x": middle, "y": middle})
    expect(page.locator(".network .sum")).to_contain_text("Cell [16, 16]")
    style = marks.first.evaluate("mark => [mark.style.left, mark.style.width]")
    assert style == [f"{100 * 13 / 32}%", f"{100 * 7 / 32}%"]
    views.first.hover(position={"x": 1, "y": middle})
    assert marks.first.evaluate("mark => mark.style.width") == f"{100 * 4 / 32}%"


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("opened", ["0-3", "3-3", "4-5"])
def test_how_a_map_came_about_reads_as_one_line_and_fills_the_page(
    app: App, size: tuple[int, int], opened: str
) -> None:
    """Nothing scrolls, no part stands alone in a row, and what comes of the sum stands in one row."""
    page = app(
        f"/network?view=Every+layer&map={opened}", viewport={"width": size[0], "height": size[1]}
    )
    panel = page.locator(".network .detail")
    expect(panel.locator(".thought")).to_be_visible()
    sizes = panel.evaluate(
        "at => [at.scrollHeight, at.clientHeight, at.scrollWidth, at.clientWidth]"
    )
    assert sizes[0] <= sizes[1]
    assert sizes[2] <= sizes[3]
    tops = "figures => figures.map((figure) => Math.round(figure.getBoundingClientRect().top))"
    rows = Counter(panel.locator(".parts figure").evaluate_all(tops))
    assert len(rows) == 1 or set(rows.values()) == {1} or min(rows.values()) > 1
    ends = panel.locator(".ends figure").evaluate_all(tops)
    assert len(set(ends)) <= 1
    used = panel.locator(".thought").bounding_box()
    assert used is not None
    assert used["height"] > 0.4 * sizes[1]


def test_the_browser_asks_before_it_leaves_a_running_training_and_a_reload_resumes_it(page):
    open_app(page, MANY)
    start(page)
    expect(page.get_by_role("button", name="Pause")).to_be_enabled()
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    seen = iteration(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("Training · ")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_enabled()
    assert iteration(page) > seen
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled · ")).to_be_visible()
    wait_until_idle(page)
    assert page.evaluate("window.onbeforeunload") is None


def test_the_next_picture_of_a_class_is_a_click_away(view):
    """They fit above the fold, say their class, and keep the focus of who goes on with the keyboard."""
    page = view(EVERY_LAYER)
    number = page.get_by_role("spinbutton", name="Validation picture")
    pictures = page.get_by_role("list", name="The next picture of each class")
    expect(pictures.get_by_role("button")).to_have_count(10)
    assert pictures.evaluate("list => list.getBoundingClientRect().bottom") <= 720
    ring = pictures.get_by_role("button", name="ring", exact=True)
    expect(ring).to_have_attribute("title", "ring")
    ring.focus()
    seen = [number.input_value()]
    for _ in range(2):
        page.keyboard.press("Enter")
        expect(number).not_to_have_value(seen[-1])
        seen.append(number.input_value())
        expect(page.locator(".network .right")).to_have_text("ring")
        expect(ring).to_be_focused()
    expect(page).to_have_url(re.compile(f"sample={seen[-1]}"))


def test_a_random_picture_is_another_than_the_present(view):
    page = view(EVERY_LAYER)
    number = page.get_by_role("spinbutton", name="Validation picture")
    for _ in range(2):
        before = number.input_value()
        page.get_by_role("button", name="Random", exact=True).click()
        expect(number).not_to_have_value(before)
        expect(page).to_have_url(re.compile(f"sample={number.input_value()}(&|$)"))


def test_the_keyboard_is_on_the_map_again_when_its_making_is_closed(view):
    """By Esc, by its button and by the browser's Back; a redrawn overview keeps it too."""
    page = view(EVERY_LAYER)
    opened = page.get_by_role("button", name="conv7-8 3", exact=True)
    detail = page.locator(".network .detail")
    opened.focus()
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.keyboard.press("Enter"),
        page.go_back,
    ):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Back (Esc)")).to_be_focused()
        expect(page).to_have_url(re.compile("map=0-3"))
        wait_until_idle(page)
        close()
        expect(detail).to_be_hidden()
        expect(page).not_to_have_url(re.compile("map="))
        wait_until_idle(page)
        expect(opened).to_be_focused()


def test_all_parameters_of_the_gradient_check_are_on_the_screen(app):
    page = app("/network?view=Experiments")
    page.get_by_role("button", name="Check", exact=True).click()
    last = page.get_by_role("cell", name="b3", exact=True)
    expect(last).to_be_visible()
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= 720


def test_a_phone_has_the_trainings_buttons_in_a_row_and_chinese_names_in_one_piece(
    server, new_page
):
    page = new_page(server, viewport={"width": 390, "height": 844}, locale="zh-CN")
    open_app(page, "/network?view=Train")
    tops = {
        page.get_by_role("button", name=name, exact=True).bounding_box()["y"]
        for name in ("开始", "暂停", "继续", "取消")
    }
    assert len(tops) == 1
    open_app(page, "/network?view=Scores")
    heights = {
        page.get_by_role("cell", name=name, exact=True).bounding_box()["height"]
        for name in ("星形", "三角形")
    }
    assert max(heights) < 45  # one line
