"""Receptive fields, connections and shifts, clicked and dragged in the running app."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Position, expect

from scripts.serving import Server
from tests import receptive_oracle as oracle
from tests.e2e.helpers import App, open_app, wait_until_idle

NONE = ((0, 0), (0, 0))
LINKED = "0,133,122"  # the colour of what is pointed at in another picture


def square(kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1):
    return (kernel,) * 2, (stride,) * 2, ((padding,) * 2,) * 2, (dilation,) * 2


ALEXNET = [square(11, 4), square(3, 2), square(5, 1, 2), square(3, 2), square(3, 1, 1)]
HOLES = [square(1, 3, 1), square(2, 1, 1, 2), square(3, 2)]
HOLES_LINK = "stack=a:c1s3p1;b:c2p1d2;c:c3s2&layer=3"


def sentence(page: Page, words: str | re.Pattern[str]) -> Locator:
    return page.locator("[data-testid=stMarkdown], .said").filter(has_text=words)


def picture(page: Page, name: str) -> Locator:
    """The large picture or map of this name; the row of all maps comes after it."""
    return page.get_by_role("application", name=re.compile(f"^{name} ")).first


def middle_of(frame: Locator, cell, size, sides=NONE) -> Position:
    """Where a cell of a picture of ``size`` within its padding lies, once all maps are there."""
    expect(frame.page.get_by_role("listitem").last).to_be_visible()
    (top, bottom), (left, right) = sides
    box = frame.bounding_box()
    assert box is not None
    down = (cell[0] + top + 0.5) / (size[0] + top + bottom) * box["height"]
    across = (cell[1] + left + 0.5) / (size[1] + left + right) * box["width"]
    return {"x": across, "y": down}


def click_cell(frame: Locator, cell, size) -> None:
    """Click the middle of a cell."""
    frame.click(position=middle_of(frame, cell, size))


def signed(value: int) -> str:
    return str(value).replace("-", "−")


def expected_field(stack, unit, size) -> tuple[tuple[int, int, int, int], int]:
    """The span of a unit's gradient where nothing is cut off, moved by the padding; and the live pixels."""
    bare = [(kernel, stride, NONE, dilation) for kernel, stride, _, dilation in stack]
    jump, before = 1, 0
    for _, stride, padding, _ in stack:
        before += padding[0][0] * jump
        jump *= stride[0]
    roomy = 400
    top, left, bottom, right = oracle.span(oracle.gradient(bare, unit, (roomy, roomy)))
    live = int((oracle.gradient(stack, unit, size) > 0).sum())
    return (top - before, left - before, bottom - before, right - before), live


def said_field(layer: str, unit, box) -> str:
    top, left, bottom, right = box
    return (
        f"Unit [{unit[0]}, {unit[1]}] of {layer} sees rows {signed(top)} to {signed(bottom - 1)}, "
        f"columns {signed(left)} to {signed(right - 1)}: {bottom - top}×{right - left} pixels."
    )


@pytest.mark.main
@pytest.mark.parametrize("unit", [(6, 6), (0, 12), (11, 3)])
def test_a_clicked_unit_shows_the_field_its_gradient_has(app: App, unit) -> None:
    page = app("/receptive-field?layer=5")
    click_cell(picture(page, "conv3"), unit, (13, 13))
    box, _ = expected_field(ALEXNET, unit, (227, 227))
    expect(sentence(page, said_field("conv3", unit, box))).to_be_visible()
    expect(page).to_have_url(re.compile(f"unit={unit[0]}%2C{unit[1]}"))


def test_live_pixels_of_a_field_with_holes_are_counted(app: App) -> None:
    page = app(f"/receptive-field?{HOLES_LINK}&input=Whole+photo&image=Gradient")
    sizes = oracle.sizes(HOLES, (64, 64))
    unit = (4, 6)
    click_cell(picture(page, "c"), unit, sizes[-1])
    box, live = expected_field(HOLES, unit, (64, 64))
    said = sentence(page, said_field("c", unit, box))
    expect(said).to_contain_text(f"Only {live} of the ")


