"""The filters of a page as the session and the link hold them: a name, typed numbers and a bias each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from convviz.ops.filters import PRESETS
from convviz.ops.filters.stack import MOST_FILTERS
from convviz.ops.types import Floats, Pair
from convviz.text.i18n import N_, _, shortened
from convviz.text.joined import listed
from convviz.text.numbers import numbers_in
from convviz.text.rows import NO_ROWS, read_grids, write_grids, write_line
from convviz.ui.internals.requests import may_run_at_once
from convviz.ui.state import history, link, live
from convviz.ui.state.shown import key_of

CUSTOM = N_("Custom")
SHARPEN = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])  # what a typed filter begins with
FIRST, MORE, TYPED, BEGUN, BIAS = "filter", "more", "weights", "begun", "bias"
KEPT = (FIRST, MORE, TYPED, BEGUN, BIAS)
CHOSEN = "shown_filter"
Read = TypeVar("Read")


@dataclass(frozen=True)
class One:
    """A filter as it was chosen."""

    name: str  # of a preset, or `CUSTOM`
    typed: Floats | None = None  # the numbers of a custom one; kept while a preset is chosen
    begun: str = ""  # the preset that they were made from
    bias: float = 0.0

    @property
    def numbers(self) -> Floats:
        """Of a custom one."""
        return SHARPEN if self.typed is None else self.typed


def kept_bank(offered: Sequence[str]) -> list[One]:
    """The filters of this session, else of the link; at least one. Names that are not offered are left out."""
    history.mirror(*map(key_of, KEPT))
    names = [_kept(FIRST), *_kept(MORE)]
    _check(names[1:])
    grids = _read(TYPED, _kept(TYPED), read_grids, [])
    kept = _kept(BEGUN).split("|")
    biases = _read(BIAS, _kept(BIAS), lambda text: [*numbers_in(text)], [])
    if len(biases) == 1:  # one for all
        biases *= len(names)
    known = [*offered, CUSTOM]
    bank = [
        One(
            name,
            _at(grids, k, None),
            from_ if (from_ := _at(kept, k, "")) in PRESETS else "",
            _at(biases, k, 0.0),
        )
        for k, name in enumerate(names)
        if name in known
    ]
    if names[0] not in known:
        bank.insert(0, One(offered[0], bias=_at(biases, 0, 0.0)))
    return bank[:MOST_FILTERS]


def _check(names: Sequence[str]) -> None:
    """Say so if the link asks for further filters that there are not."""
    unknown = [name for name in names if name not in PRESETS and name != CUSTOM]
    if unknown:
        link.add_note(
            _(
                "The link asks for more filters, but there is none called {names}. Showing the others."
            ).format(names=listed(map(shortened, unknown)))
        )


def _kept(name: str) -> Any:
    """What the session holds of the filters, else what the link says; "" or none if it says nothing."""
    held = st.session_state.get(key_of(name))
    if held is not None:
        return held
    return st.query_params.get_all(MORE) if name == MORE else st.query_params.get(name, "")


def keep_bank(bank: Sequence[One]) -> None:
    """Keep filters for the session."""
    for name, value in _held(bank).items():
        st.session_state[key_of(name)] = value


def _held(bank: Sequence[One]) -> dict[str, str | list[str]]:
    """What the session holds of filters."""
    biases = [one.bias for one in bank]
    return {
        FIRST: bank[0].name,
        MORE: [one.name for one in bank[1:]],
        TYPED: write_grids([one.typed for one in bank]),
        BEGUN: "|".join(one.begun for one in bank).rstrip("|"),
        BIAS: write_line(biases) if any(biases) else "",
    }


def keep_in_link(bank: Sequence[One], offered: Sequence[str]) -> None:
    """Write filters into the link; the first one's name unless it is the default.

    The session keeps those too that the photo's channels have no use for: they come back with the channels.
    """
    held = _held(bank)
    wanted = {_kept(FIRST), *_kept(MORE)}
    if any(PRESETS[name].channels for name in wanted - {*offered} if name in PRESETS):
        for name in KEPT:
            st.session_state.setdefault(key_of(name), _kept(name))
    else:
        keep_bank(bank)
    if bank[0].name == offered[0]:
        held[FIRST] = ""
    link.put_all({name: value or () for name, value in held.items()})


@may_run_at_once
def change_bank(
    change: Callable[[list[One]], list[One]], offered: Sequence[str], *, whole: bool = False
) -> None:
    """Change the filters in a callback. The next run shows them: that of the view, or of the `whole` page."""
    keep_bank(change(kept_bank(offered)))
    if whole:
        live.run_whole_now()
    live.run_view()


@may_run_at_once
def change_one(
    f: int, change: Callable[[One], One], offered: Sequence[str], *, whole: bool = False
) -> None:
    """The same for one filter; nothing changes where a view opened meanwhile has no such filter."""
    change_bank(
        lambda bank: [change(one) if k == f else one for k, one in enumerate(bank)],
        offered,
        whole=whole,
    )


def set_size(size: Pair) -> None:
    """Set the kernel size in a callback."""
    st.session_state[key_of("kernel")], st.session_state[key_of("kernel_w")] = size
    if size[0] != size[1]:
        st.session_state[key_of("axes")] = True


def resized(bank: list[One], count: int, offered: Sequence[str]) -> list[One]:
    """So many of the filters; new ones are presets that are not among them yet."""
    bank = bank[:count]
    while len(bank) < count:
        names = {one.name for one in bank}
        bank.append(One(next((name for name in offered if name not in names), offered[0])))
    return bank


def _read(
    key: str, text: str, read: Callable[[str], list[Read]], nothing: list[Read]
) -> list[Read]:
    if not text:
        return nothing
    try:
        return read(text)
    except ValueError:
        link.add_note(_(UNREADABLE[key]).format(key=key))
        return nothing


UNREADABLE = {
    TYPED: NO_ROWS,
    BIAS: N_("The link's {key} cannot be read: write numbers separated by spaces, such as 1 0."),
}


def _at(values: Sequence[Read], k: int, otherwise: Read) -> Read:
    return values[k] if k < len(values) else otherwise
