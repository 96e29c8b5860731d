"""Imports point one way: from the pages down to the arithmetic."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from inspect import ismodule
from pathlib import Path

import pytest
import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "convviz"
# Each folder may import from the floors below its own, and from itself.
FLOORS = (
    ("ops",),
    ("cs231n", "text"),
    ("trace", "lessons", "photos"),
    ("nets", "pictures", "lectures"),
    ("browser", "pipeline", "numbers"),
    ("export",),
    ("ui",),
    ("pages",),
    ("web",),
    ("cli",),
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
WITH_STREAMLIT = {"browser", "ui", "pages", "web", "cli"}
WITHOUT_STREAMLIT = sorted(set(FLOOR) - WITH_STREAMLIT)
DOCUMENTED = {"column_config", "components"}  # modules that are part of what Streamlit promises
SHARED_BY_COMPONENTS = {"shared", "picture"}  # a row of pictures is made of pictures

IMPORT = """
import json, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    __import__(name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def room_of(path: Path) -> str:
    """The top folder a module stands in; "" for one beside them."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def python_imports(path: Path) -> Iterator[str]:
    """Names of the modules of convviz that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("convviz"))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "convviz":
                yield from (f"convviz.{name.name}" for name in node.names)
            elif node.module.startswith("convviz."):
                yield node.module


def script_imports(path: Path) -> Iterator[Path]:
    """The files that a JavaScript module imports."""
    for name in re.findall(
        r'^(?:import|export) .*"(\.[^"]+)";$', path.read_text("utf-8"), flags=re.M
    ):
        yield (path.parent / name).resolve()


def modules() -> list[Path]:
    """Every Python file below the package that stands in a folder."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if room_of(path)]


def test_every_folder_has_its_floor() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(FLOOR)


def test_nothing_stands_loose_beside_the_folders() -> None:
    assert [path.name for path in PACKAGE.glob("*.py")] == ["__init__.py"]


def test_a_folder_imports_only_from_floors_below_its_own() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        for name in python_imports(path)
        if (there := name.split(".")[1]) != (here := room_of(path))
        and (there in FLOOR and FLOOR[there] >= FLOOR[here])
    ]
    assert not wrong


def test_the_directions_hold_for_any_arrow_drawn_the_wrong_way(tmp_path: Path) -> None:
    """The reading itself: it sees an import at the top, in a function, of a module and of a name."""
    for text in (
        "from convviz.ui import link",
        "def f():\n    from convviz.ui.share import File",
        "import convviz.ui.link",
        "from convviz import ui",
    ):
        (tmp_path / "module.py").write_text(text)
        assert [name.split(".")[1] for name in python_imports(tmp_path / "module.py")] == ["ui"]


def test_a_page_imports_no_other_page() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if path.parent.parent == PACKAGE / "pages"  # not the main script, which imports each
        for name in python_imports(path)
        if name.startswith("convviz.pages.")
        and name.split(".")[2] not in ("table", "leading", path.relative_to(PACKAGE).parts[1])
    ]
    assert not wrong


def test_a_component_imports_scripts_only_of_its_own_and_of_those_that_all_share() -> None:
    wrong = []
    for path in sorted((PACKAGE / "browser").rglob("*.js")):
        for script in script_imports(path):
            assert script.is_file(), f"{path} imports {script}, which is not there"
            folder = script.relative_to(PACKAGE / "browser").parts[0]
            if folder not in SHARED_BY_COMPONENTS | {path.parent.name}:
                wrong.append(f"{path.relative_to(ROOT)} imports {script.relative_to(ROOT)}")
            if path.parent.name == "shared" and folder != "shared":
                wrong.append(f"{path.relative_to(ROOT)} imports {script.relative_to(ROOT)}")
    assert not wrong


def sources() -> list[Path]:
    """Every Python file that the app runs."""
    return [ROOT / "app.py", *sorted(PACKAGE.rglob("*.py"))]


def imports_from_inside(tree: ast.AST) -> list[str]:
    """Modules of Streamlit that a module imports from, but for ``import streamlit as st``."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            found.append(str(node.module))
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.startswith("streamlit.")]
    return found


def undocumented_attributes(tree: ast.AST) -> list[str]:
    """What a module takes from ``st`` that is a module of Streamlit's or has a private name."""
    names = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "st"
    }
    return [
        name
        for name in sorted(names - DOCUMENTED)
        if name.startswith("_") or ismodule(getattr(st, name))
    ]


def test_only_one_folder_imports_from_inside_streamlit() -> None:
    inside = [path for path in sources() if imports_from_inside(ast.parse(path.read_text("utf-8")))]
    assert {path.parent for path in inside} == {PACKAGE / "ui" / "internals"}


def test_no_other_module_reaches_inside_through_st() -> None:
    found = {
        path.name: undocumented_attributes(ast.parse(path.read_text("utf-8"))) for path in sources()
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_the_reading_sees_every_way_in() -> None:
    for text in (
        "from streamlit import runtime",
        "def f():\n    from streamlit.runtime import x",
        "import streamlit.runtime",
    ):
        assert imports_from_inside(ast.parse(text))
    assert undocumented_attributes(ast.parse("st.runtime.exists()\nst._config\nst.title")) == [
        *("_config", "runtime")
    ]


@cache
def loaded_by(room: str) -> frozenset[str]:
    """Names of all modules that importing every module of a folder loads, in a process of its own."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
        if room_of(path) == room
    ]
    printed = subprocess.run(
        [sys.executable, "-c", IMPORT, *names],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return frozenset(json.loads(printed.stdout))


@pytest.mark.parametrize("room", WITHOUT_STREAMLIT)
def test_the_library_works_without_streamlit(room: str) -> None:
    assert "streamlit" not in loaded_by(room)


def test_ops_imports_numpy_and_the_standard_library_and_nothing_else() -> None:
    roots = {name.partition(".")[0] for name in loaded_by("ops")}
    assert {root for root in roots - sys.stdlib_module_names if "numpy" not in root} == {"convviz"}
