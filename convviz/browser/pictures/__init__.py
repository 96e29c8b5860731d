"""Small pictures with captions, every pixel a square."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.browser.mount import mount
from convviz.ops.types import Pixels

_component = mount("pictures")


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pictures of one size side by side, as many in a row as fit."""

    pictures: Pixels  # shape (N, H, W, 3)
    captions: Sequence[str]  # one for each
    key: str  # Streamlit key of the component
    label: str  # what they are, for screen readers
    wide: int  # least width of each on the screen, in pixels
    # Called with the number of the picture that was clicked, before the script runs again; None
    # where nobody can click them.
    choose: Callable[[int], None] | None = None
    # Whether each caption stands below its picture. If not, only screen readers and the mouse
    # pointer show it.
    captioned: bool = True

    def show(self) -> None:
        """Draw them."""
        _, rows, columns, _ = self.pictures.shape
        _component(
            key=self.key,
            data={
                "cells": self.pictures.ravel(),
                "rows": rows,
                "columns": columns,
                "captions": list(self.captions),
                "label": self.label,
                "wide": self.wide,
                "chosen": self.choose is not None,
                "captioned": self.captioned,
            },
            on_chosen_change=self._chosen,
        )

    def _chosen(self) -> None:
        if self.choose is not None:
            self.choose(int(st.session_state[self.key]["chosen"]))
