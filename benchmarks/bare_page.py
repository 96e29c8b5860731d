"""The script of the bare page: see ``benchmarks/bare.py``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st

SIDE = 512


@st.fragment
def live() -> None:
    """One slider, and a map that changes with it."""
    shift = st.slider("Shift", 0, 100, 0)
    cells = (np.arange(SIDE * SIDE, dtype=np.float32) + 997 * shift) % SIDE
    _map(key="map", data={"cells": cells, "side": SIDE, "shift": shift})


if "map" in st.query_params:
    script = Path(__file__).with_name("bare_map.js").read_text("utf-8")
    _map = st.components.v2.component(
        "bare.map", html="<canvas></canvas><p class='range'></p>", js=script
    )
    live()
else:
    st.write("Hello.")
