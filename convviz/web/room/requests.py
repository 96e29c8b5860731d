"""What a browser asks of a room.

====================================  ============================================================
``POST /room``                        open a room; its code and its secret
``GET /room/CODE``                    the page for a phone
``GET /room/CODE/events``             what is shown, now and after each change, as server-sent events
``GET /room/CODE/scene``              the page of the loop that the phone steps through
``PUT /room/CODE/scene``              change that page; with the secret
``PUT /room/CODE/shown``              change what is shown; with the secret
``PUT /room/CODE/answer``             answer the question that is asked
``GET /room/CODE/answers``            how many people are here and what they answered; with the secret
``GET /room/CODE/results``            what was answered to each question, as CSV; with the secret
``DELETE /room/CODE``                 close it; with the secret
====================================  ============================================================
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from convviz.browser.bundle import bundle
from convviz.text.i18n import N_, _, language_for, languages, use_language
from convviz.text.words import QUESTION, translated
from convviz.web.room.errors import RoomError
from convviz.web.room.rooms import (
    LARGEST_ANSWER,
    LARGEST_SCENE,
    LARGEST_STATE,
    MOST_PEOPLE,
    Room,
    Rooms,
)

HERE = Path(__file__).parent
HEARTBEAT = 15  # seconds without a change after which a line is sent, so that no proxy hangs up
SECRET = "X-Room-Secret"  # the header that holds it
LONGEST_PHONE = 64
# Nothing of a room is for another site, and nothing comes from one.
PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' "
    "'unsafe-inline'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Whoever opens a room may bring any page. It can do nothing with the app's address, in a frame or without one.
SCENE_HEADERS = {
    "Content-Security-Policy": "sandbox allow-scripts; default-src 'none'; img-src data:; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}
rooms = Rooms()
Answer = Callable[[Request], Awaitable[Response]]


def room_routes(start: str) -> list[Route]:
    """The routes, below a folder of the server."""
    room = f"{start}/room/{{code}}"
    return [
        Route(f"{start}/room", _saying(open_room), methods=["POST"]),
        Route(room, _saying(phone_page), methods=["GET"]),
        Route(room, _saying(close_room), methods=["DELETE"]),
        Route(f"{room}/events", _saying(events), methods=["GET"]),
        Route(f"{room}/scene", _saying(scene), methods=["GET"]),
        Route(f"{room}/scene", _saying(change_scene), methods=["PUT"]),
        Route(f"{room}/shown", _saying(change_shown), methods=["PUT"]),
        Route(f"{room}/answer", _saying(answer), methods=["PUT"]),
        Route(f"{room}/answers", _saying(answers), methods=["GET"]),
        Route(f"{room}/results", _saying(results), methods=["GET"]),
    ]


def _saying(handle: Answer) -> Answer:
    """The same, with a refusal said in the language of the browser."""

    async def handled(request: Request) -> Response:
        use_language(_language_of(request))
        try:
            return await handle(request)
        except RoomError as error:
            said = error.sentence.said
            if handle is phone_page:
                page = f"<!doctype html><meta charset=utf-8><title>convviz</title><p>{escape(said)}"
                return HTMLResponse(page, error.status, headers=PAGE_HEADERS)
            return JSONResponse({"said": said}, error.status)

    return handled


async def open_room(_request: Request) -> Response:
    """Open a room."""
    room = rooms.open()
    return JSONResponse({"code": room.code, "secret": room.secret}, 201)


async def close_room(request: Request) -> Response:
    """Close a room."""
    rooms.close(_steered(request))
    return Response(status_code=204)


async def phone_page(request: Request) -> Response:
    """The page for a phone."""
    room = _room(request)
    words = translated(QUESTION) | {
        "lost": _("The connection is lost. Trying again …"),
        "over": _("The lecturer has closed the room."),
        "waiting": _("The lecturer has not shown a loop yet."),
        "back": _("Back to the lecture"),
        "send": _("Send"),
        "sent": _("Sent. You can change it until the answer is shown."),
        "revealed": _("The answer is {answer}."),
        "open": _("Open this view in convviz"),
    }
    page = Template((HERE / "phone.html").read_text("utf-8")).substitute(
        language=languages()[_language_of(request)].tag,
        title=escape(_("Room {code}").format(code=room.code)),
        style=(HERE / "phone.css").read_text("utf-8"),
        script=bundle("web/room/phone.js"),
        words=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return HTMLResponse(page, headers=PAGE_HEADERS)


async def events(request: Request) -> Response:
    """What is shown, now and after each change: the latest only, if a phone is slow."""
    room = _room(request)
    if room.people >= MOST_PEOPLE:
        raise RoomError(503, N_("The room is full: it takes {most} people."), most=MOST_PEOPLE)
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_listen(room), media_type="text/event-stream", headers=headers)


async def _listen(room: Room) -> AsyncIterator[str]:
    room.people += 1
    try:
        while not room.over:
            changed = room.changed  # taken before it is read: a change in between is not missed
            yield f"id: {room.version}\ndata: {room.for_phones()}\n\n"
            while not changed.is_set() and not room.over:
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
        yield "event: over\ndata: {}\n\n"
    finally:
        room.people -= 1


async def scene(request: Request) -> Response:
    """The page of the loop. It stands in a frame without any right, so that it can do nothing but step."""
    room = _room(request)
    if not room.scene:
        raise RoomError(404, N_("The lecturer has not shown a loop yet."))
    headers = {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=3600"}
    return HTMLResponse(room.scene, headers=headers | SCENE_HEADERS)


async def change_scene(request: Request) -> Response:
    """Keep a page, which the lecturer's browser has packed with gzip."""
    room = _steered(request)
    packed = await _body(request, LARGEST_SCENE)
    if packed[:2] != b"\x1f\x8b":
        raise RoomError(400, N_("The page of the loop is not packed with gzip."))
    room.bring(packed)
    return Response(status_code=204)


async def change_shown(request: Request) -> Response:
    """Change what is shown."""
    room = _steered(request)
    room.show(_object(await _body(request, LARGEST_STATE)))
    return Response(status_code=204)


async def answer(request: Request) -> Response:
    """Answer the question that is asked."""
    room = _room(request)
    given = _object(await _body(request, LARGEST_ANSWER))
    phone = str(given.get("phone", ""))
    if not 8 <= len(phone) <= LONGEST_PHONE:
        raise RoomError(400, N_("The answer does not say which phone it comes from."))
    room.answer(phone, str(given.get("question", "")), given.get("value"))
    return Response(status_code=204)


async def answers(request: Request) -> Response:
    """How many people are here, and what they answered."""
    return JSONResponse(_steered(request).for_lecturer(), headers={"Cache-Control": "no-store"})


async def results(request: Request) -> Response:
    """What was answered to each question, as CSV."""
    headers = {"Cache-Control": "no-store"}
    return Response(_steered(request).results(), media_type="text/csv", headers=headers)


def _room(request: Request) -> Room:
    return rooms.find(request.path_params["code"])


def _steered(request: Request) -> Room:
    """The room, if the request holds its secret."""
    room = _room(request)
    room.check(request.headers.get(SECRET, ""))
    return room


async def _body(request: Request, most: int) -> bytes:
    """The body, read no further than it may be long."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise RoomError(413, N_("Too large: at most {most} bytes."), most=most)
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise RoomError(400, N_("The request is not a JSON object."))
    return given


def _language_of(request: Request) -> str:
    asked = request.query_params.get("lang")
    if asked in languages():
        return str(asked)
    return language_for(request.headers.get("Accept-Language", "").partition(",")[0])
