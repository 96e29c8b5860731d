"""Examples whose answer is published: opened in one click, and the answer beside what the page computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from convviz.lectures.examples import EXAMPLES, PUBLISHED, Example
from convviz.numbers.given import Numbers
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.text.i18n import _
from convviz.text.rows import read_rows, write_rows
from convviz.ui.state import live
from convviz.ui.state.opening import open_view

FOLDER_ADDRESS = {"convolve": ""}  # of a page whose address is not its folder
_KEY, _OPENED = "numbers example", "numbers example opened"


def choose_example() -> None:
    """A list of the examples; the one chosen is opened."""
    names = [each.name for each in EXAMPLES]
    st.selectbox(
        _("Examples with a published answer"),
        names,
        index=None,
        key=_KEY,
        format_func=_,
        placeholder=_("Open an example"),
        on_change=_open,
    )


def _open() -> None:
    name = st.session_state[_KEY]
    st.session_state[_KEY] = None
    example = next((each for each in EXAMPLES if each.name == name), None)
    if example is not None:
        st.session_state[_OPENED] = name
        open_view(FOLDER_ADDRESS.get(example.page, example.page), example.query)


def show_published(page: str, shown: Photo, ours: Callable[[], Mapping[str, Floats]]) -> None:
    """Where a page shows an example: its source, the published answer, and ours.

    With other settings than the example's it shows one only if the person has opened that: anybody may have such
    numbers.

    Parameters
    ----------
    page
        Its folder.
    shown
        Its input.
    ours
        Computes the arrays that the page shows, by their names.
    """
    example = next((each for each in EXAMPLES if each.page == page and _is_of(each, shown)), None)
    made = ours() if example else {}
    said = {name: _said(made[name]) for name in example.published} if example else {}
    live.depends_on("published", tuple(said.items()))
    if example is None or live.reads():
        return
    is_answered = example.is_answered_by(made)
    if not is_answered and st.session_state.get(_OPENED) != example.name:
        return
    answer = {name: _said(each) for name, each in example.answer.items()}
    lines = [f"**{_(example.name)}.** {_(example.source)}."]
    lines += [_(example.stated).format(answer=_listed(answer))]
    same = _("the same as published") if example.stated == PUBLISHED else _("the same")
    ending = same if is_answered else _("computed with other settings")
    lines += [f"convviz: {_listed(said)} – **{ending}**"]
    st.markdown("  \n".join(lines))


def _is_of(example: Example, shown: Photo) -> bool:
    if not isinstance(shown, Numbers):
        return False
    x = read_rows(example.x)
    return bool(np.array_equal(shown.values, x if x.ndim == 3 else x[None]))


def _said(values: Floats) -> str:
    """Rows as people read them; planes separated by bars."""
    planes = values.reshape(-1, *values.shape[-2:]) if values.ndim > 1 else values[None]
    rounded = np.round(planes, 9)
    return write_rows(rounded).replace("-", "−").replace(";", "; ").replace("|", " | ")


def _listed(said: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = `{text}`" for name, text in said.items())
