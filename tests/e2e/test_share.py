"""A view is taken away and opened again, as a person would."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from convviz.ops.spec import Conv2dSpec
from convviz.photos.regions import Region
from convviz.photos.samples import sample
from convviz.pictures.steps.drawing import Drawing
from convviz.trace import Scene, conv_scene
from convviz.ui.inputs.filter_controls import Filters
from convviz.ui.places import feature_maps, of_region
from convviz.ui.saying import JOINER
from scripts.serving import COMMAND, ROOT, Server, running
from tests import oracles
from tests.e2e.helpers import open_app, sentence, unfold, wait_until_idle
from tests.unit.test_saved import HOSTILE

STEPS = "/?view=Step+through+the+loop&around=Padding&image=Digit&channels=Gray&rows=4&columns=5&stride=2"
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def open_bar(page: Page) -> None:
    page.get_by_role("button", name="Share and export").click()
    expect(page.get_by_text("Link to this view")).to_be_visible()
    wait_until_idle(page)


def download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as asked:
        page.get_by_role("button", name=label).click()
    path = folder / asked.value.suggested_filename
    asked.value.save_as(path)
    return path


FAILING = """import convviz.export as export
def step_png(scene, step):
    raise OverflowError("cannot convert float infinity to integer")
export.step_png = step_png
"""


def test_a_file_that_cannot_be_made_is_said_in_a_sentence(
    tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAILING)
    broken = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    with running(COMMAND, tmp_path / "log" / "server.log", environment=broken) as server:
        page = new_page(server)
        said = {
            "en": "This file could not be made. Other settings may work.",
            "zh": "无法生成此文件",
        }
        for language, sentence in said.items():
            open_app(page, f"{STEPS}&lang={language}")
            page.get_by_test_id("stPopoverButton").first.click()
            page.get_by_role("button", name=".png").click()
            expect(page.get_by_text(sentence)).to_be_visible()
        page.close()  # before its server stops
        printed = server.log.read_text()
        server.log.write_text(printed.replace("Traceback", "Expected"))


def region(page: Page) -> np.ndarray:
    """The part of the digit that the page's boxes name, (1, 1, rows, columns)."""
    top = int(page.get_by_label("Top row").input_value())
    left = int(page.get_by_label("Left column").input_value())
    pixels = sample("digit").pixels[top : top + 4, left : left + 5, 0]
    return pixels[None, None].astype(float)


def expected_output(x: np.ndarray) -> np.ndarray:
    sides = ((1, 1), (1, 1))
    return oracles.conv(x, SOBEL[None, None], [0.0], (2, 2), sides, (1, 1), 1, "zeros")


