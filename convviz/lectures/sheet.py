"""Exercises on paper: a page with blanks and a page with the key, as HTML that prints on A4."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template

from convviz.lectures.exercises import exercises
from convviz.ops.types import Array
from convviz.text.i18n import _, tag_in_use
from convviz.text.prose import number

_TEMPLATE = Path(__file__).with_name("sheet.html")


def sheet(seed: int) -> str:
    """The exercises of a seed in the language in use, with their key on a page of its own."""
    made = exercises(seed)
    questions = [
        f"<li><p>{_text(each.ask.said)}</p>{_grids(each.arrays)}<p class='blank'>{_text(_('Answer'))}</p></li>"
        for each in made
    ]
    key = [f"<li><b>{number(each.answer)}</b> {_text(each.why.said)}</li>" for each in made]
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        language=tag_in_use(),
        title=_text(_("Exercises {seed}").format(seed=seed)),
        name=_text(_("Name")),
        questions="\n".join(questions),
        key=_text(_("Key")),
        answers="\n".join(key),
    )


def _text(text: str) -> str:
    return html.escape(text)


def _grids(arrays: Mapping[str, Array]) -> str:
    grids = "".join(
        f"<figure><figcaption>{name}</figcaption><table>{_rows(values)}</table></figure>"
        for name, values in arrays.items()
    )
    return f"<div class='grids'>{grids}</div>" if grids else ""


def _rows(values: Array) -> str:
    return "".join(f"<tr>{''.join(f'<td>{number(x)}</td>' for x in row)}</tr>" for row in values)
