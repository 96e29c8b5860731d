"""Every use of a part of Streamlit that its documentation does not promise.

Such a part may change with the next minor version, so ``requirements.txt`` pins this one. No other module imports
from inside Streamlit. ``tests/unit/test_internals.py`` checks each part by name. It also checks the names that the
style sheet and the JavaScript take from Streamlit's page.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakValueDictionary

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit import config, file_util, runtime
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.delta_generator import DeltaGenerator as DeltaGenerator
from streamlit.errors import StreamlitAPIException
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, ThreadState
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import (
    SCRIPT_RUN_CONTEXT_ATTR_NAME,
)
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX, WStates
from streamlit.runtime.uploaded_file_manager import UploadedFile

Callback = TypeVar("Callback", bound=Callable[..., None])


def files_in(box: Sequence[Any] | None) -> list[UploadedFile]:
    """The files of an upload box that the server still has.

    A message that the browser sent before it heard of the last run can name files that were taken and forgotten.
    """
    return [each for each in box or () if isinstance(each, UploadedFile)]


def forget_uploads(files: Iterable[UploadedFile]) -> None:
    """Let the server forget the bytes of uploads; it keeps them as long as the session otherwise."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return
    kept = runtime.get_instance().uploaded_file_mgr
    if isinstance(kept, MemoryUploadedFileManager):
        for file in files:
            kept.remove_file(context.session_id, file.file_id)


def limit_uploads(megabytes: int) -> None:
    """Let the server accept files of at most so many megabytes, and keep them in memory alone.

    Starlette writes what is larger than a megabyte into a file: a disk that is full would refuse it.
    """
    config.set_option("server.maxUploadSize", megabytes)
    MultiPartParser.spool_max_size = (megabytes + 1) * 2**20


def let_frames_upload() -> None:
    """Let the browser send the cookie without which an upload is refused from inside another site's frame, too."""
    config.set_option("server.xsrfCookieSameSite", "none")


def is_history_navigation() -> bool:
    """Whether the browser's Back or Forward started this run; False outside a run."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def set_link(values: Mapping[str, list[str]]) -> None:
    """Let the link hold these values and no others; the browser hears of it by `send_link`."""
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link.clear_with_no_forward_msg()
            for key, value in values.items():
                link.set_with_no_forward_msg(key, value)
            link.set_initial_query_params_from_current()  # a widget drawn for the first time begins with these


def take_out_of_link(key: str) -> None:
    """Let the link no longer hold a key, also for the widget that would begin with what it says."""
    st.query_params.pop(key, None)
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link._initial_query_params.pop(key, None)


def restore_link() -> None:
    """Let the link hold all that Back or Forward brought.

    Streamlit takes out of it what a widget of the page before is bound to, also where the page shown has that
    setting too.
    """
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link.set_initial_query_params(context.query_string)
            link.populate_from_query_string(context.query_string)


def send_link() -> None:
    """Let the browser hear what the link holds; it adds nothing to its history if it knew."""
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link._send_query_param_msg()


def forget_controls_left() -> None:
    """Let a control change nothing where this run has not drawn it: it stands on the page no longer.

    Streamlit keeps the callbacks of controls that have gone. The browser may still send the value of one, after it
    has turned the page; its callback would then look for a value that the session no longer has. Call where a run
    begins to draw another page, and where it has drawn a whole one. The rest of what Streamlit knows of a control
    stays: it reads the control's last value with it.
    """
    if context := get_script_run_ctx(suppress_warning=True):
        drawn = context.shared.widget_ids_this_run.snapshot()
        with context.session_state._lock:
            known = context.session_state._state._new_widget_state.widget_metadata
            for each, about in known.items():
                if _element_of(each) not in drawn:
                    known[each] = replace(about, callback=None, callbacks=None)


def _element_of(widget: str) -> str:
    """The element that a widget belongs to: what a component tells has an id made of the component's own."""
    inner = widget.removeprefix(f"{STREAMLIT_INTERNAL_KEY_PREFIX}_")
    return widget if inner == widget else inner.partition(EVENT_DELIM)[0]


