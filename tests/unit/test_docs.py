"""What the documents say is so: their examples run, and what they point at exists."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import convviz

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def test_the_examples_of_the_readme_print_what_it_says() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", text, flags=re.S))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "README.md", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_the_documents_name_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    linked = re.findall(r"\]\(([^):#]+)\)", text)
    named = re.findall(r"`((?:convviz|tests|scripts|assets|docs)/[\w./]+)`", text)
    assert [path for path in linked + named if not (ROOT / path).exists()] == []


def test_every_make_target_that_the_documents_name_is_one() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.M)
    assert targets
    text = "".join((ROOT / name).read_text("utf-8") for name in DOCUMENTS)
    assert set(re.findall(r"(?:`|^)make (\w+)", text, flags=re.M)) <= set(targets[1].split())


def test_the_version_is_the_one_the_changelog_is_about() -> None:
    assert convviz.__version__ in (ROOT / "CHANGELOG.md").read_text()