def marked(frame: Locator, size, sides) -> np.ndarray:
    """Which cells of a picture within its padding have the colour of what is pointed at elsewhere."""
    run = """(frame, [size, sides, colour]) => {
        const canvas = frame.querySelector("canvas.marks");
        const context = canvas.getContext("2d");
        const [outer, inner] = [canvas, frame].map((each) => each.getBoundingClientRect());
        const ratio = canvas.width / outer.width;
        const at = (k, axis, begin, length) => {
            const [before, after] = sides[axis];
            return Math.floor((begin + ((k + before + 0.5) / (size[axis] + before + after)) * length) * ratio);
        };
        const has = (row, column) => {
            const x = at(column, 1, inner.left - outer.left, inner.width);
            const y = at(row, 0, inner.top - outer.top, inner.height);
            return String([...context.getImageData(x, y, 1, 1).data.slice(0, 3)]) === colour;
        };
        const upTo = (count) => Array.from({ length: count }, (_, k) => k);
        return upTo(size[0]).map((row) => upTo(size[1]).map((column) => has(row, column)));
    }"""
    return np.array(frame.evaluate(run, [size, sides, LINKED]))


@pytest.mark.parametrize("unit", [(4, 6), (0, 0), (9, 9)])
def test_pointing_at_a_unit_shows_the_live_pixels_a_click_would_show(app: App, unit) -> None:
    """Holes too, and at the border, where taps in the padding lead nowhere: as the gradient has them."""
    page = app(f"/receptive-field?{HOLES_LINK}&input=Whole+photo&image=Gradient&unit=5,5")
    size, frame = (64, 64), picture(page, "c")
    out = oracle.sizes(HOLES, size)[-1]
    frame.hover(position=middle_of(frame, unit, out))
    live = oracle.gradient(HOLES, unit, size) > 0
    first, this, last = (
        expected_field(HOLES, each, size)[0] for each in ((0, 0), unit, (out[0] - 1, out[1] - 1))
    )
    sides = ((max(0, int(-first[0])), max(0, int(last[2]) - size[0])),) * 2
    shown = marked(picture(page, "Gradient"), size, sides)
    top, left, bottom, right = np.clip(this, 0, size[0])
    inside = np.s_[top:bottom, left:right]  # the outline lies around it
    assert not live[inside].all()
    np.testing.assert_array_equal(shown[inside], live[inside])


@pytest.mark.parametrize("pixel", [(0, 0), (113, 60)])
def test_a_clicked_pixel_lights_every_unit_that_sees_it(app: App, pixel) -> None:
    page = app("/receptive-field?preset=LeNet-5&layer=3&input=Whole+photo&image=Gradient&unit=0,0")
    stack, size = [square(5), square(2, 2), square(5)], (64, 64)
    place = (pixel[0] % 64, pixel[1])
    click_cell(picture(page, "Gradient"), place, size)
    out = oracle.sizes(stack, size)[-1]
    seeing = [unit for unit in np.ndindex(*out) if oracle.gradient(stack, unit, size)[place]]
    rows, columns = zip(*seeing, strict=True)
    expect(
        sentence(
            page,
            f"Pixel [{place[0]}, {place[1]}] is seen by {len(seeing)} of {out[0] * out[1]} units of C3, "
            f"in rows {min(rows)} to {max(rows)}, columns {min(columns)} to {max(columns)}.",
        )
    ).to_be_visible()


def test_a_unit_picked_in_the_row_of_maps_chooses_its_layer(app: App) -> None:
    page = app("/receptive-field?layer=5&unit=6,6")
    expect(sentence(page, "of conv3 sees")).to_be_visible()
    maps = page.get_by_role("listitem")
    expect(maps).to_have_count(10)
    click_cell(maps.nth(3).get_by_role("application"), (2, 5), (13, 13))
    box, _ = expected_field(ALEXNET[:4], (2, 5), (227, 227))
    expect(sentence(page, said_field("pool2", (2, 5), box))).to_be_visible()
    expect(page.get_by_text("Layer 4 of 10: pool2")).to_be_visible()


def test_a_field_is_lit_and_the_rest_steps_back(app: App) -> None:
    """Pixels of the veil: clear inside the box, dark outside."""
    page = app("/receptive-field?layer=5&unit=6,6")
    expect(sentence(page, "of conv3 sees")).to_be_visible()
    alphas = picture(page, "Cat").evaluate(
        """frame => {
            const canvas = frame.querySelector('canvas.marks');
            const context = canvas.getContext('2d');
            const at = (x, y) => context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data[3];
            return [at(0.5, 0.5), at(0.25, 0.3)];
        }"""
    )
    assert alphas[0] == 0
    assert alphas[1] > 100


