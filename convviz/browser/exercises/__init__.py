"""Exercises with boxes for their answers. The browser checks an answer and says what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.browser.mount import mount
from convviz.lectures.exercise import Exercise
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.text.words import QUESTION, translated

_component = mount("exercises")


def show_exercises(exercises: Sequence[Exercise]) -> None:
    """Show exercises, one below the other."""
    _component(
        key="exercises",
        data={
            "exercises": [_sent(each) for each in exercises],
            "words": {**translated(QUESTION), "label": _("Exercises")},
        },
    )


def _sent(exercise: Exercise) -> dict[str, object]:
    slips = {f"{value:g}": said.said for value, said in exercise.slips.items()}
    return {
        "grids": [
            {"name": name, "rows": [[number(x) for x in row] for row in np.asarray(values)]}
            for name, values in exercise.arrays.items()
        ],
        "question": {
            "ask": exercise.ask.said,
            "answer": float(exercise.answer),
            "choices": [],
            "right": _("Right: {why}").format(why=exercise.why.said),
            "wrong": {**slips, "otherwise": _("No. Try once more.")},
        },
    }
