"""The Convolve page, as a person uses it."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from convviz.photos.samples import sample
from tests import oracles
from tests.e2e.helpers import (
    App,
    choose,
    finished,
    open_app,
    paste,
    sentence,
    step_on,
    stepper,
    take_picture,
    unfold,
    wait_until_idle,
)

STEPS = "view=Step+through+the+loop&around=Padding"
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def text(value: float) -> str:
    """A number as the page writes it."""
    return f"{value + 0.0:.6g}".replace("-", "−")  # + 0.0 turns -0 into 0


def term(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)


def region(page: Page, rows: int, columns: int) -> np.ndarray:
    """The part of the cat that the page's boxes name, (3, rows, columns)."""
    top = int(page.get_by_label("Top row").input_value())
    left = int(page.get_by_label("Left column").input_value())
    pixels = sample("cat").pixels[top : top + rows, left : left + columns]
    return pixels.transpose(2, 0, 1).astype(float)


def nudge(page: Page, label: str, presses: int = 1) -> None:
    """Move a slider to the right with the keyboard."""
    slider = page.get_by_role("group", name=label, exact=True).get_by_role("slider")
    for _ in range(presses):
        slider.press("ArrowRight")


@pytest.mark.long
def test_every_step_of_a_12_by_12_rgb_region_says_numpys_numbers(app: App) -> None:
    page = app(f"/?{STEPS}&rows=12&columns=12")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    x_pad = np.pad(region(page, 12, 12), ((0, 0), (1, 1), (1, 1)))
    stepper(page).get_by_text("tap", exact=True).click()
    page.keyboard.press("Home")
    for i, j in np.ndindex(12, 12):
        window = x_pad[:, i : i + 3, j : j + 3]
        products = (window * SOBEL).ravel()
        expected = [
            f"Cell out[0, 0, {i}, {j}]: cut out its window x_pad[0, :, {i}:{i + 3}, {j}:{j + 3}]."
        ]
        for k in range(27):
            a, b = window.ravel()[k], np.tile(SOBEL.ravel(), 3)[k]
            expected.append(
                f"Tap {k + 1} of 27: {text(a)} × {term(b)} = {text(products[k])}. "
                f"Sum so far {text(products[: k + 1].sum())}."
            )
        total = products.sum()
        expected.append(
            f"out[0, 0, {i}, {j}] = sum of 27 products {text(total)} + bias 0 = {text(total)}"
        )
        assert step_on(page, len(expected)) == expected
    expect(stepper(page).get_by_role("button", name="Next")).to_be_disabled()


