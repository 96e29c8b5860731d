"""Two buttons for the whole page: light or dark, and the list of the keys."""

from __future__ import annotations

from convviz.browser.mount import mount
from convviz.text.i18n import N_
from convviz.text.words import translated

WORDS = {
    "light": N_("Light colours"),
    "dark": N_("Dark colours"),
    "keys": N_("Keys (?)"),
    "close": N_("Close"),
}
KEYS = (
    ("?", N_("Show this list")),
    (N_("Space"), N_("Stepper: play, pause")),
    ("← →", N_("Stepper: back, next; a clicker's keys do the same")),
    ("Home, End", N_("Stepper: first, last step")),
    ("G", N_("Stepper: guess the next number first")),
    ("P", N_("Stepper: present, with large numbers")),
    ("F", N_("Stepper: full screen")),
    ("Enter", N_("Stepper: go to the marked cell")),
    (
        "Esc",
        N_("Stepper: let go of a marked cell, end guessing or presenting; else back to the photo"),
    ),
    ("← ↑ → ↓", N_("On a photo or a map: move the region; with Shift by 10")),
    ("Enter", N_("On a photo or a map: choose the place")),
    ("↑ ↓", N_("In a kernel's cell: the cell above or below")),
    ("Alt + ↑ ↓", N_("In a kernel's cell: add or subtract 1; with Shift 10")),
)

_component = mount("tools")


def tools() -> None:
    """Show them. The page runs again when its colours have changed: charts take theirs from here."""
    keys = [[translated(key), translated(does)] for key, does in KEYS]
    data = {"words": translated(WORDS), "keys": keys}
    _component(key="tools", data=data, on_theme_change=lambda: None)