def test_dragging_a_stride_changes_every_layer_after_it(app: App) -> None:
    page = app("/receptive-field?stack=a:c3p1;b:c3p1;c:c3p1&layer=3&unit=4,4")
    before, _ = expected_field([square(3, 1, 1)] * 3, (4, 4), (227, 227))
    expect(sentence(page, said_field("c", (4, 4), before))).to_be_visible()
    page.get_by_role("group", name="Layer 3 of 3: c").get_by_role("slider").press("ArrowLeft")
    expect(page.get_by_text("Layer 2 of 3: b")).to_be_visible()
    expect(
        page.get_by_role("group", name="Stride", exact=True)
    ).to_be_visible()  # the stack is edited
    page.get_by_role("group", name="Stride", exact=True).get_by_role("slider").press("ArrowRight")
    expect(page).to_have_url(re.compile("b%3Ac3s2p1"))
    page.get_by_role("group", name="Layer 2 of 3: b").get_by_role("slider").press("ArrowRight")
    strided = [square(3, 1, 1), square(3, 2, 1), square(3, 1, 1)]
    after, _ = expected_field(strided, (4, 4), (227, 227))
    expect(sentence(page, said_field("c", (4, 4), after))).to_be_visible()


def test_the_link_reopens_a_stack_its_layer_and_its_unit(app: App) -> None:
    page = app(f"/receptive-field?{HOLES_LINK}&unit=3,5&neighbour=Below")
    said = sentence(page, "Unit [3, 5] of c sees")
    expect(said).to_contain_text("The field of the next unit down begins 6 rows later")
    before = said.text_content()
    page.reload()
    expect(said).to_have_text(before)


def test_a_persons_own_photo_is_what_the_stack_sees(page: Page) -> None:
    open_app(page, "/receptive-field?preset=LeNet-5&input=Whole+photo")
    buffer = io.BytesIO()
    Image.fromarray(np.full((40, 56, 3), 90, dtype=np.uint8)).save(buffer, "PNG")
    page.get_by_text("Use your own photo").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
    )
    expect(picture(page, "mine.png")).to_be_visible()
    expect(page.get_by_text("40×56").first).to_be_visible()
    click_cell(picture(page, "mine.png"), (20, 30), (40, 56))
    expect(sentence(page, "Pixel [20, 30] is seen by")).to_be_visible()


@pytest.mark.main
def test_the_effective_field_says_its_widths_and_follows_the_depth(app: App) -> None:
    page = app("/effective-field?weights=Equal&depth=10")
    expect(sentence(page, "Theoretical field 21 px. Fitted Gaussian σ = 2.58 px")).to_be_visible()
    page.get_by_role("group", name="Layers", exact=True).get_by_role("slider").press("ArrowRight")
    expect(sentence(page, "Theoretical field 23 px.")).to_be_visible()


@pytest.mark.main
def test_pointing_at_a_connection_says_who_shares_its_weight(app: App) -> None:
    page = app("/sparse-shared?example=One+row,+two+taps")
    matrix = page.get_by_role("application", name=re.compile("^Connection matrix"))
    box = matrix.bounding_box()
    assert box is not None
    matrix.hover(position={"x": 2.5 * box["width"] / 12, "y": 1.5 * box["height"] / 11})
    said = page.get_by_text("out[0, 0, 1] takes x[0, 0, 2].")
    expect(said).to_contain_text("Weight w[0, 0, 0, 1] is shared by 11 connections.")
    matrix.hover(position={"x": 8.5 * box["width"] / 12, "y": 1.5 * box["height"] / 11})
    expect(page.get_by_text("out[0, 0, 1] does not take x[0, 0, 8].")).to_be_visible()
    page.get_by_text("Locally connected", exact=True).last.click()
    expect(page.get_by_role("figure").filter(has_text="Locally connected as a")).to_be_visible()
    matrix.focus()
    page.keyboard.press("ArrowRight")
    expect(
        page.get_by_text("out[0, 0, 0] takes x[0, 0, 1]. It has a weight of its own")
    ).to_be_visible()


