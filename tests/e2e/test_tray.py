"""The person's own photos: chosen, pasted, removed, kept by the browser, and asked for by a link."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Request, expect

from scripts.serving import Server
from tests.e2e.helpers import PATIENCE, TOPS, open_app, paste, turn_to, wait_until_idle

ORIENTATION, QUARTER_TURN = 0x0112, 6
LARGE = 100_000  # bytes: more than anything but a photo
COPY = 512 * 384 * 3 * 4 / 3 + 10_000  # bytes of the copy that the browser keeps, as text, at most


def camera_photo() -> bytes:
    """A JPEG of 12 megapixels that lies on its side, as a phone writes it."""
    rows, columns = np.indices((3000, 4000))
    waves = np.stack([rows // 12, columns // 16, (rows + columns) // 28], axis=-1).astype(np.uint8)
    exif = Image.Exif()
    exif[ORIENTATION] = QUARTER_TURN
    buffer = io.BytesIO()
    Image.fromarray(waves).save(buffer, "JPEG", quality=92, exif=exif)
    return buffer.getvalue()


def png(seed: int, side: int = 40) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def upload(page: Page, *files: tuple[str, str, bytes]) -> None:
    """Open the box where it is closed, and choose files."""
    box = page.get_by_test_id("stSidebar").locator("input[type=file]")
    if not box.is_visible():
        page.get_by_text("Use your own photos").click()
    box.set_input_files(
        [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files]
    )


def photos(page: Page) -> Locator:
    """The thumbnails."""
    return page.get_by_role("listbox", name="Your photos and the samples")


def thumbnail(page: Page, name: str) -> Locator:
    return photos(page).get_by_role("option", name=name, exact=True)


def image(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Image", exact=True)


class Traffic:
    """What carried a photo from the browser to the server."""

    def __init__(self, page: Page) -> None:
        self.uploads: list[Request] = []
        self.frames: list[int] = []
        page.on("request", lambda asked: asked.method != "GET" and self.uploads.append(asked))
        page.on("websocket", lambda socket: socket.on("framesent", self._note))

    def _note(self, data: str | bytes) -> None:
        if len(data) > LARGE:
            self.frames.append(len(data))

    def sizes(self) -> list[int]:
        """Bytes of each upload."""
        return [int(asked.all_headers().get("content-length", 0)) for asked in self.uploads]


def test_a_camera_photo_is_sent_once_and_comes_back_upright_after_a_reload(page: Page) -> None:
    traffic = Traffic(page)
    data = camera_photo()
    open_app(page, "/?filter=Box+blur")
    upload(page, ("IMG_0001.JPG", "image/jpeg", data))
    expect(image(page)).to_have_value("IMG_0001.JPG")
    expect(page.get_by_text("512×384").first).to_be_visible()
    for name in ("Pooling", "Gradient check", "Feature maps", "Convolve"):
        turn_to(page, name)
    expect(image(page)).to_have_value("IMG_0001.JPG")
    assert [size >= len(data) for size in traffic.sizes() if size > LARGE] == [True]
    assert traffic.frames == []
    shown = page.get_by_text(re.compile("^Minimum")).first.text_content()
    page.reload()
    expect(image(page)).to_have_value("IMG_0001.JPG")
    expect(page.get_by_text(shown).first).to_be_visible()
    expect(page.get_by_text("Scaled from 4000×3000.").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    pictures = page.get_by_role("application")  # the photo, its map, and that as a picture
    expect(pictures).to_have_count(3)
    assert len(set(pictures.evaluate_all(TOPS))) == 1
    turn_to(page, "Pooling")
    expect(image(page)).to_have_value("IMG_0001.JPG")
    assert len([size for size in traffic.sizes() if size > LARGE]) == 1
    assert [size < COPY for size in traffic.frames] == [True]


def test_back_shows_the_photo_chosen_before(page: Page) -> None:
    open_app(page, "/")
    upload(page, ("mine.png", "image/png", png(1)))
    expect(page).to_have_url(re.compile("image=mine.png"))
    thumbnail(page, "Dog").click()
    expect(page).to_have_url(re.compile("image=Dog"))
    page.go_back()
    expect(image(page)).to_have_value("mine.png")
    expect(thumbnail(page, "mine.png")).to_have_attribute("aria-selected", "true")


@pytest.mark.main
def test_pasted_and_uploaded_photos_are_chosen_by_key_removed_and_forgotten(page: Page) -> None:
    open_app(page, "/")
    paste(page, png(2))
    expect(image(page)).to_have_value("image.png")
    upload(page, ("mine.png", "image/png", png(1)))
    expect(image(page)).to_have_value("mine.png")
    thumbnail(page, "mine.png").focus()
    page.keyboard.press("ArrowLeft")
    expect(thumbnail(page, "image.png")).to_be_focused()
    page.keyboard.press("Enter")
    expect(image(page)).to_have_value("image.png")
    expect(thumbnail(page, "image.png")).to_be_focused()
    page.get_by_role("button", name="Remove image.png").click()
    expect(image(page)).to_have_value("Cat")
    expect(thumbnail(page, "image.png")).to_have_count(0)
    page.reload()
    expect(thumbnail(page, "mine.png")).to_be_visible()
    expect(thumbnail(page, "image.png")).to_have_count(0)
    page.get_by_role("button", name="Forget my photos").click()
    expect(thumbnail(page, "mine.png")).to_have_count(0)
    page.reload()
    wait_until_idle(page)
    expect(image(page)).to_have_value("Cat")
    assert page.evaluate(KEPT) == 0


KEPT = """async () => {
    const made = await indexedDB.databases();
    if (!made.some(({ name }) => name === "convviz")) return 0;
    const said = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
    const database = await said(indexedDB.open("convviz", 1));
    const count = await said(database.transaction("photos").objectStore("photos").count());
    database.close();
    return count;
}"""


def wait_until_kept(page: Page, count: int) -> None:
    """The browser keeps so many inputs; it does so after the page has been drawn."""
    begun = time.monotonic()
    while page.evaluate(KEPT) != count:
        assert time.monotonic() - begun < PATIENCE / 1000, f"never {count} kept"
        page.wait_for_timeout(20)


def test_a_link_asks_another_browser_for_the_photo_by_name_after_a_walk(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    open_app(page, "/")
    upload(page, ("mine.png", "image/png", png(1)))
    expect(page).to_have_url(re.compile("image=mine.png"))
    for name in ("Gradient check", "Sharing", "Pooling"):
        turn_to(page, name)
    expect(page).to_have_url(re.compile("image=mine.png"))
    other = new_page(server)
    open_app(other, page.url.removeprefix(server.url))
    expect(other.get_by_text("made with the photo mine.png. A link cannot")).to_be_visible()
    upload(other, ("mine.png", "image/png", png(1)))
    expect(image(other)).to_have_value("mine.png")
    expect(other.get_by_text("made with the photo mine.png")).to_have_count(0)


def test_on_a_phone_every_button_of_the_tray_is_large_enough_for_a_finger(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, viewport={"width": 390, "height": 844}, has_touch=True)
    open_app(page, "/")
    paste(page, png(2))
    expect(page).to_have_url(re.compile("image=image.png"))
    if not photos(page).is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    for button in (
        thumbnail(page, "image.png"),
        page.get_by_role("button", name="Remove image.png"),
        page.get_by_role("button", name="Forget my photos"),
    ):
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_own_cat_and_own_dog_are_the_batch_of_convolve_and_rows_of_feature_maps(page: Page) -> None:
    open_app(page, "/")
    upload(page, ("cat.png", "image/png", png(1, 40)), ("dog.png", "image/png", png(2, 50)))
    expect(page).to_have_url(re.compile("image=cat.png.*together=dog.png"))
    wait_until_idle(page)  # until then the box before is there too
    expect(page.get_by_test_id("stFileUploader")).to_be_hidden()  # the box has closed
    turn_to(page, "Feature maps")
    for name in ("cat.png", "dog.png"):
        expect(thumbnail(page, name)).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("images=cat.png&images=dog.png"))


def test_a_photo_that_is_missing_hides_nothing_else_that_a_link_gets_wrong(page: Page) -> None:
    open_app(page, "/?stride=99&image=zzz")
    expect(page.get_by_text("This link was made with the photo zzz")).to_be_visible()
    expect(page.get_by_text("The link asks for stride 99")).to_be_visible()


def test_a_link_says_of_both_its_settings_which_photos_are_missing(page: Page) -> None:
    open_app(page, "/convolve?image=first&together=second&together=third")
    expect(page.get_by_text("This link was made with the photo first.")).to_be_visible()
    expect(page.get_by_text("This link was made with second, third.")).to_be_visible()


def test_numbers_of_a_link_that_cannot_be_read_are_no_missing_photo(page: Page) -> None:
    open_app(page, "/as-matrix?image=Numbers&numbers=1+2;3")
    expect(page.get_by_text("The link's numbers cannot be read")).to_be_visible()
    wait_until_idle(page)
    expect(page.get_by_text("This link was made with")).to_have_count(0)


def test_numbers_of_a_link_do_not_replace_those_that_the_browser_keeps(page: Page) -> None:
    """Both are called Numbers, as pasted ones are at first."""
    open_app(page, "/")
    page.get_by_text("Use numbers of your own").click()
    rows = "\n".join(" ".join(f"{row}" for _column in range(40)) for row in range(40))
    page.get_by_role("textbox", name="Paste an array or rows").fill(rows)
    page.get_by_role("button", name="Use these numbers").click()
    chosen = page.get_by_role("combobox", name="Image")
    expect(chosen).to_have_value("Numbers")
    expect(page.get_by_text("40×40").first).to_be_visible()
    wait_until_kept(page, 1)
    open_app(page, "/?image=Numbers&numbers=1+2;3+4")
    expect(page.get_by_text("2×2").first).to_be_visible()
    wait_until_idle(page)
    open_app(page, "/?image=Numbers")
    expect(page.get_by_text("40×40").first).to_be_visible()
