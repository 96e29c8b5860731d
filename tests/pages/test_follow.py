"""While a slider is dragged, the server answers what the view shows for the value under the thumb."""

from __future__ import annotations

import itertools
import json
from collections import deque
from threading import Thread
from unittest.mock import patch
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from convviz.ops.conv import conv2d
from convviz.pages.table import MAIN_SCRIPT
from convviz.ui.results import forget_results
from convviz.ui.state import follow
from tests.parts import plain_of

VIEWS = [
    ("", "stride", 3, "map picture"),
    ("", "pad", 4, "map picture"),
    ("pooling", "pooling_stride", 3, "pool map"),
    ("pooling", "pooling_pad", 1, "pool map"),
    (
        "pooling?pooling_kernel=6&pooling_pad=3&pooling_stride=1",
        "pooling_kernel",
        4,
        "pool map",
    ),
    ("backward", "stride", 2, "convolution-backward stepper"),
    ("as-matrix", "stride", 2, "product"),
    ("as-matrix?view=dw", "pad", 0, "dw-product stepper"),
    ("transposed", "transposed_stride", 3, "transposed stepper"),
    ("equivariance", "down", 7, "map difference"),
    ("receptive-field?stack=a:c5;b:c3", "edit stride", 2, "field units"),
]


def opened(address: str) -> AppTest:
    forget_results()  # another test may have made the same map
    at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=120)
    page, _mark, query = address.partition("?")
    at._page_hash = calc_hash(page)
    for key, value in parse_qsl(query):
        at.query_params[key] = value
    at._run()
    assert not at.exception
    return at


def version_of(at: AppTest) -> int:
    """Of the last offer that the page has."""
    offers = (plain_of(each.proto).get("follow") for each in at.get("bidi_component"))
    return next(offer["version"] for offer in offers if offer)


def asked(at: AppTest, seen: int | None = None, **values: int) -> dict | None:
    """What the browser gets for some values of the sliders: the head of the answer."""
    seen = version_of(at) if seen is None else seen
    made = follow.answer(at.session_state["view that follows"].key, values, seen)
    return made and json.loads(made[4 : 4 + int.from_bytes(made[:4], "little")])


def brought(at: AppTest) -> dict:
    """What the element of the live run brings."""
    (live,) = (each.proto for each in at.get("bidi_component"))
    return plain_of(live)


@pytest.mark.parametrize(("address", "key", "value", "part"), VIEWS)
def test_the_answer_is_what_the_live_run_brings(
    address: str, key: str, value: int, part: str
) -> None:
    at = opened(address)
    link, before = at.query_params, at.slider(key=key).value
    answer = asked(at, **{key: value})
    assert answer
    assert part in answer["parts"]
    assert answer["values"][key] == value
    assert at.slider(key=key).value == before
    assert at.query_params == link, "the answer changes the link"
    at.slider(key=key).set_value(value).run()
    now = brought(at)
    assert now["said"] == answer["said"]
    assert {name: data.get("numbers") for name, data in now["parts"].items()} == {
        name: data.get("numbers") for name, data in answer["parts"].items()
    }
    assert now["marks"] == [], "what the browser got is sent again"


def test_a_question_that_is_heard_after_the_live_run_gets_no_second_map() -> None:
    """On a busy server the question that was asked first is heard last."""
    at = opened("")
    before = version_of(at)
    at.slider(key="stride").set_value(3).run()
    assert brought(at)["marks"]
    assert asked(at, seen=before, stride=3) is None, "the live run brings the page the same"
    for seen, stride in [(before, 4), (version_of(at), 3)]:
        answer = asked(at, seen=seen, stride=stride)
        assert answer
        assert answer["marks"] == list(answer["parts"]["map picture"]["numbers"].values())


def test_a_question_that_is_heard_during_the_live_run_waits_for_it() -> None:
    at = opened("")
    before, heard = version_of(at), []
    usual = follow.Follower.renew

    def renew(follower: follow.Follower) -> None:
        """In the middle of the run."""
        usual(follower)
        if not heard:
            key = at.session_state["view that follows"].key
            heard.append(
                Thread(target=lambda: answers.append(follow.answer(key, {"stride": 3}, before)))
            )
            heard[0].start()
            heard[0].join(0.3)
            assert answers == []

    answers: list[bytes | None] = []
    with patch.object(follow.Follower, "renew", renew):
        at.slider(key="stride").set_value(3).run()
    heard[0].join()
    assert brought(at)["marks"]
    assert answers == [None], "the map is sent twice"


def test_a_drag_and_its_end_convolve_once_for_each_value() -> None:
    at = opened("")
    with patch("convviz.ui.cache.conv2d", wraps=conv2d) as counted:
        for stride in (2, 3, 4):
            asked(at, stride=stride)
        at.slider(key="stride").set_value(4).run()
        assert counted.call_count == 3


@pytest.mark.parametrize(("apart", "is_crowd"), [(1.0, False), (0.01, True)])
def test_many_changes_within_seconds_are_a_crowd(
    monkeypatch: pytest.MonkeyPatch, apart: float, is_crowd: bool
) -> None:
    times = itertools.count(0.0, apart)
    monkeypatch.setattr(follow, "monotonic", lambda: next(times))
    monkeypatch.setattr(follow, "_changes", deque(maxlen=follow.CROWD))
    maker = follow.Follower(lambda: ([], {}))
    said = [maker.offer({})["isCrowded"] for _change in range(follow.CROWD)]
    assert said == [False] * (follow.CROWD - 1) + [is_crowd]


def test_where_the_page_would_look_different_nothing_follows() -> None:
    at = opened("pooling")
    assert asked(at, pooling_stride=3)
    assert asked(at, pooling_kernel=5) is None, "the stride would move with the window"


def test_a_page_that_was_turned_to_follows_the_first_change() -> None:
    """Of a control in a group that the link opens, too."""
    at = opened("")
    at._page_hash = calc_hash("receptive-field")
    at.query_params["stack"] = "a:c5;b:c3"
    at._run()
    assert asked(at, **{"edit stride": 2})


def test_nothing_follows_where_files_are_offered_of_what_is_shown() -> None:
    at = opened("")
    assert asked(at, stride=2)
    at.session_state["share"] = True
    at.run()
    assert asked(at, stride=3) is None


def test_a_page_that_is_left_answers_no_more() -> None:
    at = opened("")
    key = at.session_state["view that follows"].key
    at._page_hash = calc_hash("bugs")
    at.run()
    assert follow.answer(key, {"stride": 2}, 1) is None


def test_a_run_leaves_out_only_what_the_last_answer_sent() -> None:
    """The browser keeps the numbers that it shows, no others."""
    at = opened("")
    for stride in (2, 3):
        asked(at, stride=stride)
    at.slider(key="stride").set_value(2).run()
    now = brought(at)
    assert now["marks"] == list(now["parts"]["map picture"]["numbers"].values())