@pytest.mark.main
def test_dragging_the_image_moves_it_and_both_orders_are_compared(app: App) -> None:
    page = app("/equivariance?pad_mode=circular&across=0")
    expect(page.get_by_text("Nothing is shifted yet")).to_be_visible()
    image = picture(page, "Drag the image")
    box = image.bounding_box()
    assert box is not None
    cell = box["width"] / 96
    middle = (box["x"] + 48.5 * cell, box["y"] + 48.5 * cell)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 9 * cell, middle[1] - 4 * cell, steps=4)
    page.mouse.up()
    expect(page.get_by_text("shifted by [−4, 9]")).to_be_visible()
    expect(page.get_by_text("Both orders agree exactly: largest difference 0.")).to_be_visible()
    page.get_by_text("2", exact=True).first.click()
    expect(page.get_by_text("not a multiple of the total stride 2")).to_be_visible()


@pytest.mark.main
def test_the_recurrence_is_stepped_layer_by_layer_in_the_stepper(app: App) -> None:
    page = app("/receptive-field?view=Layer+by+layer&preset=LeNet-5")
    said = page.get_by_role("region", name="Stepper").get_by_role("status").first
    expect(said).to_have_text(
        "Layer 1: a unit sees r = 1 + 4 = 5 pixels; the next unit lies j = 1 × 1 = 1 pixels further."
    )
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(
        "Layer 2: a unit sees r = 5 + 1 = 6 pixels; the next unit lies j = 1 × 2 = 2 pixels further."
    )
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Layer 3")
    page.get_by_role("region", name="Stepper").get_by_text("line", exact=True).click()
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text("r = 6 + 8 = 14: one unit of layer 3 sees this many pixels.")
    expect(page).to_have_url(re.compile("step=7"))


def test_the_slider_of_the_layers_and_the_stepper_say_the_same_layer(app: App) -> None:
    page = app("/receptive-field?view=Layer+by+layer&preset=LeNet-5&layer=2&unit=4,4")
    said = page.get_by_role("region", name="Stepper").get_by_role("status").first
    caption = page.get_by_role("region", name="Stepper").locator("figcaption").first
    sidebar = page.locator(".stSidebar")
    expect(said).to_contain_text("Layer 2: ")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Layer 3: ")
    unit = re.search(r"unit \[(\d+), (\d+)\]", caption.inner_text())
    assert unit
    expect(sidebar.get_by_text("Layer 3 of 5: C3")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"layer=3.*unit={unit[1]}%2C{unit[2]}"))
    page.get_by_role("region", name="Stepper").get_by_text("line", exact=True).click()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("step=7"))
    expect(said).to_contain_text("one unit of layer 3 sees")
    slider = sidebar.get_by_role("slider").first
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(sidebar.get_by_text("Layer 5 of 5: C5")).to_be_visible()
    expect(said).to_contain_text("of layer 5 from the next")
    expect(page).to_have_url(re.compile("layer=5"))
    slider.press("ArrowLeft")
    expect(sidebar.get_by_text("Layer 4 of 5: S4")).to_be_visible()
    expect(said).to_contain_text("of layer 4 from the next")
    expect(page).to_have_url(re.compile("layer=4"))
    page.go_back()
    expect(said).to_contain_text("layer 5")
    expect(sidebar.get_by_text("Layer 5 of 5: C5")).to_be_visible()


def test_the_sliders_last_press_counts_though_the_stepper_just_came_to_rest(
    server: Server, new_page: Callable[..., Page]
) -> None:
    """The stepper tells where the first press has sent it before it hears of the second."""
    page = new_page(server)
    open_app(page, "/receptive-field?view=Layer+by+layer&preset=LeNet-5&layer=3")
    said = page.get_by_role("region", name="Stepper").get_by_role("status").first
    sidebar = page.locator(".stSidebar")
    slider = sidebar.get_by_role("slider").first
    expect(said).to_contain_text("Layer 3: ")
    page.keyboard.press("Shift")  # from now on the arrow keys are the slider's
    slider.focus()
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    slider.press("ArrowRight")
    page.clock.run_for(300)
    expect(said).to_contain_text("Layer 4: ")
    slider.press("ArrowRight")
    page.clock.run_for(500)  # both are told with nothing heard between
    page.clock.resume()
    expect(said).to_contain_text("Layer 5: ")
    expect(page).to_have_url(re.compile("layer=5.*step=14"))
    wait_until_idle(page)
    expect(sidebar.get_by_text("Layer 5 of 5: C5")).to_be_visible()
    page.close()  # its clock is no other test's


