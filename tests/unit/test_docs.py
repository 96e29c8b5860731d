"""What the documents say is so: their examples run, and what they point at exists."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

import convviz
from tests.unit.test_layers import FLOORS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/ARCHITECTURE.md",
    "deploy/README.md",
]
DEEPEST = 3  # folders below those of convviz/pages, say, are a matter of their own
MADE = {"node_modules", "shots", "test-results", "dist"}  # by the commands


def test_the_examples_of_the_readme_print_what_it_says() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", text, flags=re.S))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "README.md", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_the_documents_name_exist(name: str) -> None:
    path = ROOT / name
    text = path.read_text("utf-8")
    linked = [path.parent / link for link in re.findall(r"\]\(([^):#]+)\)", text)]
    named = re.findall(r"`((?:convviz|tests|scripts|assets|docs)/[\w./]+)`", text)
    assert [file for file in [*linked, *(ROOT / each for each in named)] if not file.exists()] == []


def folders() -> set[str]:
    """Every folder of the repository that holds files of its own or folders that do, down to `DEEPEST`."""
    found = set()
    for path, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if name[0] not in "._" and name not in MADE]
        parts = Path(path).relative_to(ROOT).parts
        if files and parts:
            found |= {"/".join(parts[:depth]) for depth in range(1, min(len(parts), DEEPEST) + 1)}
    return found


def folders_named(readme: str) -> set[str]:
    """The folders of the table: its first column, and in the second the names of folders inside."""
    table = readme.partition("## Where things are")[2].partition("\n## ")[0]
    named = {"convviz"}
    for folder, holds in re.findall(r"^\| `([\w/]+)` \| (.*) \|$", table, flags=re.M):
        inside = re.findall(r"`(\w+)`", holds)
        named |= {folder} | {f"{folder}/{name}" for name in inside if name != "convviz"}
    return named


def test_the_readme_says_what_every_folder_holds() -> None:
    assert folders_named((ROOT / "README.md").read_text("utf-8")) == folders()


def test_the_drawing_of_the_layers_is_the_list_that_the_imports_are_checked_against() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    drawing = text.partition("## The layers")[2].split("```")[1].strip("\n").splitlines()
    drawn = [tuple(line[:28].split()) for line in drawing]
    assert drawn[::-1] == [tuple(floor) for floor in FLOORS]


def test_every_make_target_that_the_documents_name_is_one() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.M)
    assert targets
    text = "".join((ROOT / name).read_text("utf-8") for name in DOCUMENTS)
    assert set(re.findall(r"(?:`|^)make (\w+)", text, flags=re.M)) <= set(targets[1].split())


def test_ci_runs_the_browser_tests_that_make_test_leaves_out() -> None:
    """One command takes what the other leaves, and both are run."""
    makefile, ci = (ROOT / "Makefile").read_text(), (ROOT / ".ci" / "run").read_text()
    chosen = dict(re.findall(r"^(test|test-rest): CHOSEN := -m (.*)$", makefile, flags=re.M))
    assert chosen == {"test": '"not rest"', "test-rest": "rest"}
    assert {"make test", "make test-rest"} <= set(ci.splitlines())


def test_the_version_is_the_one_the_changelog_is_about() -> None:
    assert convviz.__version__ in (ROOT / "CHANGELOG.md").read_text()
