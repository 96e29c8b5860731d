"""The lecturer's side of a room: its code, who is here, what they answered, and what the phones are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from convviz.browser.mount import mount
from convviz.text.i18n import _

KEY = "room"
_component = mount("room")


@dataclass(frozen=True)
class ForPhones:
    """What the phones are to show.

    Parameters
    ----------
    said
        Texts by name: where, title, text and task; None for none.
    question
        The question asked: its id, its text, its choices, and the right answer as text and as a number; None for
        none.
    link
        Of the view.
    mark, scene
        The page of the loop on the screen, and the mark by which the browser knows it; "" for none.
    """

    said: Mapping[str, str] | None
    question: Mapping[str, Any] | None
    link: str
    mark: str
    scene: str


def room(
    code: str,
    picture: str,
    shown: ForPhones,
    opened: Callable[[str], None],
    closed: Callable[[], None],
) -> None:
    """Show the room, or open one, and tell the phones what to show.

    Parameters
    ----------
    code
        Of the room; "" to open one.
    picture
        The QR picture of its address, as an address that begins with ``data:``.
    shown
        What the phones are to show.
    opened
        Gets the code of the room just opened.
    closed
        The room is closed, or could not be opened.
    """
    _component(
        key=KEY,
        data={
            "code": code,
            "picture": picture,
            "shown": {
                "said": shown.said,
                "question": shown.question,
                "link": shown.link,
                "mark": shown.mark,
            },
            "scene": shown.scene,
            "words": _words(),
        },
        on_opened_change=lambda: opened(str(st.session_state[KEY]["opened"])),
        on_closed_change=closed,
    )


def _words() -> dict[str, str]:
    return {
        "room": _("Room {code}"),
        "here": _("{people} here"),
        "answered": _("answers: {count}"),
        "guessed": _("guesses: {count}"),
        "large": _("Show the code large"),
        "hide": _("Close"),
        "reveal": _("Show the answer to everyone"),
        "save": _("Answers (.csv)"),
        "close": _("Close the room"),
        "gone": _("This room is over. Open another."),
        "come": _("Open this address, or point your camera at the picture:"),
    }
