"""What a session holds, and who reads and changes it at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from streamlit import runtime
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, ThreadState
from streamlit.runtime.scriptrunner_utils.script_run_context_attr import (
    SCRIPT_RUN_CONTEXT_ATTR_NAME,
)
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

from convviz.ui.internals.presses import Requests


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


def keep_what_is_pressed() -> None:
    """Let a component that was pressed hold what was pressed although Streamlit has forgotten the component.

    A press of the page before may come with the request that turns the page (see `keep_presses`), or after it
    where the turning was broken off. By then Streamlit has forgotten the controls that no request told of, and of
    a component a request tells the press alone. Its callback would look for the press in vain.
    """
    usual = SessionState._call_callbacks

    def call_callbacks(state: SessionState, **how: Any) -> None:
        told = state._new_widget_state
        for element in {*map(_element_of, told)} - {*told, *state._old_state}:
            told.set_from_value(element, {})
        usual(state, **how)

    setattr(SessionState, "_call_callbacks", call_callbacks)  # noqa: B010


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
        known = [each for each in widgets if each in names and each in widgets.widget_metadata]
        entries |= {names[each]: widgets[each] for each in known}
        entries |= state._new_session_state
    return {k: v for k, v in entries.items() if not k.startswith(STREAMLIT_INTERNAL_KEY_PREFIX)}


def is_told(key: str) -> bool:
    """Whether the request that this run answers tells the value of a control: the browser has drawn it."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return False
    with context.session_state._lock:
        state = context.session_state._state
        return state._key_id_mapper.get_id_from_key(key) in state._new_widget_state.states


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

    To see whether that is None, a number box or a list collects all entries, which takes a millisecond. What
    ``st.session_state.to_dict()`` returns is no copy then: use `session_entries`.
    """
    usual: property = SafeSessionState.__dict__["filtered_state"]

    def entries(self: SafeSessionState) -> _Entries:
        return _Entries(self, lambda: usual.__get__(self))

    setattr(SafeSessionState, "filtered_state", property(entries))  # noqa: B010


def carry_over_what_is_new() -> None:
    """Let a run that begins carry over what the last one has set; Streamlit sets every entry to what it is.

    A widget that goes leaves its value under its key alone. Once it is back, the value stands under its id again.
    """

    def compact(self: SessionState) -> None:
        ids, old = self._key_id_mapper._key_id_mapping, self._old_state
        new = {*map(self._get_widget_id, self._new_session_state), *self._new_widget_state}
        new |= {ids[each] for each in old if each in ids and ids[each] not in old}
        for each in new:
            with suppress(KeyError):  # of a widget that is not known any more
                old[each] = self[each]
        self._new_session_state.clear()
        self._new_widget_state.clear()

    setattr(SessionState, "_compact_state", compact)  # noqa: B010


def look_for_requests_there_are() -> None:
    """Let a run that reads or changes the session stop for a request only where there is one.

    Streamlit asks at length each time, 500 times while a page is drawn.
    """
    usual = SafeSessionState.__init__

    def begin(
        self: SafeSessionState, state: SessionState, yield_callback: Callable[[], None]
    ) -> None:
        requests = getattr(getattr(yield_callback, "__self__", None), "_requests", None)

        def look() -> None:
            if (
                not isinstance(requests, Requests)
                or requests._state is not ScriptRequestType.CONTINUE
                or requests.taken is not None  # let it know that the callbacks are called now
            ):
                yield_callback()

        usual(self, state, look)

    setattr(SafeSessionState, "__init__", begin)  # noqa: B010


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
        # A lock lives as long as the runs that hold it, which is no longer than their session.
        with _locks_lock:
            object.__setattr__(self, "_lock", _locks.setdefault(id(state), self._lock))

    setattr(SafeSessionState, "__init__", begin)  # noqa: B010
