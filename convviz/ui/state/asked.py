"""What the page's link asked for, what to say where it asked for the impossible, and what it says from now on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

import streamlit as st

from convviz.text.i18n import _, shortened
from convviz.text.joined import listed
from convviz.text.limits import LONGEST_VALUE
from convviz.text.numbers import number_in, whole_in
from convviz.ui.internals.link import send_link, take_out_of_link, whole_link
from convviz.ui.state import history
from convviz.ui.state.entry import BOUND
from convviz.ui.state.reduced import note_control
from convviz.ui.state.settings import SETTINGS
from convviz.ui.state.shown import has_turned, page_shown, setting
from convviz.ui.state.told import in_link

FEW = 4  # options a sentence names
NUMBERS = {each.link for each in SETTINGS if each.kind in (int, float)}
_ASKED = "link values not yet checked"
_NOTES, _NOTED = "link notes", "link notes said last"
_STEPPER = "stepper last shown"
_PUT = "put into the link"
_LINKS, _SAID = "links of the pages", "what links say of settings"
_BEFORE = "what the page before said"


def read_link() -> None:
    """Remember what the link asked for. Call once at the start of each run, before any widget."""
    history.mirror(_STEPPER)
    history.follow()
    if history.brought_back() or _ASKED not in st.session_state:
        asks = st.query_params.to_dict()
        st.session_state[_ASKED] = {key: shortened(value) for key, value in asks.items()}
    elif has_turned():
        st.session_state[_ASKED] = {}  # it was for another page
    _take_out_what_nobody_can_read()


def _take_out_what_nobody_can_read() -> None:
    """Drop what is too long for any setting, and of number boxes what is no number.

    Streamlit's boxes read the link by themselves, before the page can say what is wrong.
    """
    for key in [*st.query_params]:
        if sum(map(len, st.query_params.get_all(key))) > LONGEST_VALUE:
            sentence = _("The link's {key} is left out: it has more than {most} characters.")
            add_note(sentence.format(key=shortened(key), most=LONGEST_VALUE))
            take_out_of_link(key)
        elif key in NUMBERS and (said := st.query_params[key]) and number_in(said) is None:
            take_out_of_link(key)


def says(names: Sequence[str]) -> bool:
    """Whether the link sets one of the settings that the page shown calls so."""
    return any(setting(name).link in st.query_params for name in names)


def leave_out_beyond(key: str, least: int, most: int) -> None:
    """Leave out of the link a number beyond the bounds in force, which its widget would take."""
    wanted = number_in(st.query_params.get(key, ""))
    if wanted is not None and not least <= wanted <= most and key not in st.session_state:
        take_out_of_link(key)


def put(key: str, value: str | Sequence[str]) -> None:
    """Keep a value in the link; not if it is there: each time it is written is one more press of Back."""
    put_all({key: value})


def put_all(values: Mapping[str, str | Sequence[str]]) -> None:
    """Keep several in the link by one change of it; () takes one out.

    A run begins with the link that the browser had. Where it has not heard yet of what an earlier run has put,
    that would come last: so what differs from it is put again.
    """
    wanted = {key: [value] if isinstance(value, str) else [*value] for key, value in values.items()}
    earlier: dict[str, list[str]] = st.session_state.setdefault(_PUT, {})
    changed = {
        key: value
        for key, value in wanted.items()
        if st.query_params.get_all(key) != value or earlier.get(key, value) != value
    }
    if changed:
        st.query_params.update(changed)
        earlier.update(changed)


def carry(key: str, default: float) -> None:
    """Bring the value of a widget that Streamlit binds to the link along from the page that has just been left.

    Streamlit does so by itself only from the second run on, and follows Back and Forward only in a run that is not
    broken off. Call before the widget is drawn.
    """
    if history.is_coming():
        st.session_state[key] = _as_kind_of(default, st.query_params.get_all(key))
    if key not in st.session_state:
        st.session_state.setdefault(_SAID, {})[key] = st.query_params.get_all(key)
        return
    value = st.session_state[key]
    said = note_said(key, value, default)
    if has_turned() and not history.brought_back():
        st.session_state[key] = value
        if said and key not in st.query_params:
            put(key, said)


def note_said(key: str, value: float, default: float) -> list[str]:
    """Note what a link says of a widget that is bound to it, and return it.

    What was set on the page before is said too where it is what this page begins with.
    """
    before = st.session_state.get(_BEFORE, {}).get(key)
    said = before if before == [str(value).lower()] else in_link(value, default)
    st.session_state.setdefault(_SAID, {})[key] = said
    return said


def _as_kind_of(default: float, said: Sequence[str]) -> float:
    """What a link says of a bound widget; the default if that is no such value."""
    if isinstance(default, bool):
        return said == ["true"] if said else default
    try:
        return type(default)(said[0]) if said else default
    except ValueError:
        return default


def forget_link(page: str, key: str) -> None:
    """Forget what the link of a page said, and what any link said of a setting."""
    st.session_state.get(_LINKS, {}).pop(page, None)
    st.session_state.get(_SAID, {}).pop(key, None)


def keep_link() -> None:
    """Remember what the link of the page shown says. Call when the page has been drawn."""
    if has_turned() or history.is_coming():
        send_link()
    page, link = page_shown(), whole_link()
    links = st.session_state.setdefault(_LINKS, {})
    links[page] = link, st.session_state.get(_STEPPER)
    said = st.session_state.setdefault(_SAID, {})
    for each in SETTINGS:
        if page in each.pages and each.kind not in BOUND:
            said[each.key] = link.get(each.link, [])


def bring_link() -> None:
    """Let the link of a page that has just been turned to say all it said before. Call before the page is drawn.

    It says of a setting what the last page that has it said. The browser hears of all this at once, and only when
    the page is there: each change of the link is one more press of Back, and would be the other page's.
    """
    page, said = page_shown(), st.session_state.setdefault(_SAID, {})
    here = [each for each in SETTINGS if page in each.pages]
    bound = [each.key for each in here if each.kind in BOUND]
    before = {key: said.pop(key, None) for key in bound}  # those that are drawn say it again
    if has_turned():
        st.session_state.pop(_PUT, None)  # of another page
    if has_turned() and not history.brought_back():
        link, stepper = st.session_state.get(_LINKS, {}).get(page, ({}, None))
        if stepper is not None:
            st.session_state[_STEPPER] = stepper
        last = said | before
        wanted = link | {each.link: last.get(each.key) for each in here}
        put_all(
            {key: value for key, value in wanted.items() if value and key not in st.query_params}
        )
        st.session_state[_BEFORE] = before
        for key in [key for key in bound if before[key] == []]:
            st.session_state.pop(key, None)  # nobody set it: the page has its own to begin with


def notes() -> list[str]:
    """Sentences about link values that could not be used, each returned once."""
    said: list[str] = st.session_state.pop(_NOTES, [])
    st.session_state[_NOTED] = said
    return said


def add_note(sentence: str) -> None:
    """Say a sentence about the link above the page's content."""
    st.session_state.setdefault(_NOTES, []).append(sentence)


