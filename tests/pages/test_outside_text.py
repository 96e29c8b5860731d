"""Text from a link stands on the page as it was written, and is never read as Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from convviz.pages.table import PAGES
from convviz.ui.saying import JOINER, plain
from tests.pages.test_hostile_links import opened
from tests.pages.test_session import opened as opened_on
from tests.pages.test_session import turn_to
from tests.pages.test_tray import png, upload
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


# Where Streamlit reads Markdown, by the end of the field's name.
READ = ("body", "label", "help", "caption", "content")


def read_as_markdown(at: AppTest) -> Iterator[tuple[str, str]]:
    """Each text on the page that Streamlit reads as Markdown, behind the name of its field."""
    for element in at:
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message) and type(proto).__name__ != "BidiComponent":
            yield from _texts(proto, type(proto).__name__)


def _texts(proto: Message, name: str) -> Iterator[tuple[str, str]]:
    for field, value in proto.ListFields():
        for each in [value] if isinstance(value, str | Message) else _listed(value):
            if isinstance(each, Message):
                yield from _texts(each, f"{name}.{field.name}")
            elif isinstance(each, str) and field.name in READ:
                yield f"{name}.{field.name}", each


def _listed(value: object) -> list[object]:
    return [*value] if isinstance(value, Iterable) and not isinstance(value, bytes) else []


def test_the_name_of_a_file_is_shown_as_it_is_on_every_page() -> None:
    name = f"evil {HOSTILE}"[:70] + ".png"
    at = upload(opened_on("", image="Digit"), (name, png(1)), (f"b{name}"[:70], png(2)))
    said: dict[str, str] = {}
    for page in PAGES:
        turn_to(at, page.address)
        said |= {
            f"{page.address} {field}": text
            for field, text in read_as_markdown(at)
            if "evil" in text
        }
    assert len(said) >= 2  # on Convolve and on Lessons
    for text in said.values():
        assert plain(name) in text or plain(f"b{name}"[:70]) in text


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