def session_watch() -> Callable[[], bool]:
    """A function that says whether the browser of this run is still connected; always True without a server."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return lambda: True
    session, server = context.session_id, runtime.get_instance()
    return lambda: server.is_active_session(session)


@contextmanager
def beside_session(values: Mapping[str, Any], link: Mapping[str, list[str]]) -> Iterator[None]:
    """Let this thread read and change a copy of a session and its link; a browser hears of none of it."""
    state = SessionState(_new_session_state={**values})
    for key, said in link.items():
        state.query_params.set_with_no_forward_msg(key, said)
    context = ScriptRunContext(
        session_id="",
        _enqueue=lambda _message: None,
        query_string="",
        session_state=SafeSessionState(state, lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager(""),
        main_script_path="",
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(""),
    )
    thread = threading.current_thread()
    setattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME, context)
    ThreadState.initialize()
    try:
        yield
    finally:
        delattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME)


def session_entries() -> dict[str, Any]:
    """What the session holds, by key; of a component what the browser keeps for it, not what it has just told."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    with context.session_state._lock:
        state = context.session_state._state
        names, widgets = state._key_id_mapper.id_key_mapping, state._new_widget_state
        # Where two hold an entry, the later one counts, as for Streamlit.
        held = [*state._old_state.items()]
        entries = {key: value for key, value in held if not is_element_id(key)}
        entries |= {names[each]: value for each, value in held if each in names}
        entries |= {names[each]: widgets.get(each) for each in widgets if each in names}
        entries |= state._new_session_state
    return {k: v for k, v in entries.items() if not k.startswith(STREAMLIT_INTERNAL_KEY_PREFIX)}


class _Entries(Mapping[str, Any]):
    """What a session holds, looked up when somebody asks for it."""

    def __init__(self, state: SafeSessionState, collect: Callable[[], dict[str, Any]]) -> None:
        self._state, self._collect = state, collect

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._collect())

    def __len__(self) -> int:
        return len(self._collect())


def look_up_single_entries() -> None:
    """Let a widget look at its own entry of the session alone.

    To see whether that is None, a number box or a list collects all entries, which takes a millisecond.
    """
    usual: property = SafeSessionState.__dict__["filtered_state"]

    def entries(self: SafeSessionState) -> _Entries:
        return _Entries(self, lambda: usual.__get__(self))

    setattr(SafeSessionState, "filtered_state", property(entries))  # noqa: B010


def tell_theme_once() -> None:
    """Let Streamlit read the theme from its settings once, and not six times in every run."""
    usual = app_session._populate_theme_msg

    @cache
    def read(section: str) -> NewSession:
        read_now = NewSession()
        usual(read_now.custom_theme, section)
        return read_now

    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        if read(section).HasField("custom_theme"):
            message.MergeFrom(read(section).custom_theme)

    config.on_config_parsed(read.cache_clear, force_connect=True)
    setattr(app_session, "_populate_theme_msg", populate)  # noqa: B010


_locks: WeakValueDictionary[int, Any] = WeakValueDictionary()
_locks_lock = threading.Lock()


def share_locks() -> None:
    """Let all runs of a session wait for one lock before they read or change its entries.

    Streamlit makes a lock for each run. Where a run begins before the last one has ended, one of them could look
    for an entry that the other takes away, or lose what the other writes.
    """
    usual = SafeSessionState.__init__

    def begin(
        self: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]
    ) -> None:
        usual(self, state, yield_callback)
        with (
            _locks_lock
        ):  # a lock lives as long as the runs that hold it, which is no longer than their session
            object.__setattr__(self, "_lock", _locks.setdefault(id(state), self._lock))

    setattr(SafeSessionState, "__init__", begin)  # noqa: B010


def run_at_once(name: str, ready: str) -> None:
    """Let a change of a widget run the fragment of a name at once, where its callback `may_run_at_once`.

    Streamlit runs callbacks in a run of the whole script, and the fragment that they ask for in another. In the
    browser each run draws every element again.

    Parameters
    ----------
    name
        Of the fragment.
    ready
        Names the entry of the session that says whether the fragment can run alone.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and (fragment := _fragment_to_run(session, asked, name, ready)):
            asked.fragment_id = fragment
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


@dataclass
class _Turn:
    """The last turn of the page that a browser asked for."""

    asked: ClientState  # without its widgets
    left: set[str]  # the pages before; empty once the browser has heard of the turn
    gone: frozenset[
        str
    ]  # the widgets known then that the request did not tell of: those of the pages before


_turns: WeakKeyDictionary[AppSession, _Turn] = WeakKeyDictionary()


def keep_turns() -> None:
    """Let a page turn although a widget of the page before tells something right after.

    The browser sends what a widget tells a moment later, and names the page that it shows: still the page before,
    until it hears of the turn. Streamlit would go back there. Now such a request asks for the page turned to.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and asked.page_script_hash:
            _keep_turn(session, asked)
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _keep_turn(session: AppSession, asked: ClientState) -> None:
    turn, shown = _turns.get(session), session._pages_manager.current_page_script_hash
    page, told = asked.page_script_hash, {each.id for each in asked.widget_states.widgets}
    if turn and page == turn.asked.page_script_hash:
        turn.left.clear()
    elif turn and page in turn.left and (asked.fragment_id or told & turn.gone):
        late = WidgetStates.FromString(asked.widget_states.SerializeToString())
        asked.CopyFrom(turn.asked)
        asked.widget_states.CopyFrom(late)
    elif page != shown or (turn and turn.left):
        known = session.session_state._new_widget_state.widget_metadata
        left = {shown, *(turn.left if turn else ())} - {page}
        _turns[session] = turn = _Turn(ClientState(), left, frozenset(known) - told)
        turn.asked.CopyFrom(asked)
        turn.asked.ClearField("widget_states")


