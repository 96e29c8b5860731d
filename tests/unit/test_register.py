"""Every name that the code uses in the session is declared in the register, for the page that uses it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from convviz.pages.table import MAIN_SCRIPT, PAGES
from convviz.ui.inputs import number_grid, window_controls
from convviz.ui.state import asked, link, numbers, shown, switch
from convviz.ui.state.entries import ENTRIES
from convviz.ui.state.settings import SETTINGS

PACKAGE = MAIN_SCRIPT.parents[1]
MODULES = sorted(
    path
    for folder in ("pages/*/*.py", "ui/**/*.py", "browser/**/*.py")
    for path in PACKAGE.glob(folder)
)
# Functions that are given what a page calls its setting; all others with a `key` are given a name in the session.
NAMING = (link, numbers, switch, shown, number_grid, window_controls)
# Their key is a class name, or only keeps a chart in place.
STATELESS = ("container", "plotly_chart", "ChartPart", "CellsPart", "ScalePart")


def text_of(node: ast.expr, module: ModuleType) -> str | None:
    """A text that the code names or composes, with * for each part only known when it runs; None for no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name | ast.Attribute):
        head, *rest = ast.unparse(node).split(".")
        value = getattr(module, head, None)
        for name in rest:
            value = getattr(value, name, None)
        return value if isinstance(value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.FormattedValue) else p for p in node.values)
        return "".join(text_of(part, module) or "*" for part in parts)
    if isinstance(node, ast.BinOp):
        return (text_of(node.left, module) or "*") + (text_of(node.right, module) or "*")
    return None


def given_key(call: ast.Call, module: ModuleType) -> tuple[ast.expr, bool] | None:
    """The key that a call gives, and whether it is what the page calls a setting; None where it gives none."""
    if not is_name(call.func):
        return None
    head, *rest = ast.unparse(call.func).split(".")
    called = getattr(module, head, None)
    for name in rest:
        called = getattr(called, name, None)
    names = inspect.isfunction(called) and called.__module__ in {each.__name__ for each in NAMING}
    if inspect.isfunction(called) and called.__module__ == asked.__name__:
        return None  # a name in the link
    if [head, *rest][-1] in STATELESS:
        return None
    for keyword in call.keywords:
        if keyword.arg == "key":
            return keyword.value, names
    drawing = inspect.isclass(called) and called.__module__.startswith("convviz.ui.")
    if drawing or (inspect.isfunction(called) and called.__module__.startswith("convviz.")):
        parameters = list(inspect.signature(called).parameters)
        wanted = ("key", "name") if names else ("key",)
        place = next((k for k, name in enumerate(parameters) if name in wanted), len(call.args))
        if place < len(call.args):
            return call.args[place], names
    return None


def is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and is_name(node.value))


def session_names(node: ast.AST) -> Iterator[ast.expr]:
    """What a piece of code looks up in the session."""
    session = "st.session_state"
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == session:
        yield node.slice
    elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == session:
        yield node.left
    elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith(f"{session}."):
        for argument in node.args[:1]:
            if isinstance(argument, ast.Dict):
                yield from (key for key in argument.keys if key)
            elif not isinstance(argument, ast.DictComp):
                yield argument


def names_used(source: str, module: ModuleType) -> tuple[set[str], set[str]]:
    """Names in the session, with * for what is only known when it runs; and what settings are called."""
    keys: set[str] = set()
    settings: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        found = [(each, False) for each in session_names(node)]
        if isinstance(node, ast.Call) and (given := given_key(node, module)):
            found.append(given)
        for expression, is_setting in found:
            text = text_of(expression, module)
            if text and text.strip("* "):
                (settings if is_setting else keys).add(text)
    return keys, settings


def undeclared(source: str, module: ModuleType, page: str | None) -> set[str]:
    """Names that the register does not have, or not for this page."""
    keys, settings = names_used(source, module)
    entries = [each for each in (*SETTINGS, *ENTRIES) if page is None or page in each.pages]
    names = {each.name for each in SETTINGS if page is None or page in each.pages}
    unknown = {
        key
        for key in keys
        if not any(fnmatchcase(key, each.key) or fnmatchcase(each.key, key) for each in entries)
    }
    return unknown | {
        name for name in settings if not any(fnmatchcase(each, name) for each in names)
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_name_in_the_session_is_declared_for_its_page(path: Path) -> None:
    module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    page = path.parent.name if path.is_relative_to(PACKAGE / "pages") else None
    assert not undeclared(path.read_text("utf-8"), module, page)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('st.session_state["new"] = 1', "new"),
        ('st.session_state.get("new", 2)', "new"),
        ('st.session_state.pop("new")', "new"),
        ('st.session_state.setdefault("new", [])', "new"),
        ('st.session_state.update({"new": 1})', "new"),
        ('"new" in st.session_state', "new"),
        ('st.session_state[f"new {k}"]', "new *"),
        ("st.session_state[NEW]", "a name"),
        ('st.button("x", key="new")', "new"),
        ('st.plotly_chart(figure, key="new")', None),
        ('link.select("Filter", "new", [])', "new"),
        ('link.choice("View", key="pool", options=[])', "pool"),  # Pooling's
        ('switch("x", "new")', "new"),
        ('key_of("new")', "new"),
        ('st.session_state["region picked"]', "region picked"),  # of pages with a region
        ('link.select("Filter", "preset", [])', None),
        ('st.session_state["edit layer"]', None),
    ],
)
def test_a_name_that_is_not_declared_is_found(code: str, found: str | None) -> None:
    module = ModuleType("made")
    vars(module).update(link=link, switch=switch.switch, key_of=shown.key_of, NEW="a name")
    vars(module)["st"] = import_module("streamlit")
    assert undeclared(code, module, "receptive_field") == ({found} if found else set())


def test_every_line_of_the_register_is_of_use() -> None:
    used: set[str] = set()
    for path in MODULES:
        module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
        keys, settings = names_used(path.read_text("utf-8"), module)
        used |= keys | settings
    assert len(used) > 150
    for each in (*SETTINGS, *ENTRIES):
        names = {each.key, getattr(each, "name", each.key)}
        found = (fnmatchcase(a, b) or fnmatchcase(b, a) for a in names for b in used)
        assert any(found), f"nothing uses {each}"


def test_no_two_lines_have_the_same_key_or_on_one_page_the_same_name() -> None:
    keys = [each.key for each in (*SETTINGS, *ENTRIES)]
    assert sorted(keys) == sorted(set(keys))
    for page in {page for each in SETTINGS for page in each.pages}:
        names = [each.name for each in SETTINGS if page in each.pages]
        links = [each.link for each in SETTINGS if page in each.pages]
        assert len(set(names)) == len(names) == len(set(links))


def test_a_page_is_known_by_its_folder() -> None:
    assert {page for each in ENTRIES for page in each.pages} == {page.folder for page in PAGES}
    assert {page for each in SETTINGS for page in each.pages} == {page.folder for page in PAGES}
