"""Text from a link stands on the page as it was written, and is never read as Markdown or HTML."""

from __future__ import annotations

import re

import pytest

from convviz.ui.saying import JOINER, plain
from tests.pages.test_hostile_links import opened
from tests.unit.test_internals import ROOT

HOSTILE = (
    "[press here](https://evil.example) **loud** <img src=x onerror=alert(1)> $x^2$ :red[red] "
    ":material/home: :smile: www.evil.example me@evil.example `code` ![a](b) # head ~gone~"
)


def shown(markdown: str) -> str:
    """What a reader of Markdown leaves of text in which every mark is escaped."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown).replace(JOINER, "")


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("receptive-field", {"stack": HOSTILE}),
        ("network", {"view": "Train", "network": "Own stack", "stack": HOSTILE}),
        ("", {"filter": HOSTILE}),
    ],
)
def test_a_link_that_holds_markdown_is_said_as_it_is(page: str, asked: dict[str, str]) -> None:
    at = opened(page, asked)
    said = [each.value for each in (*at.warning, *at.error)]
    repeated = [each for each in said if "press" in each]
    assert repeated
    for each in repeated:
        assert each == plain(shown(each))


def test_no_mark_of_markdown_or_html_survives() -> None:
    escaped = plain(HOSTILE)
    assert shown(escaped) == HOSTILE
    assert re.findall(r"(?<!\\)[\[\]()<>*`$#!~_|]", escaped) == []
    # What Streamlit looks for after the marks have been read: addresses, icons, colours, emoji.
    text = re.sub(r"\\([^\w\s])", r"\1", escaped)
    assert re.findall(r"https?:/|www\.|\w@\w|:\w[\w/]*:|:red\[", text) == []


def test_errors_are_said_in_one_way() -> None:
    """`say_error` escapes; `st.error` by itself would read Markdown in what it is given."""
    bare = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "convviz").rglob("*.py")
        if re.search(r"\bst\.error\(", path.read_text("utf-8"))
    ]
    assert bare == ["convviz/ui/saying.py"]
