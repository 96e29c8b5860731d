"""The language of the page: the browser's, unless the switch or the link says another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from convviz.text.i18n import LANGUAGES, in_use, language_for, use_language
from convviz.ui.state import history, link

Arguments = ParamSpec("Arguments")
_LINK, _CHOSEN = "lang", "language chosen"


def follow_language() -> None:
    """Say everything in the language chosen. Call at the start of each run: each has its own thread."""
    if history.brought_back():
        st.session_state.pop(_CHOSEN, None)
    chosen = st.session_state.get(_CHOSEN, st.query_params.get(_LINK))
    if chosen in LANGUAGES:
        st.session_state[_CHOSEN] = chosen
        link.put(_LINK, chosen)
    else:
        chosen = language_for(st.context.locale)
    use_language(chosen)


def language_switch() -> None:
    """A button that says the name of the other language, in that language."""
    (other,) = LANGUAGES.keys() - {in_use()}
    st.button(
        LANGUAGES[other], key="language switch", type="tertiary", on_click=_choose, args=(other,)
    )


def _choose(language: str) -> None:
    st.session_state[_CHOSEN] = language


def fragment(
    draw: Callable[Arguments, None], every: float | None = None
) -> Callable[Arguments, None]:
    """A part of the page that runs again by itself: in a thread of its own, which has to be told the language.

    Parameters
    ----------
    draw
        Draws the part.
    every
        Seconds until it runs again; None if it does so only when its own controls are used.
    """
    language = in_use()

    @wraps(draw)
    def part(*arguments: Arguments.args, **words: Arguments.kwargs) -> None:
        use_language(language)
        draw(*arguments, **words)

    return st.fragment(part, run_every=every)