_AT_ONCE = "_may_run_at_once"
_asked: WeakKeyDictionary[AppSession, dict[str, bytes]] = WeakKeyDictionary()


def may_run_at_once(callback: Callback) -> Callback:
    """Mark a callback that asks for that fragment, or for the whole page, and does not mind which run it is in."""
    setattr(callback, _AT_ONCE, True)
    return callback


def _fragment_to_run(session: AppSession, asked: ClientState, name: str, ready: str) -> str | None:
    """The fragment that is all that has to run for what a browser asks; None where Streamlit is to see to it."""
    before = _asked.get(session, {})
    said = _asked[session] = {
        each.id: each.SerializeToString() for each in asked.widget_states.widgets
    }
    state, held = session.session_state, session.session_state._new_widget_state
    now = WStates(widget_metadata={**held.widget_metadata})
    for each in asked.widget_states.widgets:
        if before.get(each.id) == said[each.id]:
            continue
        if each.WhichOneof("value") != "file_uploader_state_value":
            now.set_widget_from_proto(each)
        elif each.id in before or each.file_uploader_state_value.uploaded_file_info:
            return None  # files have come or gone: only a run can read them
    changed = [key for key in now if not _is_held(state, key, now.get(key))]
    # The session itself hears of the page when the run's thread has ended: after the browser has heard all.
    turned = asked.page_script_hash != session._pages_manager.current_page_script_hash
    if turned or not changed or asked.fragment_id or asked.is_history_navigation:
        return None
    for known in map(held.widget_metadata.get, changed):
        callbacks = [known and known.callback, *((known and known.callbacks) or {}).values()]
        called = [getattr(each, "func", each) for each in callbacks if each is not None]
        if not called or not all(getattr(each, _AT_ONCE, False) for each in called):
            return None
    try:
        found = session._fragment_storage.resolve_target(name)
        return found[0] if len(found) == 1 and state[ready] else None
    except (KeyError, StreamlitAPIException):  # no such fragment on this page
        return None


def _is_held(state: SessionState, widget: str, value: object) -> bool:
    """Whether a session holds this value of a widget: as the browser sent it, or as the script has set it."""
    try:
        return bool(value == state._new_widget_state.get(widget) or value == state[widget])
    except KeyError:
        return False


def is_run_of(name: str) -> bool:
    """Whether only the fragment of a name runs."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.fragment_ids_this_run:
        return False
    return context.fragment_ids_this_run == context.fragment_storage.resolve_target(name)


def class_of(key: str) -> str:
    """The class in the document of the element with a key.

    Examples
    --------
    >>> class_of("bias 0")
    'st-key-bias-0'
    """
    return f"st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}"


def read_settings_beside(app: str) -> None:
    """Let Streamlit read ``.streamlit/config.toml`` beside this file. Call before the app is made.

    ``streamlit run app.py`` does so by itself. Under another server Streamlit would look beside the main script.
    """
    config._main_script_path = str(Path(app).resolve())


def streamlit_document() -> str:
    """The HTML document that Streamlit sends for every page."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")


@cache
def streamlit_scripts(*elements: str) -> tuple[str, ...]:
    """The scripts of some of Streamlit's elements, with all that they import, below the address of the app.

    Those that the document names already are left out.
    """
    folder, document = Path(file_util.get_static_dir()) / "static" / "js", streamlit_document()
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name in found or name in document:
            return
        found[name] = None
        text = (folder / name).read_text("utf-8")
        for each in re.findall(r"""\b(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""", text):
            add(each)

    for element in elements:
        for path in folder.glob(f"{element}.*.js"):
            add(path.name)
    return tuple(f"static/js/{name}" for name in found)
