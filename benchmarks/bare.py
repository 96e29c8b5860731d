"""The floor: a page of Streamlit, served as convviz is: ``python -m benchmarks.bare``.

``/`` holds one sentence. ``/?map`` holds one slider and one component that paints a map of 512×512 cells, a
megabyte as float32, in a fragment.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from convviz.cli.server import listen, serve

PAGE = Path(__file__).with_name("bare_page.py")


def main() -> None:
    """Serve the page on a free port, and print its address."""
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    app = st.App(PAGE)
    serve(listener, lambda: print(f"http://127.0.0.1:{port}", flush=True), app)


if __name__ == "__main__":
    main()
