"""What the first visitor does not wait for."""

from __future__ import annotations

import json
import subprocess
import sys

from convviz.pages.table import MAIN_SCRIPT

SCRIPT = """
import json, sys
from streamlit.testing.v1 import AppTest
from convviz.pages import leading
at = AppTest.from_file(sys.argv[1], default_timeout=60).run()
assert not at.exception
read = leading.lessons.cache_info().currsize
print(json.dumps([read, [name for name in ("pandas", "pyarrow") if name in sys.modules]]))
"""


def test_the_first_page_reads_no_lesson_and_imports_no_library_for_tables() -> None:
    """Together that took longer than all that the page computes."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(MAIN_SCRIPT)], check=True, capture_output=True, text=True
    )
    assert json.loads(ran.stdout.splitlines()[-1]) == [0, []]
