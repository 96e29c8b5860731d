"""Each part of the browser is one text that a browser can run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convviz.browser.bundle import PACKAGE, bundle, part, read

BROWSER = PACKAGE / "browser"
PARTS = sorted(path.parent.name for path in BROWSER.glob("*/*.js") if path.stem == path.parent.name)
SCRIPTS = [
    *(f"browser/{name}/{name}.js" for name in PARTS),
    *("browser/loader.js", "export/standalone.js", "web/head.js", "web/room/phone.js"),
]
DECLARED = re.compile(r"^(?:export )?(?:const|let|class|(?:async )?function) (\w+)", re.M)


def test_every_folder_of_the_browser_is_a_part_or_shared() -> None:
    folders = {path.parent.name for path in BROWSER.glob("*/*.js")}
    assert folders == {*PARTS, "shared"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_imports_nothing_more_and_has_at_most_one_entry(script: str) -> None:
    """Streamlit takes inline text, which cannot import a sibling."""
    text = bundle(script)
    assert "import" not in re.findall(r"^\s*(\w+)", text, flags=re.M)
    entries = ["default"] if script.startswith("browser/") else []
    assert re.findall(r"^export (\w+)", text, flags=re.M) == entries


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_of_a_script_are_unique(script: str) -> None:
    """Its files share one scope, where a second `const` of a name is a syntax error."""
    declared = DECLARED.findall(bundle(script))
    assert sorted(declared) == sorted(set(declared))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_is_declared_before_a_file_needs_it(script: str) -> None:
    """A constant used while the script is read must stand above; each file does so for those that import it."""
    text = bundle(script)
    for path in [PACKAGE / script, *imported(PACKAGE / script)]:
        for sibling in direct(path):
            first, second = (position(text, each) for each in (sibling, path))
            assert first < second, f"{sibling.name} stands behind {path.name}"


def direct(path: Path) -> list[Path]:
    """The files that a script imports."""
    found = re.findall(r'^import .* from "(.*)";$', path.read_text("utf-8"), flags=re.M)
    return [(path.parent / name).resolve() for name in found]


def imported(path: Path) -> set[Path]:
    """All files that a script imports, through others too."""
    return {path for each in direct(path) for path in (each, *imported(each))}


def position(text: str, path: Path) -> int:
    """Where the first name that a file declares is declared in a text; its end for a file that declares none."""
    names = DECLARED.findall(path.read_text("utf-8"))
    found = names and re.search(
        rf"^(?:const|let|class|(?:async )?function) {names[0]}\b", text, flags=re.M
    )
    return found.start() if found else len(text)


def test_no_script_stands_in_a_part_that_does_not_use_it() -> None:
    used = {path for script in SCRIPTS for path in imported(PACKAGE / script)}
    used |= {PACKAGE / script for script in SCRIPTS}
    assert used == set(PACKAGE.rglob("*.js"))


@pytest.mark.parametrize("name", PARTS)
def test_the_style_of_a_part_imports_nothing_more(name: str) -> None:
    style = part(name).css
    assert style is None or "@import" not in style


def test_what_two_files_import_stands_once_and_first() -> None:
    style = bundle("export/standalone.css")
    assert style.count(".themed {") == 1
    assert style.index(".themed {") < style.index(".stepper {") < style.index("100vh; min-height")


def test_markup_holds_the_file_inserted() -> None:
    html = part("layer_maps").html
    assert html is not None
    assert read("browser/picture/picture.html") in html
