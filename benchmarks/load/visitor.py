"""One browser without a screen: it opens the app over Streamlit's websocket, sets controls and uploads files."""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load.parts import data_of

PATIENCE = 60.0  # seconds for a run
KEPT = 10_000  # bytes from which on a browser keeps a message
VALUES = {
    "slider": "double_array_value",
    "number_input": "double_value",
    "selectbox": "string_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    "text_input": "string_value",
    "multiselect": "string_array_value",
}
LISTS = {"double_array_value", "string_array_value"}


class Refused(Exception):
    """The server answered otherwise than it should."""


@dataclass
class Run:
    """One run of the script, as the browser saw it."""

    seconds: float
    received: int  # bytes
    messages: int = 0
    scripts: int = 1  # how often the script ran, or a part of it
    is_whole: bool = False  # whether it ran whole in the end


@dataclass
class Visitor:
    """A person's browser.

    Parameters
    ----------
    url
        Address of the app.
    cookies
        What the server asked the browser to keep.
    shown
        Each element that stands on the page, by its place.
    """

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    shown: dict[tuple[int, ...], Element] = field(default_factory=dict)
    session: str = ""
    link: str = ""
    page: str = ""
    _pages: dict[str, str] = field(default_factory=dict)
    _drawn: dict[tuple[int, ...], Element] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _groups: dict[str, str] = field(default_factory=dict)  # folded groups by their headings
    _kept: dict[str, ForwardMsg] = field(default_factory=dict)
    _tick: str = ""
    _exits: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def open(self, path: str = "/") -> Run:
        """Load the document, connect, and wait for the first run."""
        start = time.perf_counter()
        self.page, _, self.link = path.lstrip("/").partition("?")
        for address in (path, "/_stcore/health"):
            status, body = await self.fetch("GET", address)
            if status != 200:
                raise Refused(f"{address}: {status} {body[:80]!r}")
        await self.connect()
        run = await self._run(self._rerun())
        return Run(time.perf_counter() - start, run.received)

    async def connect(self) -> None:
        """Open the websocket, of the session there was if there was one."""
        words = ["streamlit", self.cookies.get("_streamlit_xsrf", "-"), self.session]
        self._socket = await self._exits.enter_async_context(
            websockets.connect(
                f"ws{self.url.removeprefix('http')}/_stcore/stream",
                subprotocols=[websockets.Subprotocol(word) for word in words if word],
                additional_headers={"Cookie": self._cookie()},
                origin=websockets.Origin(self.url),
                max_size=None,
                compression=None,
                open_timeout=PATIENCE,
            )
        )

    async def close(self) -> None:
        """Go."""
        await self._exits.aclose()

    def element(self, label: str) -> tuple[str, Any]:
        """The kind and the content of a control by its label."""
        for element in self.shown.values():
            kind = str(element.WhichOneof("type"))
            if kind in VALUES and getattr(element, kind).label == label:
                return kind, getattr(element, kind)
        raise Refused(f"no control {label!r} on the page")

    def parts(self, name: str) -> list[dict[str, Any]]:
        """What the page shows in each part of a kind that runs in the browser, such as "picture"."""
        found = [
            element.bidi_component
            for element in self.shown.values()
            if element.WhichOneof("type") == "bidi_component"
        ]
        read = [data_of(each) for each in found if each.component_name == f"convviz.{name}"]
        for live in (data_of(each) for each in found if each.component_name == "convviz.live"):
            read = [{**live["parts"].get(part["key"], part), "key": part["key"]} for part in read]
        return read

    async def set(self, label: str, value: Any) -> Run:
        """Set a control, and wait until the script that this starts has run."""
        kind, control = self.element(label)
        self._states[control.id] = _state(kind, control.id, value)
        if control.query_param_key:
            default = control.default[0] if kind == "slider" else control.default
            self.link = _with(self.link, control.query_param_key, value, default)
        return await self._run(self._rerun())

    async def press(self, label: str) -> Run:
        """Press a button, and wait until the script that this starts has run."""
        button = next(
            each.button
            for each in self.shown.values()
            if each.WhichOneof("type") == "button" and each.button.label == label
        )
        self._states[button.id] = WidgetState(id=button.id, trigger_value=True)
        run = await self._run(self._rerun())
        self._states.pop(button.id, None)
        return run

    async def unfold(self, heading: str) -> Run:
        """Unfold a group of controls, and wait until they are drawn."""
        group = self._groups[heading]
        self._states[group] = WidgetState(id=group, bool_value=True)
        return await self._run(self._rerun())

    async def look(self) -> Run:
        """Let the script run with nothing changed."""
        return await self._run(self._rerun())

    async def tick(self) -> Run:
        """Let the part of the script run that was to run from time to time."""
        asked = self._rerun()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = self._tick, True
        return await self._run(asked)

    async def ask(self) -> None:
        """Let the script run, and read nothing of what it sends."""
        await self._socket.send(self._rerun().SerializeToString())

    def said(self) -> str:
        """The texts on the page."""
        return "\n".join(
            each.markdown.body
            for each in self.shown.values()
            if each.WhichOneof("type") == "markdown"
        )

    async def go(self, page: str) -> Run:
        """Turn to another page by the bar. A browser says nothing of the controls of the page it leaves."""
        self.page, self.link = page, ""
        self._states = {}
        return await self._run(self._rerun())

    async def back(self, link: str) -> Run:
        """Press Back, which brings another link of the page."""
        self.link = link
        asked = self._rerun()
        asked.rerun_script.is_history_navigation = True
        return await self._run(asked)

    async def upload(self, name: str, content: bytes) -> Run:
        """Bring a photo, and wait until it is shown."""
        start = time.perf_counter()
        box = next(
            each.file_uploader
            for each in self.shown.values()
            if each.WhichOneof("type") == "file_uploader"
        )
        asked = BackMsg()
        asked.file_urls_request.request_id = "photo"
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.session
        await self._socket.send(asked.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "file_urls_response":
            answer.ParseFromString(await asyncio.wait_for(self._socket.recv(), PATIENCE))
        given = answer.file_urls_response.file_urls[0]
        form = (
            f'--here\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        status, said = await self.fetch(
            "PUT",
            f"/{given.upload_url.lstrip('/')}",
            form + content + b"\r\n--here--\r\n",
            {
                "Content-Type": "multipart/form-data; boundary=here",
                "X-Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
            },
        )
        if status != 204:
            raise Refused(f"upload: {status} {said[:80]!r}")
        state = WidgetState(id=box.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(content), given.file_id
        info.file_urls.CopyFrom(given)
        self._states[box.id] = state
        run = await self._run(self._rerun())
        self._states.pop(box.id, None)
        return Run(time.perf_counter() - start, run.received)

    async def fetch(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Ask over HTTP; the status and the body."""
        return await asyncio.to_thread(self._fetch, method, path, body, {**(headers or {})})

    def _fetch(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Cookie": self._cookie(), **headers})
            answer = connection.getresponse()
            for value in answer.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(value).items():
                    self.cookies[name] = morsel.value
            return answer.status, answer.read()
        finally:
            connection.close()

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _rerun(self) -> BackMsg:
        asked = BackMsg()
        rerun = asked.rerun_script
        rerun.query_string, rerun.page_name = self.link, self.page
        rerun.page_script_hash = self._pages.get(self.page, "")
        rerun.widget_states.widgets.extend(self._states.values())
        rerun.cached_message_hashes.extend(self._kept)
        rerun.context_info.url, rerun.context_info.locale = f"{self.url}/{self.page}", "en"
        return asked

    async def _run(self, asked: BackMsg) -> Run:
        """Let the script run, and take in what it sends until it has ended."""
        start, received, messages, scripts = time.perf_counter(), 0, 0, 0
        await self._socket.send(asked.SerializeToString())
        begun = False
        while True:
            packed = await asyncio.wait_for(self._socket.recv(), PATIENCE)
            received, messages = received + len(packed), messages + 1
            message = ForwardMsg()
            message.ParseFromString(packed)
            kind = message.WhichOneof("type")
            begun |= kind == "new_session"
            scripts += kind == "new_session"
            self._take(message, str(kind))
            # A run that another one breaks off ends early; what counts is the one that comes after.
            if kind == "script_finished" and begun and message.script_finished in FINISHED:
                took = time.perf_counter() - start
                return Run(took, received, messages, scripts, self._whole)

    def _take(self, message: ForwardMsg, kind: str) -> None:
        if kind == "ref_hash":
            kept = self._kept[message.ref_hash]
            place = message.metadata.delta_path
            message = ForwardMsg()
            message.CopyFrom(kept)
            message.metadata.delta_path[:] = place
            kind = str(message.WhichOneof("type"))
        elif message.metadata.cacheable and message.ByteSize() >= KEPT:
            self._kept[message.hash] = message
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id
            self._drawn = {}
            self._whole = not message.metadata.run.fragment_ids
            if self._whole:
                self._groups = {}
        elif kind == "navigation":
            pages = message.navigation.app_pages
            self._pages = {each.url_pathname: each.page_script_hash for each in pages}
            self._pages[""] = next(each.page_script_hash for each in pages if each.is_default)
        elif kind == "auto_rerun":
            self._tick = message.auto_rerun.fragment_id
        elif kind == "page_info_changed":
            self.link = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(tuple(message.metadata.delta_path), message.delta.new_element)
        elif kind == "delta" and message.delta.add_block.expandable.id:
            group = message.delta.add_block.expandable
            self._groups[group.label] = group.id
        elif kind == "script_finished" and message.script_finished in FINISHED:
            self.shown = self._drawn if self._whole else {**self.shown, **self._drawn}
            stand = {
                getattr(e, k).id
                for e in self.shown.values()
                if (k := e.WhichOneof("type")) in VALUES
            }
            stand |= {*self._groups.values()}
            self._states = {name: state for name, state in self._states.items() if name in stand}

    def _draw(self, place: tuple[int, ...], element: Element) -> None:
        """Put an element on the page. A control that is new, or that the server sets, has a value from then on."""
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            raise Refused(f"an exception on the page: {element.exception.message[:200]}")
        self._drawn[place] = element
        if kind in VALUES:
            control = getattr(element, kind)
            if control.id not in self._states or control.set_value:
                self._states[control.id] = _state(kind, control.id, _value(kind, control))


FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


def _state(kind: str, identity: str, value: Any) -> WidgetState:
    """What the browser tells the server of a control; None says that nothing is chosen."""
    state, name = WidgetState(id=identity), VALUES[kind]
    if name in LISTS:
        values = value if isinstance(value, list) else [value]
        getattr(state, name).data.extend(values)
        getattr(state, name).SetInParent()
    elif value is not None:
        setattr(state, name, value)
    return state


def _with(link: str, key: str, value: float, default: float) -> str:
    """A link that says what a number or a switch is set to, unless that is the default."""
    said = parse_qs(link)
    said.pop(key, None)
    if value != default:
        said[key] = [str(value).lower() if isinstance(value, bool) else f"{value:g}"]
    return urlencode(said, doseq=True)


def _value(kind: str, control: Any) -> Any:
    """What a control is set to as it is drawn."""
    if kind == "slider":
        return list(control.value if control.set_value else control.default)
    if kind == "selectbox":
        index = control.default if control.HasField("default") else None
        first = None if index is None else control.options[index]
        return control.raw_value if control.set_value else first
    if kind in ("button_group", "multiselect"):
        named = [each.content if kind == "button_group" else each for each in control.options]
        return [*control.raw_values] if control.set_value else [named[k] for k in control.default]
    if control.set_value:
        return control.value
    return control.default if kind == "checkbox" or control.HasField("default") else None