@pytest.mark.main
def test_what_is_taken_away_says_what_the_page_shows(
    page: Page, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """The offline page, the animation, the picture, the arrays and the code, from one view."""
    open_app(page, STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=21"))
    x = region(page)
    out = expected_output(x)
    top, left = (int(page.get_by_label(name).input_value()) for name in ("Top row", "Left column"))
    scene = on_the_digit(x, Region(top, left, 4, 5))
    open_bar(page)
    check_offline_page(new_page(offline=True), download(page, "Web page (.html)", tmp_path), out)
    check_animation(download(page, "Animation (.gif)", tmp_path), Drawing(scene), len(out.ravel()))
    picture = Image.open(download(page, "Picture (.png)", tmp_path))
    assert picture.tobytes() == Drawing(scene, 2).step(21).tobytes()
    arrays = np.load(download(page, "Arrays (.npz)", tmp_path))
    np.testing.assert_array_equal(arrays["x"], x)
    np.testing.assert_allclose(arrays["out"], out, atol=1e-6)
    check_code(download(page, "Code (.zip)", tmp_path), tmp_path / "code", out)


def on_the_digit(x: np.ndarray, region: Region) -> Scene:
    """The loop of the page, with its place on the photo and on the map."""
    spec, filters = Conv2dSpec.make(3, stride=2, padding=1), SOBEL[None, None]
    digit = replace(sample("digit"), name="Digit")
    maps = feature_maps([digit], "gray", Filters(("Sobel x",), filters, np.zeros(1), SOBEL), spec)
    scene = conv_scene(x, filters, None, spec)
    return of_region(scene, [digit], "gray", region, spec.window, maps)


def check_offline_page(page: Page, path: Path, out: np.ndarray) -> None:
    """Without a network: it opens where it was, and the keys step."""
    page.goto(path.as_uri())
    values = out.ravel()
    for cell, key in ((1, "PageDown"), (2, "ArrowRight"), (3, "Home"), (0, "End"), (5, "PageUp")):
        shown = f"{values[cell]:g}".replace("-", "−")
        expect(sentence(page)).to_have_text(re.compile(rf"^out\[0, 0, .* = {re.escape(shown)}$"))
        page.keyboard.press(key)
    expect(sentence(page)).to_contain_text("out[0, 0, 1, 1] =")
    expect(page.get_by_role("heading", name="Convolve · Step through the loop")).to_be_visible()
    expect(page.get_by_text("kernel 3×3, stride 2, padding 1, dilation 1")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Digit. The window: rows"))).to_be_visible()


def check_animation(path: Path, drawing: Drawing, cells: int) -> None:
    """A frame for each cell, half a second each; the third shows the end of the third visit."""
    gif = Image.open(path)
    assert gif.n_frames == cells
    assert gif.info["duration"] == 500
    gif.seek(2)
    drawn = drawing.step(3 * drawing.scene.steps_per_visit - 1)
    difference = np.asarray(gif.convert("RGB"), float) - np.asarray(drawn, float)
    assert np.abs(difference).mean() < 4  # 256 colours


def check_code(path: Path, folder: Path, out: np.ndarray) -> None:
    """The NumPy script runs by itself and prints what the page shows. PyTorch's: tests/parity."""
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"conv_numpy.py", "conv_torch.py", "arrays.npz"}
        archive.extractall(folder)
    with (folder / "conv_numpy.py").open("a") as script:
        script.write('\nnp.save("out.npy", out)\n')
    subprocess.run([sys.executable, "conv_numpy.py"], cwd=folder, check=True, capture_output=True)
    np.testing.assert_allclose(np.load(folder / "out.npy"), out, rtol=0, atol=1e-6)


@pytest.mark.main
def test_the_link_opens_the_same_view_for_somebody_else(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    open_app(page, f"{STEPS}&filter=Laplacian+%284%29&bias=5&row=2&col=1")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=21"))
    open_bar(page)
    link = page.get_by_test_id("stCode").text_content()
    assert link.startswith(server.url)
    other = new_page(server)
    open_app(other, link.removeprefix(server.url))
    expect(sentence(other)).to_have_text(sentence(page).text_content())
    expect(other.get_by_label("Top row")).to_have_value("2")


def upload_photo(page: Page) -> np.ndarray:
    pixels = np.random.default_rng(8).integers(0, 256, (30, 26, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    page.get_by_text("Use your own photo").click()
    file = {"name": "mine.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
    page.get_by_test_id("stSidebar").locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("30×26").first).to_be_visible()
    return pixels


def open_scene(page: Page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": data}
    page.get_by_test_id("stPopoverBody").locator("input[type=file]").set_input_files(file)


@pytest.mark.main
def test_a_scene_file_brings_the_photo_and_every_setting(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    open_app(page, "/?stride=2&filter=Box+blur&kernel=5&bias=3")
    upload_photo(page)
    shown = page.get_by_text(re.compile("^Minimum")).text_content()
    unfold(page, "Region to step through")
    top = page.get_by_label("Top row").input_value()
    open_bar(page)
    expect(page.get_by_text("A link cannot hold your photo.")).to_be_visible()
    path = download(page, "Save (.json)", tmp_path)
    other = new_page(server)
    open_app(other, "/")
    open_bar(other)
    open_scene(other, path.name, path.read_bytes())
    expect(other).to_have_url(re.compile("image=mine.png"))
    expect(other.get_by_text(shown)).to_be_visible()
    unfold(other, "Region to step through")
    expect(other.get_by_label("Top row")).to_have_value(top)
    expect(other.get_by_label("Bias")).to_have_value("3")


def test_a_scene_file_brings_each_photo_of_a_set(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    open_app(page, "/feature-maps?images=Dog")
    pixels = np.random.default_rng(9).integers(0, 256, (24, 31, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    page.get_by_text("Use your own photos").click()
    file = {"name": "it's mine.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
    page.get_by_test_id("stSidebar").locator("input[type=file]").set_input_files(file)
    expect(page).to_have_url(re.compile("mine.png"))
    open_bar(page)
    path = download(page, "Save (.json)", tmp_path)
    other = new_page(server)
    open_app(other, "/")
    open_bar(other)
    open_scene(other, path.name, path.read_bytes())
    expect(other).to_have_url(re.compile("feature-maps.*images=Dog&images=it_s"))
    expect(other.get_by_test_id("stMultiSelect").get_by_text("it_s mine.png")).to_be_visible()
    expect(other.get_by_role("alert")).to_have_count(0)


def test_a_link_to_an_own_photo_names_it_and_waits_for_it(page: Page) -> None:
    open_app(page, "/?image=mine.png&row=11&col=7&stride=2")
    expect(page.get_by_text("made with the photo mine.png. A link cannot")).to_be_visible()
    upload_photo(page)
    expect(page.get_by_label("Top row")).to_have_value("11")
    expect(page.get_by_label("Left column")).to_have_value("7")


def test_no_hostile_scene_file_is_opened(page: Page) -> None:
    """One of each kind is refused with its own sentence, and the view stays. All: tests/unit."""
    open_app(page, "/?image=Digit&channels=Gray&stride=2")
    open_bar(page)
    address = page.url
    kinds = {says: data for data, says in HOSTILE.values()}
    files = [*((data, says) for says, data in kinds.items()), HOSTILE["a decompression bomb"]]
    for number, (data, says) in enumerate(files):
        name = f"file{number}.json"
        open_scene(page, name, data)
        refusal = page.get_by_role("alert").filter(has_text=name)
        expect(refusal).to_contain_text(says.replace("a.json", name))
    assert page.url == address


@pytest.mark.parametrize(
    "text", ["![x](http://evil.example/a.png)", "<img src=http://evil.example>"]
)
def test_a_link_cannot_make_the_page_load_anything(page: Page, text: str) -> None:
    """The `page` fixture fails on a request to another host."""
    open_app(page, f"/?stride={text}&step={text}&image={text}")
    shown = text.replace(":", f":{JOINER}")  # a joiner that nobody sees: no address, no link
    expect(page.get_by_role("alert").filter(has_text=shown).first).to_be_visible()
