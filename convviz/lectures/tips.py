"""Tips for teaching with each page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from convviz.lectures.lesson import Text

_FILE = Path(__file__).with_name("tips.yaml")


@dataclass(frozen=True)
class Setting:
    """A view, and the sentence to say with it."""

    view: str
    say: Text


@dataclass(frozen=True)
class Tips:
    """Tips for one page.

    Parameters
    ----------
    page
        Its address.
    shows
        What it shows.
    settings
        Three good ones.
    ask
        A question for the class.
    wrong
        What students get wrong.
    """

    page: str
    shows: Text
    settings: tuple[Setting, ...]
    ask: Text
    wrong: Text


@cache
def tips() -> tuple[Tips, ...]:
    """Those of every page, in the order of the pages."""
    content: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return tuple(
        Tips(**{**each, "settings": tuple(Setting(**setting) for setting in each["settings"])})
        for each in content
    )
