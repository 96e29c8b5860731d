"""The stages of the pipeline on the page: kept for the session and in the link, changed by buttons."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.pipeline import Conv, Given, Pipeline, Stage, from_text, to_text
from convviz.pipeline.examples import EDGES
from convviz.text.i18n import explain
from convviz.ui.giving.own_filters import PIPELINE, find_filters, put_filters
from convviz.ui.state import history, link

_LIST, _MADE, AFTER = "stage list", "stages named", "after"


@dataclass
class StageList:
    """The stages, and a name for each that stays when it moves: the keys of its widgets begin with it.

    No two stages of a session have the same name, nor do those of another list.
    """

    pipeline: Pipeline
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = [self._new_name() for _stage in self.pipeline.stages]

    def add(self, stage: Stage) -> None:
        """Put a stage at the end and show what it makes."""
        self.pipeline = self.pipeline.added(stage)
        self.names.append(self._new_name())
        st.session_state[AFTER] = str(len(self.pipeline))

    def remove(self, at: int) -> None:
        """Take a stage out."""
        self.pipeline = self.pipeline.removed(at)
        del self.names[at]

    def move_up(self, at: int) -> None:
        """Put a stage before the one it came after."""
        self.pipeline = self.pipeline.moved_up(at)
        self.names.insert(at - 1, self.names.pop(at))

    def put(self, pipeline: Pipeline) -> None:
        """Begin anew with other stages."""
        self.pipeline = pipeline
        self.names = [self._new_name() for _stage in pipeline.stages]

    def _new_name(self) -> str:
        st.session_state[_MADE] = made = st.session_state.get(_MADE, 0) + 1
        return f"stage {made}"


def stage_list() -> StageList:
    """The stages of this session; to begin with those of the link, or an example."""
    history.mirror(_LIST)
    if _LIST not in st.session_state:
        pipeline = EDGES
        text = st.query_params.get(PIPELINE)
        if text is not None:
            try:
                pipeline = from_text(text, find_filters)
            except SpecError as error:
                link.add_note(explain(error))
        st.session_state[_LIST] = StageList(pipeline)
    stages: StageList = st.session_state[_LIST]
    return stages


def keep_in_link(pipeline: Pipeline) -> None:
    """Write the stages into the link, unless they are those a page begins with.

    Weights that a link cannot hold are kept in the session under the name that it has for them.
    """
    if pipeline == EDGES:
        st.query_params.pop(PIPELINE, None)
        return
    text = to_text(pipeline)
    convolutions = [stage for stage in pipeline.stages if isinstance(stage, Conv)]
    given = [each.bank for each in convolutions if isinstance(each.bank, Given)]
    if named := [each for each in given if each.digest in text]:
        put_filters(named)
    link.put(PIPELINE, text)