@pytest.mark.main
def test_keys_buttons_and_scrub_bar_move_and_say_where(app: App) -> None:
    page = app(f"/?{STEPS}")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    for key, cell in [
        ("ArrowRight", (0, 1)), ("PageDown", (0, 2)), ("ArrowLeft", (0, 1)), ("PageUp", (0, 0)),
        ("End", (7, 7)), ("Home", (0, 0)),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(sentence(page)).to_contain_text(f"out[0, 0, {cell[0]}, {cell[1]}] =")
    stepper(page).get_by_role("button", name="Last").click()
    expect(sentence(page)).to_contain_text("out[0, 0, 7, 7] =")
    stepper(page).get_by_role("button", name="First (Home)").click()
    stepper(page).get_by_text("row", exact=True).click()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("out[0, 0, 1, 7] =")
    stepper(page).get_by_text("cell", exact=True).click()
    stepper(page).get_by_role("slider", name="Position").fill("20")
    expect(sentence(page)).to_contain_text("out[0, 0, 2, 4] =")


def test_play_runs_to_the_end_and_stops(app: App) -> None:
    page = app(f"/?{STEPS}&rows=4&columns=4")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    speed = stepper(page).get_by_role("slider", name="Steps per second")
    speed.fill(str(speed.get_attribute("max")))
    stepper(page).get_by_role("button", name="Play").click()
    expect(sentence(page)).to_contain_text("out[0, 0, 3, 3] =")
    expect(stepper(page).get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.main
def test_the_link_reopens_settings_region_and_step(app: App) -> None:
    page = app(f"/?{STEPS}&stride=2&filter=Laplacian+%284%29&row=40&col=60&bias=5")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 2] =")
    expect(page).to_have_url(re.compile("step=86"))
    said = sentence(page).text_content()
    page.reload()
    expect(sentence(page)).to_have_text(said)
    expect(page.get_by_label("Top row")).to_have_value("40")
    assert said.endswith(f"+ bias 5 = {said.rsplit(' = ', 1)[1]}")


@pytest.mark.main
def test_a_click_on_the_map_goes_to_the_loop_there_and_back(app: App) -> None:
    """In one press, at the map's own cell, also with a stride; the button and Escape lead back to the photo."""
    page = app("/?stride=2")
    chosen = page.get_by_role("application", name=re.compile("^Sobel x"))
    chosen.hover(position={"x": 200, "y": 150})
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    expect(said).not_to_contain_text("out[119, 153]")
    row, column, value = re.findall(r"out\[(\d+), (\d+)\] .* = (\S+)", finished(said))[0]
    x = np.pad(sample("cat").pixels.astype(float), ((1, 1), (1, 1), (0, 0)))
    window = x[2 * int(row) : 2 * int(row) + 3, 2 * int(column) : 2 * int(column) + 3]
    assert text(float((window * SOBEL[..., None]).sum())) == value
    chosen.click(position={"x": 200, "y": 150})
    expect(sentence(page)).to_contain_text("out[0, 0, 2, 2] = ")
    expect(sentence(page)).to_contain_text(f"+ bias 0 = {value}")
    unfold(page, "Region to step through")
    expect(page.get_by_label("Top row")).to_have_value(str(2 * int(row) - 4))
    stepper(page).get_by_role("button", name="Next").click()
    expect(page).to_have_url(re.compile("step=347"))
    stepper(page).get_by_role("button", name="Back to the photo").click()
    expect(chosen).to_be_visible()
    page.get_by_text("Step through the loop", exact=True).click()
    expect(sentence(page)).to_contain_text("out[0, 0, 2, 3] = ")  # the place is not lost
    page.keyboard.press("p")
    page.keyboard.press("Escape")  # ends presenting, and only that
    expect(sentence(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(chosen).to_be_visible()


def test_a_frame_that_is_dragged_moves_the_region_and_stays_on_the_photo(app: App) -> None:
    page = app("/?row=40&col=60")
    photo = page.get_by_role("application", name=re.compile("^Cat"))
    box = photo.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 250, steps=5)
    page.mouse.up()
    expect(page.get_by_label("Top row")).not_to_have_value("40")
    expect(photo).to_be_visible()
    top, left = (int(page.get_by_label(name).input_value()) for name in ("Top row", "Left column"))
    photo.click(
        position={"x": 200, "y": 250}
    )  # the same place: the loop begins in the region's middle
    expect(sentence(page)).to_contain_text("out[0, 0, 4, 4] = ")
    assert (top, left) == tuple(
        int(page.get_by_label(name).input_value()) for name in ("Top row", "Left column")
    )


def test_the_backward_page_has_the_numbers_of_the_forward_pass_and_pooling_its_own(
    page: Page,
) -> None:
    """Stride, padding and dilation go along to the backward pass, in its link too; pooling keeps its defaults."""
    open_app(page, "/?stride=2&pad=3&dilation=2&row=100&col=120")
    formula = "⌊({side} + 2·3 − 2·(3 − 1) − 1) / 2⌋"
    expect(page.get_by_text(formula.format(side=512)).first).to_be_visible()
    page.get_by_role("link", name="Backward").click()
    expect(page.get_by_text(formula.format(side=5)).first).to_be_visible()
    expect(page.get_by_label("Top row")).to_have_value("100")
    expect(page).to_have_url(re.compile(r"/backward\?(?=.*pad=3)(?=.*stride=2)(?=.*dilation=2)"))
    page.get_by_role("link", name="Pooling").click()
    expect(page.get_by_text("⌊(512 + 2·0 − 1·(2 − 1) − 1) / 2⌋").first).to_be_visible()
    page.get_by_role("link", name="Convolve").click()
    expect(page.get_by_text(formula.format(side=512)).first).to_be_visible()


def test_the_whole_map_has_numpys_range_and_size(app: App) -> None:
    page = app("/?image=Digit&channels=Gray&stride=2&pad=2")
    x = sample("digit").pixels[None, None, :, :, 0].astype(float)
    out = oracles.conv(x, SOBEL[None, None], [0.0], (2, 2), ((2, 2), (2, 2)), (1, 1), 1, "zeros")
    expect(
        page.get_by_text(f"Minimum {text(out.min())}, maximum {text(out.max())}")
    ).to_be_visible()
    expect(
        page.get_by_text("height and width ⌊(8 + 2·2 − 1·(3 − 1) − 1) / 2⌋ + 1 = 5")
    ).to_be_visible()
    expect(page.get_by_text("The stride leaves 1 row and 1 column over")).to_be_visible()


def test_a_slider_stays_where_it_is_while_the_stride_leaves_something_over(app: App) -> None:
    """What is said of that stands above the sliders. One of them is dragged meanwhile."""
    page = app("/")
    leaves = page.get_by_text("The stride leaves 1 row and 1 column over")
    expect(leaves).to_have_count(0)
    padding = page.get_by_role("slider", name="Padding on each side")
    before = padding.bounding_box()
    page.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(leaves).to_be_visible()
    wait_until_idle(page)
    assert padding.bounding_box() == before


@pytest.mark.main
def test_each_setting_changes_what_is_computed(app: App) -> None:
    page = app("/?image=Digit&channels=Gray")
    x = sample("digit").pixels[None, None, :, :, 0].astype(float)

    def expect_map(kernel, stride, padding, dilation, mode, bias=0.0):
        sides = ((padding, padding), (padding, padding))
        out = oracles.conv(
            x, kernel[None, None], [bias], (stride,) * 2, sides, (dilation,) * 2, 1, mode
        )
        shown = f"Minimum {text(np.float32(out.min()))}, maximum {text(np.float32(out.max()))}"
        expect(page.get_by_text(shown)).to_be_visible()

    expect_map(SOBEL, 1, 1, 1, "zeros")
    nudge(page, "Padding on each side")
    expect_map(SOBEL, 1, 2, 1, "zeros")
    unfold(page, "Padding and dilation")
    choose(page, "Padding mode", "reflect")
    expect_map(SOBEL, 1, 2, 1, "reflect")
    nudge(page, "Stride")
    expect_map(SOBEL, 2, 2, 1, "reflect")
    nudge(page, "Dilation")
    expect_map(SOBEL, 2, 2, 2, "reflect")
    page.get_by_text("Convolution", exact=True).click()
    expect_map(SOBEL[::-1, ::-1], 2, 2, 2, "reflect")
    bias = page.get_by_label("Bias")
    wait_until_idle(page)
    bias.fill("7.5")
    bias.press("Enter")
    expect_map(SOBEL[::-1, ::-1], 2, 2, 2, "reflect", 7.5)
    choose(page, "Filter f = 0", "Box blur")
    expect_map(np.full((3, 3), 1 / 9), 2, 2, 2, "reflect", 7.5)


def test_a_typed_kernel_is_what_slides(app: App) -> None:
    page = app("/?image=Digit&channels=Gray&filter=Custom&weights=0+-1+0%3B-1+5+-1%3B0+-1+0")
    x = sample("digit").pixels[None, None, :, :, 0].astype(float)
    kernel = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])

    def expect_map():
        sides = ((1, 1), (1, 1))
        out = oracles.conv(x, kernel[None, None], [0.0], (1, 1), sides, (1, 1), 1, "zeros")
        shown = f"Minimum {text(out.min())}, maximum {text(out.max())}"
        expect(page.get_by_text(shown)).to_be_visible()

    expect_map()
    page.get_by_role("textbox", name="row 0, column 0").click()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    kernel[0, 0] = 7
    expect(page).to_have_url(re.compile(r"weights=7\+-1\+0"))
    expect_map()


