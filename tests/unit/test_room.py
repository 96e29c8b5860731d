"""Rooms: who may do what, what is refused, and that each phone hears the latest."""

from __future__ import annotations

import asyncio
import csv
import gc
import gzip
import io
import json
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Router

from convviz.web.room import question, requests, room_routes, rooms
from tests.apart import run_apart

PAGE = gzip.compress(b"<!doctype html><p>a loop")
QUESTION = {"id": "size 1", "ask": "How many rows?", "choices": []}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """An empty house, whose clock stands still."""
    clock = Clock()
    monkeypatch.setattr(requests, "rooms", rooms.Rooms(clock))
    return clock


def ask(
    method: str, path: str, body: bytes = b"", secret: str = "", language: str = "en"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer that ends."""
    return run_apart(_ask(method, path, body, secret, language))


async def _ask(method: str, path: str, body: bytes, secret: str, language: str) -> Any:
    sent: list[Any] = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"x-room-secret", secret.encode()), (b"accept-language", language.encode())]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": headers,
    }
    scope |= {
        "server": ("127.0.0.1", 8501),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }
    await Router(room_routes(""))(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])


def opened() -> tuple[str, str]:
    """Path and secret of a new room."""
    status, _, body = ask("POST", "/room")
    assert status == 201
    room = json.loads(body)
    return f"/room/{room['code']}", room["secret"]


def shows(path: str, secret: str, **shown: Any) -> int:
    return ask("PUT", f"{path}/shown", json.dumps(shown).encode(), secret)[0]


def answers(path: str, phone: str, value: Any, question: str = QUESTION["id"]) -> tuple[int, str]:
    body = json.dumps({"phone": phone, "question": question, "value": value}).encode()
    status, _, said = ask("PUT", f"{path}/answer", body)
    return status, json.loads(said)["said"] if said else ""


def results(path: str, secret: str) -> Any:
    return json.loads(ask("GET", f"{path}/answers", secret=secret)[2])


def counted(results: Any) -> list[tuple[float, int, bool]]:
    """Number, count and whether it is right, of bars that hold one number each."""
    assert all(bar["low"] == bar["high"] for bar in results["bars"])
    return [(bar["low"], bar["count"], bar["right"]) for bar in results["bars"]]


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("PUT", "/shown"),
        ("PUT", "/scene"),
        ("GET", "/answers"),
        ("GET", "/results"),
        ("DELETE", ""),
    ],
)
@pytest.mark.parametrize("secret", ["", "x", "\u00e9"])
def test_only_the_holder_of_the_secret_steers_and_reads(
    method: str, part: str, secret: str
) -> None:
    path, right = opened()
    status, _, body = ask(method, path + part, b"{}", secret)
    assert status == 403
    assert json.loads(body)["said"] == "Only the person who opened the room can do this."
    assert ask("GET", path)[0] == 200
    assert results(path, right)["answered"] == 0


def test_the_answers_are_counted_and_nobody_else_sees_them() -> None:
    path, secret = opened()
    assert shows(path, secret, question=QUESTION, step=4) == 204
    for phone, value in (
        ("phone-one", 9),
        ("phone-two", 27),
        ("phone-three", 27),
        ("phone-one", 3),
    ):
        assert answers(path, phone, value)[0] == 204
    got = results(path, secret)
    assert got["answered"] == 3
    assert counted(got) == [(3, 1, False), (27, 2, False)]
    room = requests.rooms.find(path.rpartition("/")[2])
    assert "27" not in room.for_phones()
    assert shows(path, secret, question={**QUESTION, "id": "size 2"}) == 204
    assert results(path, secret)["answered"] == 0


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("<b>1</b>", "An answer is a number."),
        (None, "An answer is a number."),
        (True, "An answer is a number."),
        ([1], "An answer is a number."),
        (1e300, "This number is too large."),
        (float("inf"), "This number is too large."),
        (float("nan"), "This number is too large."),
    ],
)
def test_an_answer_that_is_no_number_is_refused(value: Any, said: str) -> None:
    path, secret = opened()
    shows(path, secret, question=QUESTION)
    assert answers(path, "phone-one", value) == (400, said)
    assert results(path, secret)["answered"] == 0


def test_a_choice_is_one_of_those_offered() -> None:
    path, secret = opened()
    shows(path, secret, question={**QUESTION, "choices": ["a", "b"]})
    assert answers(path, "phone-one", 2)[0] == 204
    for wrong in (0, 3, 1.5):
        assert answers(path, "phone-two", wrong) == (400, "Choose one of the answers.")


def test_a_question_that_is_over_takes_no_answer() -> None:
    path, secret = opened()
    assert answers(path, "phone-one", 1) == (409, "This question is over.")
    shows(path, secret, question=QUESTION)
    assert answers(path, "phone-one", 1, "another")[0] == 409


def test_ten_thousand_answers_fill_the_room_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_PEOPLE", 50)
    room = requests.rooms.open()
    room.show({"question": QUESTION})
    for k in range(50):
        room.answer(f"phone-{k:05}", QUESTION["id"], k)
    for k in range(50, 10_000):
        with pytest.raises(rooms.RoomError, match="The room is full"):
            room.answer(f"phone-{k:05}", QUESTION["id"], k)
    got = room.for_lecturer()
    assert got["answered"] == 50
    assert len(got["bars"]) <= question.MOST_BARS
    assert sum(bar["count"] for bar in got["bars"]) == 50


def test_the_right_answer_is_marked_once_it_is_shown_and_no_answer_comes_after_it() -> None:
    """A guess within what is allowed is right; where nobody is, the right number has a bar without any."""
    path, secret = opened()
    shows(path, secret, question=QUESTION)
    answers(path, "phone-one", 2.5)
    answers(path, "phone-two", 4)
    shown = {**QUESTION, "answer": "2.49", "number": 2.49, "allowed": 0.02}
    assert shows(path, secret, question=shown) == 204
    assert counted(results(path, secret)) == [(2.5, 1, True), (4, 1, False)]
    assert answers(path, "phone-two", 2.49) == (409, "The answer has been shown already.")
    assert shows(path, secret, question={**shown, "number": 7, "allowed": 0}) == 204
    assert counted(results(path, secret)) == [(2.5, 1, False), (4, 1, False), (7, 0, True)]


def test_what_was_answered_is_a_table_question_after_question() -> None:
    path, secret = opened()
    shows(path, secret, question=QUESTION)
    answers(path, "phone-one", 9)
    answers(path, "phone-two", 9.5)
    shows(path, secret, question={**QUESTION, "answer": "9", "number": 9})
    choose = {"id": "blur", "ask": 'Sharper, or "softer"?', "choices": ["sharper", "softer, a bit"]}
    shows(path, secret, question=choose)
    answers(path, "phone-one", 2, "blur")
    status, headers, body = ask("GET", f"{path}/results", secret=secret)
    assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert list(csv.reader(io.StringIO(body.decode()))) == [
        ["question", "asked", "answer", "right", "count"],
        ["1", "How many rows?", "9", "9", "1"],
        ["1", "How many rows?", "9.5", "9", "1"],
        ["2", choose["ask"], "sharper", "", "0"],
        ["2", choose["ask"], "softer, a bit", "", "1"],
    ]


def test_a_question_that_is_asked_again_has_its_answers_still() -> None:
    """The lecturer has gone a step too far, or comes back to discuss it."""
    path, secret = opened()
    other = {"id": "blur", "ask": "Sharper?", "choices": ["yes", "no"]}
    shows(path, secret, question=QUESTION)
    answers(path, "phone-one", 9)
    for between in (None, other):
        shows(path, secret, question=between)
        assert results(path, secret)["answered"] == 0
        shows(path, secret, question={**QUESTION, "answer": "9", "number": 9})
        assert counted(results(path, secret)) == [(9, 1, True)]
    assert results(path, secret)["asked"] == 1
    shows(path, secret, question=other)
    answers(path, "phone-one", 2, "blur")
    shows(path, secret, question={**QUESTION, "answer": "9", "number": 9})
    table = ask("GET", f"{path}/results", secret=secret)[2].decode()
    assert [row[:3] for row in csv.reader(io.StringIO(table))][1:] == [
        ["1", "How many rows?", "9"],
        ["2", "Sharper?", "yes"],
        ["2", "Sharper?", "no"],
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What?", "This is not a question."),
        ({"id": "a"}, "This is not a question."),
        ({"id": "a", "ask": "b", "choices": 5}, "This is not a question."),
        ({"id": "a", "ask": "b", "number": 10**400}, "This is not a question."),
        ({"id": "a", "ask": "b", "choices": ["c"] * 7}, "A question has at most 6 choices."),
    ],
)
def test_what_is_no_question_is_refused(asked: Any, said: str) -> None:
    path, secret = opened()
    body = json.dumps({"question": asked}).encode()
    status, _, refused = ask("PUT", f"{path}/shown", body, secret)
    assert (status, json.loads(refused)["said"]) == (400, said)


def test_an_answer_wakes_no_phone() -> None:
    """300 phones that answer would else send 90 000 events."""
    path, secret = opened()
    shows(path, secret, question=QUESTION)
    room = requests.rooms.find(path.rpartition("/")[2])
    before = room.version
    answers(path, "phone-one", 1)
    assert room.version == before


@given(
    st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=60),
    st.one_of(st.none(), st.floats(-1e12, 1e12)),
)
def test_every_answer_is_in_one_bar_of_few(values: list[float], number: float | None) -> None:
    bars = question.Question("a", "b", number=number).bars(values)
    assert len(bars) <= question.MOST_BARS + 1
    assert sum(bar.count for bar in bars) == len(values)
    assert any(bar.right for bar in bars) == (number is not None)
    ends = [end for bar in bars for end in (bar.low, bar.high) if end is not None]
    assert ends == sorted(ends)


def test_many_different_guesses_fall_into_classes_that_one_wild_guess_does_not_squeeze() -> None:
    values = [*range(40), 1e9]
    bars = question.Question("a", "b", number=12).bars(values)
    assert [(bar.low, bar.high, bar.count) for bar in bars] == [
        *((low, low + 5, 5) for low in range(0, 40, 5)),
        (40, None, 1),
    ]
    assert [bar.low for bar in bars if bar.right] == [10]


@pytest.mark.parametrize(
    ("part", "most"),
    [
        ("/shown", rooms.LARGEST_STATE),
        ("/scene", rooms.LARGEST_SCENE),
        ("/answer", rooms.LARGEST_ANSWER),
    ],
)
def test_a_body_that_is_too_large_is_refused(part: str, most: int) -> None:
    path, secret = opened()
    status, _, body = ask("PUT", path + part, b" " * (most + 1), secret)
    assert status == 413
    assert str(most) in json.loads(body)["said"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 15_000])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    path, secret = opened()
    assert ask("PUT", f"{path}/shown", body, secret)[0] == 400


def test_changes_are_limited_by_the_second(clock: Clock) -> None:
    path, secret = opened()
    room = requests.rooms.find(path.rpartition("/")[2])
    for step in range(rooms.MOST_CHANGES):
        room.show({"step": step})
    assert shows(path, secret, step=99) == 429
    clock.seconds += 1
    assert shows(path, secret, step=99) == 204


def test_rooms_are_limited_and_end(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_ROOMS", 2)
    path, secret = opened()
    opened()
    status, _, body = ask("POST", "/room")
    assert (status, json.loads(body)["said"]) == (
        503,
        "There are 2 rooms already: try again later.",
    )
    clock.seconds += rooms.LONGEST_SILENCE + 1
    status, _, page = ask("GET", path)
    assert status == 404
    assert b"There is no room" in page
    assert shows(path, secret, step=1) == 404
    opened()


def test_a_room_that_is_over_is_forgotten_with_all_answers(clock: Clock) -> None:
    """The next request to any room does so."""
    path, _secret = opened()
    room = weakref.ref(requests.rooms.find(path.rpartition("/")[2]))
    clock.seconds += rooms.LONGEST_SILENCE + 1
    ask("GET", "/room/NOPE2")
    gc.collect()
    assert room() is None


def test_a_code_on_the_address_is_never_markup() -> None:
    status, headers, page = ask("GET", "/room/<script>alert(1)")
    assert status == 404
    assert b"<script>" not in page
    assert headers["x-content-type-options"] == "nosniff"


def test_a_refusal_is_said_in_the_language_of_the_browser() -> None:
    assert "没有房间" in ask("GET", "/room/NOPE2", language="zh-CN")[2].decode()


def test_the_page_of_the_loop_is_what_the_lecturer_brought() -> None:
    path, secret = opened()
    assert ask("GET", f"{path}/scene")[0] == 404
    assert ask("PUT", f"{path}/scene", b"<p>not packed", secret)[0] == 400
    assert ask("PUT", f"{path}/scene", PAGE, secret)[0] == 204
    status, headers, body = ask("GET", f"{path}/scene")
    assert (status, body, headers["content-encoding"]) == (200, PAGE, "gzip")
    assert headers["content-security-policy"].startswith(
        "sandbox allow-scripts; default-src 'none'"
    )


def test_a_phone_that_comes_back_hears_where_the_lecturer_is() -> None:
    """Nothing of what it missed, and nothing twice."""

    async def come_back() -> list[Any]:
        room = requests.rooms.open()
        room.show({"step": 1})
        first = requests._listen(room)
        heard = [await anext(first)]
        await first.aclose()
        for step in range(2, 9):
            room.show({"step": step})
        heard.append(await anext(requests._listen(room)))
        return [json.loads(event.partition("data: ")[2])["step"] for event in heard]

    assert run_apart(come_back()) == [1, 8]


def test_every_phone_hears_the_latest_in_order_and_of_the_end(clock: Clock) -> None:
    """300 phones, of which some are slow: none hears an older step after a newer one, all hear the last."""

    async def follow(room: rooms.Room, pause: int) -> list[Any]:
        heard: list[Any] = []
        async for event in requests._listen(room):
            if event.startswith("event: over"):
                return [*heard, "over"]
            heard.append(json.loads(event.partition("data: ")[2]).get("step"))
            for _ in range(pause):
                await asyncio.sleep(0)
        raise AssertionError("the room ended without a word")

    async def lecture() -> tuple[list[list[Any]], int, int]:
        room = requests.rooms.open()
        phones = [asyncio.create_task(follow(room, k % 7)) for k in range(300)]
        await asyncio.sleep(0)
        people = 0
        for step in range(40):
            clock.seconds += 1
            room.show({"step": step})
            await asyncio.sleep(0)
            people = max(people, room.people)
        for _ in range(20):
            await asyncio.sleep(0)
        requests.rooms.close(room)
        return await asyncio.gather(*phones), people, room.people

    heard, people, left = run_apart(lecture())
    assert (people, left) == (300, 0)
    for steps in heard:
        assert steps[-2:] == [39, "over"]
        numbers = [step for step in steps[:-1] if step is not None]
        assert numbers == sorted(set(numbers))
