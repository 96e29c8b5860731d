"""The language of the page: the browser's, unless the link or the reader chose another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from convviz.text.i18n import in_use, language_for, languages, use_language
from convviz.ui.state import history, link
from convviz.ui.state.asked import keep_link

Arguments = ParamSpec("Arguments")
_LINK, _CHOSEN = "lang", "language chosen"


def follow_language() -> None:
    """Speak the chosen language. Call this at the start of each run, because each has its own thread."""
    if history.brought_back():
        st.session_state.pop(_CHOSEN, None)
    chosen = st.session_state.get(_CHOSEN, st.query_params.get(_LINK))
    if chosen in languages():
        st.session_state[_CHOSEN] = chosen
    else:
        chosen = language_for(st.context.locale)
    use_language(chosen)


def keep_language() -> None:
    """Keep the language that the person chose in the link."""
    if chosen := st.session_state.get(_CHOSEN):
        link.put(_LINK, chosen)


def language_switch() -> None:
    """Draw a button for each other language, with its own name on it."""
    for short, language in languages().items():
        if short != in_use():
            st.button(
                language.name,
                key=f"language {short}",
                type="tertiary",
                on_click=_choose,
                args=(short,),
            )


def _choose(language: str) -> None:
    st.session_state[_CHOSEN] = language


def fragment(
    draw: Callable[Arguments, None], every: float | None = None, name: str | None = None
) -> Callable[Arguments, None]:
    """Make a part of the page that runs again without the rest, in the language of the page.

    Streamlit runs such a part in a thread of its own, where no language is set yet.

    Parameters
    ----------
    draw
        Draws the part.
    every
        Seconds until it runs again; None if it does so only when its own controls are used.
    name
        By which a control outside of it lets it run again.
    """
    language = in_use()

    @wraps(draw)
    def part(*arguments: Arguments.args, **words: Arguments.kwargs) -> None:
        use_language(language)
        draw(*arguments, **words)
        keep_link()

    return st.fragment(part, run_every=every, key=name)