def png(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def upload(page: Page, name: str, data: bytes) -> None:
    own = page.get_by_text("Use your own photo")
    if not page.get_by_text("Drop or choose an image, or paste one anywhere").is_visible():
        own.click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": data}
    )


@pytest.mark.main
def test_an_uploaded_photo_is_convolved(page: Page) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    open_app(page, "/")
    expect(page.get_by_text("Minimum")).to_be_visible()
    upload(page, "mine.png", png(pixels))
    x = pixels.transpose(2, 0, 1)[None].astype(float)
    w = np.broadcast_to(SOBEL, (1, 3, 3, 3))
    out = oracles.conv(x, w, [0.0], (1, 1), ((1, 1), (1, 1)), (1, 1), 1, "zeros")
    expect(
        page.get_by_text(f"Minimum {text(out.min())}, maximum {text(out.max())}")
    ).to_be_visible()
    expect(page.get_by_text("20×30").first).to_be_visible()


def test_a_pasted_image_is_convolved(page: Page) -> None:
    open_app(page, "/?channels=Gray")
    expect(page.get_by_text("Minimum").first).to_be_visible()
    pixels = np.random.default_rng(4).integers(0, 256, (9, 14), dtype=np.uint8)
    paste(page, png(pixels))
    out = oracles.conv(
        pixels[None, None].astype(float),
        SOBEL[None, None],
        [0.0],
        (1, 1),
        ((1, 1), (1, 1)),
        (1, 1),
        1,
        "zeros",
    )
    expect(
        page.get_by_text(f"Minimum {text(out.min())}, maximum {text(out.max())}")
    ).to_be_visible()