def outlined(page: Page) -> tuple[int, int]:
    """Rows and columns of the photo beside the steps over which the latest box is drawn, in device pixels."""
    canvas = page.get_by_role("region", name="Stepper").locator("figure canvas").first
    found = canvas.evaluate(
        """canvas => {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const [xs, ys] = [[], []];
            for (let k = 0; k < data.length; k += 4) {
                if (data[k] !== 208 || data[k + 1] !== 0 || data[k + 2] !== 111) continue;
                xs.push((k / 4) % canvas.width);
                ys.push(Math.floor(k / 4 / canvas.width));
            }
            return [Math.max(...ys) - Math.min(...ys), Math.max(...xs) - Math.min(...xs)];
        }"""
    )
    return found[0], found[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_field_grows_on_the_photo_as_the_layers_are_stepped(app: App, width: int) -> None:
    path = "/receptive-field?view=Layer+by+layer&preset=LeNet-5&unit=0,0"
    page = app(path, viewport={"width": width, "height": 720})
    caption = page.get_by_role("region", name="Stepper").locator("figcaption").first
    fields = []
    for layer, r, j in (("C1", 5, 1), ("S2", 6, 2), ("C3", 14, 2)):
        expect(caption).to_contain_text(re.compile(rf"^{layer}, .*: r = {r}, j = {j}, "))
        fields.append(outlined(page))
        page.keyboard.press("ArrowRight")
    cell = (fields[2][0] - fields[0][0]) / (14 - 5)
    assert cell > 3
    assert fields[1][0] - fields[0][0] == pytest.approx(cell, abs=1.5)
    page.get_by_role("region", name="Stepper").get_by_text("line", exact=True).click()
    page.keyboard.press("Home")
    expect(caption).to_contain_text("Pixel [")


def test_the_difference_is_large_and_all_is_seen_without_scrolling(app: App) -> None:
    """With the longest sentence there is; both orders stand small between the image and the difference."""
    page = app("/equivariance?stride=2&across=3&down=2")
    expect(page.get_by_text("in place of the pixels that moved out of the image")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("each cell has a weight")).to_be_in_viewport()
    names = ("Drag the image", "Shift, then convolve", "Convolve, then shift", "Difference")
    image, first, after, difference = (picture(page, name).bounding_box() for name in names)
    assert min(image["width"], difference["width"]) >= 340
    assert image["x"] < first["x"] == after["x"] < difference["x"]
    assert first["y"] + first["height"] < after["y"]
    assert first["width"] > 140


def test_the_keys_begin_at_the_unit_shown_and_enter_chooses_another(app: App) -> None:
    page = app("/receptive-field?layer=5&unit=6,6")
    expect(sentence(page, "Unit [6, 6] of conv3 sees")).to_be_visible()
    picture(page, "conv3").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Unit [6, 7]: ")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(sentence(page, "Unit [5, 7] of conv3 sees")).to_be_visible()
    expect(picture(page, "conv3")).to_be_focused()


def test_the_keys_go_from_connection_to_connection_and_show_where(app: App) -> None:
    """Two taps, stride 1: the first output takes the first two inputs, the second the next."""
    page = app("/sparse-shared?example=One+row,+two+taps")
    matrix = page.get_by_role("application", name=re.compile("^Connection matrix"))
    matrix.focus()
    for key, output, column in (
        ("ArrowLeft", 0, 0),
        ("ArrowRight", 0, 1),
        ("ArrowRight", 0, 1),
        ("ArrowDown", 1, 1),
        ("ArrowLeft", 1, 1),
        ("ArrowRight", 1, 2),
    ):
        page.keyboard.press(key)
        expect(page.get_by_text(f"out[0, 0, {output}] takes x[0, 0, {column}].")).to_be_visible()
    frame = matrix.locator("canvas").evaluate(
        """canvas => {
            const cell = canvas.height / 11;
            const context = canvas.getContext('2d');
            const at = (row, column) => [...context.getImageData(column * cell, row * cell + 1, 1, 1).data];
            return [at(1, 2.5), at(0, 0.5)];
        }"""
    )
    assert frame[0][:3] == [27, 31, 39]
    assert frame[1][:3] != [27, 31, 39]
    page.keyboard.press("Escape")
    expect(page.get_by_text("Rows are outputs, columns are inputs.")).to_be_visible()


def test_the_maps_of_all_layers_are_seen_at_once(app: App) -> None:
    page = app("/receptive-field")
    maps = page.get_by_role("listitem")
    expect(maps).to_have_count(10)
    expect(maps.last.get_by_role("application")).to_be_visible()
    box = maps.last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1280
    assert box["y"] + box["height"] <= 720