def add_late_notes(said: Sequence[str]) -> None:
    """The same, where only the browser's answer tells: what the run before said of the link stays."""
    st.session_state[_NOTES] = [*st.session_state.get(_NOTED, []), *said]


def asked(key: str) -> str | None:
    """Take what the link asked for under a key that is not a widget's; None the second time."""
    value: str | None = st.session_state[_ASKED].pop(key, None)
    return value


def step(count: int) -> int | None:
    """The step the link asks for; None without one. Says so if the loop is shorter."""
    wanted = asked("step")
    if wanted is None:
        return None
    number = whole_in(wanted)
    if number is None or number >= count:
        add_note(
            _("The link asks for step {wanted}, but steps go from 0 to {last}.").format(
                wanted=wanted, last=count - 1
            )
        )
        return None
    return number


def first_step(stepper: str, count: int) -> int | None:
    """Where a stepper begins: as the link asks, or where it rested when it was last shown; None if neither."""
    wanted = step(count)
    if st.session_state.get(_STEPPER, stepper) != stepper:
        st.query_params.pop("step", None)  # it was another loop's
    st.session_state[_STEPPER] = stepper
    return wanted if wanted is not None else _resting_step(count)


def keep_step(step: int | None, count: int) -> int | None:
    """Keep in the link where the stepper rests, and return it; before its first report, what the link holds."""
    # Where Back has brought it back, it is where the stepper rested before.
    if step is not None and not history.brought_back():
        put("step", str(step))
    return _resting_step(count)


def _resting_step(count: int) -> int | None:
    kept = whole_in(st.query_params.get("step", ""))
    return kept if kept is not None and kept < count else None


def check_option(
    key: str, label: str, value: str, options: Sequence[str], shown: Callable[[str], str]
) -> None:
    """Say so if the link asked for an option that is not offered; note that the page has this control."""
    note_control(key, label)
    wanted = asked(key)
    if wanted is not None and wanted not in (value, ""):
        add_note(
            _(
                "The link asks for {label} {wanted}, but {label} is one of {names}. Showing {value}."
            ).format(
                label=label.lower(),
                wanted=wanted,
                names=_offered(wanted, options, shown),
                value=shown(value),
            )
        )


def _offered(wanted: str, options: Sequence[str], shown: Callable[[str], str]) -> str:
    """All options if they are few, else those most like what was wanted."""
    if len(options) <= FEW:
        return listed(map(shown, options))
    like = get_close_matches(wanted, options, n=FEW, cutoff=0)
    return listed([*map(shown, like), "…"])


def check_bounds(key: str, label: str, value: float, bounds: tuple[float, float]) -> None:
    """Say so if the link asked for a number that is not offered; note that the page has this control."""
    note_control(key, label)
    wanted = asked(key)
    if wanted and number_in(wanted) != value:
        said = _(
            "The link asks for {label} {wanted}, but {label} goes from {low} to {high} here. "
            "Showing {value}."
        )
        if bounds[0] == bounds[1]:
            said = _("The link asks for {label} {wanted}, but {label} can only be {value} here.")
        add_note(
            said.format(
                label=label.lower(),
                wanted=wanted,
                low=_plain(bounds[0]),
                high=_plain(bounds[1]),
                value=_plain(value),
            )
        )


def _plain(number: float) -> str:
    return f"{number:.12g}".replace("-", "−")
