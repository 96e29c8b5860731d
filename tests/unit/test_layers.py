"""Imports point one way: a layer is imported in a process of its own, and what came with it is looked at."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from pkgutil import iter_modules, walk_packages

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "convviz"
WITH_STREAMLIT = {
    "connections",
    "frame",
    "layers",
    "lens",
    "mapgrid",
    "network",
    "pages",
    "paste",
    "picture",
    "stepper",
    "ui",
}
LAYERS = [module.name for module in iter_modules([str(PACKAGE)])]

IMPORT = """
import json, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    __import__(name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@cache
def loaded_by(layer: str) -> frozenset[str]:
    """Names of all modules that importing every module of a layer loads."""
    folder = PACKAGE / layer
    inside = [found.name for found in walk_packages([str(folder)], f"convviz.{layer}.")]
    names = [f"convviz.{layer}", *(inside if folder.is_dir() else [])]
    command = [sys.executable, "-c", IMPORT, *names]
    printed = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return frozenset(json.loads(printed.stdout))


def layers_in(loaded: frozenset[str]) -> set[str]:
    """Which of convviz's layers are among these modules."""
    return {name.split(".")[1] for name in loaded if name.startswith("convviz.")}


def test_the_layers_that_the_design_names_are_looked_at() -> None:
    assert {"ops", "trace", "images", "cs231n"} | WITH_STREAMLIT <= set(LAYERS)


@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in WITH_STREAMLIT])
def test_the_library_never_imports_streamlit(layer: str) -> None:
    assert "streamlit" not in loaded_by(layer)


@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in WITH_STREAMLIT])
def test_the_library_never_imports_the_pages(layer: str) -> None:
    assert not layers_in(loaded_by(layer)) & WITH_STREAMLIT


def test_the_parts_of_a_page_never_import_the_pages() -> None:
    for layer in ("ui", "stepper", "picture", "paste", "frame"):
        assert "pages" not in layers_in(loaded_by(layer))


def test_the_browser_components_never_import_the_controls() -> None:
    for layer in ("stepper", "picture", "paste", "frame"):
        assert "ui" not in layers_in(loaded_by(layer))


def test_ops_imports_numpy_and_the_standard_library_and_nothing_else() -> None:
    loaded = loaded_by("ops")
    roots = {name.partition(".")[0] for name in loaded}
    assert {root for root in roots - sys.stdlib_module_names if "numpy" not in root} == {"convviz"}
    assert layers_in(loaded) == {"ops"}


def test_figures_take_data_in() -> None:
    """What they draw they are given: no lesson, network or trace is imported for it."""
    assert layers_in(loaded_by("figures")) <= {"figures", "ops", "prose"}
