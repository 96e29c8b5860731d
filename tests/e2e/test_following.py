"""The element of a live view against a made server: what is shown, in whatever order runs and answers come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convviz.browser.bundle import bundle
from convviz.browser.mount import Gathered, in_bytes

PARTS = """
<div class="stride"><input type="range" min="1" max="8" value="1"></div>
<div class="place"><p class="said"></p></div>
"""
MADE = """(parts) => {
    document.body.innerHTML = parts;
    const questions = [];
    window.fetch = (url) => new Promise((answer) => questions.push({ url: String(url), answer }));
    BUNDLE
    const thumb = document.querySelector('input'), parentElement = document.querySelector('.place');
    Object.assign(window, {
        slide(value) {
            thumb.value = value;
            thumb.setAttribute('aria-valuetext', value);
        },
        bring: (bytes) => mount({ data: new Uint8Array(bytes), parentElement }),
        answer(bytes) {
            const { answer } = questions.shift();
            answer(new Response(bytes && new Uint8Array(bytes), { status: bytes ? 200 : 204 }));
        },
        asked: () => questions.map(({ url }) => new URL(url).search.slice(1)),
        shows: () => document.querySelector('.said').textContent,
        hasNumbers: () => missing({ parts: Object.fromEntries(view.shown.parts) }).length === 0,
    });
}""".replace("BUNDLE", bundle("browser/live/live.js").replace("export default ", ""))


def data(stride: int, *, numbers: bool = True, **more: Any) -> list[int]:
    """What the server says of a stride: words, and a map named by its mark, which comes or is left out."""
    mark = f"map of stride {stride}"
    sent = {mark: np.full(4, stride, np.uint8)} if numbers else {}
    gathered = Gathered({"map": {"numbers": {"cells": mark}}}, sent)
    return list(in_bytes(gathered, {"said": [f"stride {stride}"], **more}))


def run(stride: int, version: int, *, numbers: bool = True) -> list[int]:
    """What a live run brings."""
    follow = {"key": "k", "version": version, "values": {"stride": stride}}
    follow["classes"] = {"stride": "stride"}
    return data(stride, numbers=numbers, follow=follow)


def answer(stride: int, version: int) -> list[int]:
    """What the server answers to a question."""
    return data(stride, values={"stride": stride}, version=version)


@pytest.fixture
def view(new_page: Callable[..., Page]) -> Iterator[Page]:
    """A page that shows the stride 1, after the first run."""
    page = new_page()
    page.goto("data:text/html,<base href='http://made.test/'>")
    page.evaluate(MADE, PARTS)
    page.evaluate("(bytes) => bring(bytes)", run(1, 1))
    assert shown(page) == ("stride 1", [])
    yield page
    page.goto("about:blank")


def shown(page: Page) -> tuple[str, list[str]]:
    """What is said of the map, whose numbers are there; and the questions that wait for an answer."""
    page.evaluate(
        "() => new Promise((resolve) => setTimeout(resolve))"
    )  # what was begun has gone on
    assert page.evaluate("hasNumbers()")
    return page.evaluate("shows()"), page.evaluate("asked()")


def slide(page: Page, stride: int) -> None:
    page.evaluate("(value) => slide(value)", stride)


def bring(page: Page, data: list[int]) -> None:
    page.evaluate("(bytes) => bring(bytes)", data)


def reply(page: Page, data: list[int] | None) -> None:
    """Answer the question asked first; None where a run brings the same."""
    page.evaluate("(bytes) => answer(bytes)", data)


def test_an_answer_is_shown_and_the_run_after_it_brings_no_map(view: Page) -> None:
    slide(view, 2)
    assert shown(view) == ("stride 1", ["stride=2&seen=1"])
    reply(view, answer(2, 1))
    assert shown(view) == ("stride 2", [])
    bring(view, run(2, 2, numbers=False))
    assert shown(view) == ("stride 2", [])


def test_a_run_whose_map_comes_with_a_late_answer_waits_for_it(view: Page) -> None:
    slide(view, 2)
    bring(view, run(2, 2, numbers=False))
    assert shown(view) == ("stride 1", ["stride=2&seen=1"])
    reply(view, answer(2, 1))
    assert shown(view) == ("stride 2", [])


def test_a_run_whose_map_got_lost_asks_for_it(view: Page) -> None:
    """Also if it comes while a question waits that is answered by nothing."""
    slide(view, 2)
    bring(view, run(2, 2, numbers=False))
    reply(view, None)
    assert shown(view) == ("stride 1", ["stride=2&seen=2"])
    reply(view, answer(2, 2))
    assert shown(view) == ("stride 2", [])


def test_a_run_that_was_passed_over_is_asked_for_where_the_thumb_comes_back(view: Page) -> None:
    """The slider sends nothing then: it has this value already."""
    slide(view, 2)
    assert shown(view) == ("stride 1", ["stride=2&seen=1"])
    slide(view, 3)
    bring(view, run(2, 2))
    slide(view, 2)
    reply(view, None)
    assert shown(view) == ("stride 1", ["stride=2&seen=2"])
    reply(view, answer(2, 2))
    assert shown(view) == ("stride 2", [])


def test_where_a_run_brings_the_same_its_map_is_shown(view: Page) -> None:
    slide(view, 2)
    reply(view, None)
    assert shown(view) == ("stride 1", [])
    bring(view, run(2, 2))
    assert shown(view) == ("stride 2", [])


def test_an_answer_of_an_earlier_version_changes_nothing_that_a_run_has_shown(view: Page) -> None:
    slide(view, 2)
    bring(view, run(2, 2))
    reply(view, answer(2, 1))
    assert shown(view) == ("stride 2", [])
    slide(view, 3)
    slide(view, 4)
    assert shown(view) == ("stride 2", ["stride=3&seen=2"])
    reply(view, answer(3, 2))
    assert shown(view) == ("stride 3", ["stride=4&seen=2"])
    reply(view, answer(4, 2))
    assert shown(view) == ("stride 4", [])


def test_an_answer_that_comes_after_a_later_run_does_not_go_back(view: Page) -> None:
    """The server answers a question that has waited for a run as that run's version."""
    slide(view, 4)
    assert shown(view) == ("stride 1", ["stride=4&seen=1"])
    slide(view, 5)
    bring(view, run(4, 2))
    bring(view, run(5, 3))
    assert shown(view) == ("stride 5", ["stride=4&seen=1"])
    slide(view, 7)
    reply(view, answer(4, 3))
    assert shown(view) == ("stride 5", ["stride=7&seen=3"])
    reply(view, answer(7, 3))
    assert shown(view) == ("stride 7", [])


def test_an_answer_is_shown_though_a_run_was_passed_over_meanwhile(view: Page) -> None:
    """While a thumb is dragged the map follows, if a little behind."""
    slide(view, 4)
    assert shown(view) == ("stride 1", ["stride=4&seen=1"])
    slide(view, 6)
    bring(view, run(4, 2))
    reply(view, answer(4, 2))
    assert shown(view) == ("stride 4", ["stride=6&seen=2"])


def test_words_are_shown_where_nothing_brings_the_map(view: Page) -> None:
    """The connection is lost, or the page is about to be drawn."""
    slide(view, 2)
    bring(view, run(2, 2, numbers=False))
    reply(view, None)
    reply(view, None)
    view.wait_for_function("() => shows() === 'stride 2'")
