"""What a person brought or chose is kept, or it is said why not."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from streamlit.testing.v1 import AppTest

from convviz.text.limits import MOST_OWN
from tests.pages.test_own_numbers import pasted
from tests.pages.test_session import bring_back, checked, opened, turn_to
from tests.pages.test_tray import png, upload

UNCHANGED = "The image shown has not changed."


def errors(at: AppTest) -> list[str]:
    return [each.value for each in at.error]


def choose(at: AppTest, key: str, value: str) -> AppTest:
    at.selectbox(key=key).set_value(value)
    return checked(at.run())


def test_a_refused_file_beside_a_good_one_is_said_until_something_else_is_shown() -> None:
    files = ("mine.png", png(1)), ("broken.png", b"no picture")
    for turn in (lambda at: choose(at, "image", "Dog"), lambda at: turn_to(at, "pooling")):
        at = upload(opened(image="Digit"), *files)
        (said,) = errors(at)
        assert "broken.png" in said
        assert UNCHANGED not in said
        assert errors(checked(at.run())) == [said]
        assert errors(turn(at)) == []


def test_where_every_file_is_refused_the_image_is_said_to_stay() -> None:
    (said,) = errors(upload(opened(image="Digit"), ("broken.png", b"no picture")))
    assert said.endswith(UNCHANGED)


def test_the_numbers_that_are_checked_are_not_the_image_of_other_pages() -> None:
    at = pasted(opened(image="Dog"), "1 2;3 4")
    turn_to(at, "pooling")
    choose(at, "image", "Dog")
    turn_to(at, "gradient-check")
    at.session_state["inputs"] = "Your numbers"
    checked(at.run())
    assert at.query_params["numbers"] == "1 2;3 4"
    turn_to(at, "")
    assert at.selectbox(key="image").value == "Dog"


def test_the_numbers_shown_are_those_that_are_checked_first() -> None:
    at = pasted(opened(), "1 2;3 4")
    pasted(at, "5 6;7 8")
    assert at.selectbox(key="image").value == "Numbers (2)"
    turn_to(at, "gradient-check")
    at.session_state["inputs"] = "Your numbers"
    checked(at.run())
    assert at.query_params["image"] == "Numbers (2)"


def test_numbers_of_a_link_that_find_no_room_are_said() -> None:
    at = upload(opened(), *((f"{k}.png", png(k)) for k in range(MOST_OWN)))
    bring_back(at, "", image="Numbers", numbers="1 2;3 4")
    assert any("Numbers does not fit" in each.value for each in at.warning)


def test_a_name_that_is_taken_is_refused_and_the_old_one_shown_again() -> None:
    at = pasted(opened(), "1 2;3 4")
    at.session_state["numbers open"] = True
    checked(at.run())
    at.text_input(key="numbers name Numbers").set_value("Dog")
    checked(at.run())
    assert at.text_input(key="numbers name Numbers").value == "Numbers"
    assert errors(at) == ["There is an image called Dog already. Give these numbers another name."]


def test_a_filter_of_colours_comes_back_with_the_colours() -> None:
    colours = ["Course: grayscale", "Box blur", "Course: blue edge"]
    at = opened(image="Digit", filter=colours[0], more=colours[1:])
    for channels, names in (("Gray", ["Sobel x", "Box blur"]), ("RGB", colours)):
        at.button_group(key="channels").set_value(channels)
        checked(at.run())
        checked(at._run())
        said = parse_qs(urlencode(dict(at.query_params), doseq=True))
        assert [*said.get("filter", ["Sobel x"]), *said["more"]] == names
