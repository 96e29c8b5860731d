"""The person's own photos: one tray for all pages of the session."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from convviz.pages.table import PAGES
from convviz.text.limits import MOST_OWN
from convviz.ui.inputs.own_images import NAMES
from tests.pages.test_session import checked, opened, turn_to, use
from tests.pages.unfolding import unfold
from tests.parts import plain_of

SHOWING_ONE = {"pooling", "backward", "receptive-field", "effective-field", "equivariance"}


def png(seed: int, size: tuple[int, int] = (24, 20)) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def sent(data: bytes, name: str) -> dict[str, str]:
    """A file as the browser sends it."""
    return {"name": name, "url": f"data:image/png;base64,{base64.b64encode(data).decode()}"}


def thumbnails(at: AppTest) -> list[dict[str, str]]:
    """What the tray shows."""
    (tray,) = (each.proto for each in at.get("bidi_component") if each.proto.id.endswith("-tray"))
    shown: list[dict[str, str]] = plain_of(tray)["thumbnails"]
    return shown


def upload(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    (box,) = (each for each in at.file_uploader if each.key.startswith("uploads"))
    box.set_value([(name, data, "image/png") for name, data in files])
    return checked(at.run())


def test_a_photo_uploaded_on_convolve_is_shown_by_every_page_and_still_there_after_all() -> None:
    at = upload(opened(image="Digit"), ("mine.png", png(1)))
    assert at.selectbox(key="image").value == "mine.png"
    for page in PAGES[1:]:
        turn_to(at, page.address)
        if page.address in SHOWING_ONE:
            assert at.selectbox(key="image").value == "mine.png"
            assert at.query_params["image"] == "mine.png"
    turn_to(at, "")
    assert at.selectbox(key="image").value == "mine.png"


def test_photos_uploaded_on_feature_maps_stay_chosen_and_are_offered_on_convolve() -> None:
    at = upload(opened("feature-maps", images=["Digit"]), ("a.png", png(1)), ("b.png", png(2)))
    turn_to(at, "")
    assert {"a.png", "b.png"} <= set(at.selectbox(key="image").options)
    turn_to(at, "feature-maps")
    assert at.multiselect(key="images").value == ["Digit", "a.png", "b.png"]


def test_two_photos_of_different_size_uploaded_at_once_are_the_batch_of_convolve() -> None:
    at = upload(opened(image="Digit"), ("a.png", png(1)), ("b.png", png(2, (30, 40))))
    assert at.selectbox(key="image").value == "a.png"
    assert at.multiselect(key="together").value == ["b.png"]
    for address in ("backward", "pooling", ""):
        turn_to(at, address)
        assert at.multiselect(key="together").value == ["b.png"]
    assert at.query_params["together"] == "b.png"


def test_each_refused_file_is_named_and_the_good_one_is_taken() -> None:
    at = upload(opened(image="Digit"), ("a.pdf", b"%PDF-1"), ("b.png", b""), ("c.png", png(1)))
    said = at.error[0].value.replace("\\", "")
    assert "a.pdf is a PDF document" in said
    assert "b.png is empty" in said
    assert at.selectbox(key="image").value == "c.png"


def test_the_same_photo_twice_is_one_and_another_of_the_same_name_gets_a_number() -> None:
    at = upload(opened(image="Digit"), ("a.png", png(1)))
    upload(at, ("a.png", png(2)))
    upload(at, ("other name.png", png(1)))
    assert at.selectbox(key="image").options[-2:] == ["a.png", "a.png (2)"]
    assert at.selectbox(key="image").value == "a.png"


def test_a_photo_named_like_a_sample_gets_a_number() -> None:
    at = upload(opened(image="Digit"), ("Cat", png(1)), ("Dog", png(2)))
    assert at.selectbox(key="image").options[-2:] == ["Cat (2)", "Dog (2)"]


def test_one_photo_too_many_is_refused_and_nothing_is_lost() -> None:
    files = [(f"{k}.png", png(k)) for k in range(MOST_OWN + 1)]
    at = upload(opened(image="Digit"), *files)
    assert f"{MOST_OWN}.png does not fit" in at.error[0].value.replace("\\", "")
    assert at.selectbox(key="image").options[-MOST_OWN:] == [name for name, _ in files[:-1]]


def test_what_the_browser_kept_comes_back_and_the_link_chooses_it() -> None:
    at = opened(image="mine.png", row="3", col="2", rows="4", columns="4")
    assert not at.warning
    use(at, "tray", "kept", [sent(png(2), "other.png"), sent(png(1), "mine.png")])
    assert at.selectbox(key="image").value == "mine.png"
    assert (at.number_input(key="row").value, at.number_input(key="col").value) == (3, 2)
    assert not at.warning


def test_a_photo_that_comes_back_has_its_region_where_it_was_without_a_place_in_the_link() -> None:
    photo = png(1, (300, 200))
    fresh = upload(opened(image="Digit"), ("mine.png", photo))
    unfold(fresh, "region")
    place = fresh.number_input(key="row").value, fresh.number_input(key="col").value
    assert place != (0, 0)
    at = opened(image="mine.png")
    use(at, "tray", "kept", [sent(photo, "mine.png")])
    unfold(at, "region")
    assert (at.number_input(key="row").value, at.number_input(key="col").value) == place
    at = opened(image="mine.png", col="7")
    use(at, "tray", "kept", [sent(photo, "mine.png")])
    assert (at.number_input(key="row").value, at.number_input(key="col").value) == (place[0], 7)


@pytest.mark.parametrize(
    ("address", "asked"),
    [("", {"image": "mine.png"}), ("feature-maps", {"images": ["Digit", "mine.png"]})],
)
def test_a_link_asks_by_name_for_a_photo_the_browser_does_not_have(
    address: str, asked: dict[str, str | list[str]]
) -> None:
    at = opened(address, **asked)
    use(at, "tray", "kept", [])
    assert "mine.png" in at.warning[0].value.replace("\\", "")
    upload(at, ("mine.png", png(1)))
    ((key, wanted),) = asked.items()
    assert at.query_params[key] == wanted
    assert not at.warning


def test_a_removed_photo_is_gone_from_every_page() -> None:
    at = upload(opened(image="Digit"), ("a.png", png(1)), ("b.png", png(2)))
    (digest,) = (each["digest"] for each in thumbnails(at) if each["value"] == "a.png")
    use(at, "tray", "removed", digest)
    assert at.selectbox(key="image").value == "Cat"
    assert "a.png" not in at.selectbox(key="image").options
    use(at, "tray", "forgotten", True)
    assert "b.png" not in at.selectbox(key="image").options
    assert [each["value"] for each in thumbnails(at)] == list(NAMES)


def test_the_samples_are_thumbnails_from_the_start_and_each_is_offered_once() -> None:
    at = opened()
    assert [each["value"] for each in thumbnails(at)] == list(NAMES)
    assert at.selectbox(key="image").options == list(NAMES)
    use(at, "tray", "chosen", "Dog")
    assert at.selectbox(key="image").value == "Dog"


def test_where_no_browser_lends_the_camera_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "Browsers lend the camera only to addresses that begin with https"
    at = opened()
    assert not at.toggle(key="camera on").disabled
    assert said not in "".join(each.value for each in at.caption)
    monkeypatch.setattr("convviz.ui.inputs.camera.camera_works", lambda _url: False)
    checked(at.run())
    assert at.toggle(key="camera on").disabled
    assert said in "".join(each.value for each in at.caption)


def test_feature_maps_begins_with_the_photo_that_was_brought_on_another_page() -> None:
    """Beside a sample; once the person has chosen others there, they stay."""
    at = opened("feature-maps")
    assert at.multiselect(key="images").value == ["Cat", "Dog"]
    turn_to(at, "")
    upload(at, ("mine.png", png(1)))
    turn_to(at, "feature-maps")
    assert at.multiselect(key="images").value == ["mine.png", "Cat"]
    assert at.query_params["images"] == ["mine.png", "Cat"]
    at.multiselect(key="images").set_value(["Cat", "Dog"])
    checked(at.run())
    assert at.multiselect(key="images").value == ["Cat", "Dog"]
    at.multiselect(key="images").set_value(["Digit"])
    checked(at.run())
    turn_to(at, "")
    turn_to(at, "feature-maps")
    assert at.multiselect(key="images").value == ["Digit"]
