"""The first chart of a server is drawn whatever else is just being imported."""

from __future__ import annotations

import subprocess
import sys

WHILE_PANDAS_IS_IMPORTED = """
import sys, threading
from importlib.abc import MetaPathFinder

begun, go_on = threading.Event(), threading.Event()

class Slow(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "pandas.core":
            begun.set()
            go_on.wait()

from convviz.pictures.screen.chart import get_ready
assert "pandas" not in sys.modules
sys.meta_path.insert(0, Slow())
threading.Thread(target=__import__, args=("pandas",), daemon=True).start()
begun.wait()
threading.Timer(0.5, go_on.set).start()
get_ready()
"""


def test_a_chart_waits_for_pandas_that_another_thread_is_importing() -> None:
    """Plotly looks into it, and failed where a table was shown at the same moment."""
    made = subprocess.run(
        [sys.executable, "-c", WHILE_PANDAS_IS_IMPORTED], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