def test_a_picture_taken_with_the_camera_is_convolved(page: Page) -> None:
    page.context.grant_permissions(["camera"])
    open_app(page, "/")
    page.get_by_text("Use your own photo").click()
    take_picture(page, seconds=1.5)
    expect(page.get_by_role("combobox", name="Image", exact=True)).to_have_value("Camera")
    expect(page.get_by_role("figure", name=re.compile("^Camera 288×512"))).to_be_visible()


@pytest.mark.main
def test_a_refused_file_gets_a_sentence_and_changes_nothing(page: Page) -> None:
    open_app(page, "/")
    shown = page.get_by_text("Minimum").first.inner_text()
    for name, data, says in (
        ("empty.png", b"", "empty"),
        ("letter.png", b"Dear cat,", "letter.png"),
    ):
        upload(page, name, data)
        alert = page.get_by_role("alert").filter(has_text=says)
        expect(alert).to_contain_text("The image shown has not changed.")
        expect(page.get_by_text(shown).first).to_be_visible()


def test_a_link_that_asks_for_the_impossible_is_told_what_works(app: App) -> None:
    page = app("/?stride=99")
    expect(
        page.get_by_text("The link asks for stride 99, but stride goes from 1 to 8 here.")
    ).to_be_visible()
    page = app("/?image=mine.png")
    expect(
        page.get_by_text("This link was made with the photo mine.png. A link cannot hold photos:")
    ).to_be_visible()


def test_pointing_at_a_cell_says_what_belongs_to_it(app: App) -> None:
    page = app(f"/?{STEPS}")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    canvas = stepper(page).get_by_role("img", name="Input, window")
    canvas.hover(position={"x": 60, "y": 70})
    expect(stepper(page).get_by_text(re.compile(r"Windows that touch it: \d+"))).to_be_visible()


def test_several_filters_and_a_batch_have_loops_of_their_own(app: App) -> None:
    page = app(f"/?{STEPS}&image=Cat+and+dog&more=Sobel+y&rows=3&columns=3")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("out[1, 1, 2, 2] =")
