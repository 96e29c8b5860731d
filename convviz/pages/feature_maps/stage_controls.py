"""The pipeline in the sidebar: each stage with its settings, its shape and its counts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.ops.grouping import possible_groups
from convviz.pages.feature_maps.bank_controls import (
    bank_controls,
    kernel_limit,
    typed_numbers,
)
from convviz.pages.feature_maps.stage_list import StageList, keep_in_link, stage_list
from convviz.pages.feature_maps.whole_number import whole
from convviz.pipeline import Chosen, Conv, Pipeline, Pool, Relu, Shape, Stage, StageCost
from convviz.pipeline.limits import MOST_STAGES
from convviz.text.i18n import N_, _
from convviz.text.rows import write_line
from convviz.text.words import group_name
from convviz.ui.inputs.fold import fold
from convviz.ui.parts import in_columns
from convviz.ui.saying import say_error
from convviz.ui.state import live
from convviz.ui.state.left_out import is_left_out

LARGEST_STRIDE, LARGEST_PADDING, LARGEST_DILATION, LARGEST_POOL = 8, 7, 6, 8
NEW: dict[str, Stage] = {
    N_("Convolution"): Conv(Chosen(("Box blur",)), padding=1),
    N_("Max pooling"): Pool("max"),
    N_("ReLU"): Relu(),
    N_("Average pooling"): Pool("average"),
}


def stage_title(stage: Stage) -> str:
    """What a stage is called, in the language in use."""
    if isinstance(stage, Conv):
        return _("Convolution")
    if isinstance(stage, Relu):
        return _("ReLU")
    return _("Max pooling") if stage.kind == "max" else _("Average pooling")


def shape_text(shape: Shape) -> str:
    """As it stands beside a stage.

    Examples
    --------
    >>> shape_text((8, 200, 300))
    '8×200×300'
    """
    return "×".join(map(str, shape))


def pipeline_controls(shape: Shape) -> Pipeline:
    """Draw every stage for an input of ``shape``; return those that work."""
    stages = stage_list()
    live.markdown("input of the pipeline", f"**{_('Pipeline')}** {shape_text(shape)}")
    current, stopped = shape, False
    for at in range(len(stages.pipeline)):
        cost = None if stopped else _stage(stages, at, current)
        stopped = cost is None
        current = cost.output_shape if cost else current
    if not live.reads():
        _new_stages(stages)
    keep_in_link(stages.pipeline)
    return stages.pipeline.working(shape)[0]


def _new_stages(stages: StageList) -> None:
    """Buttons that add a stage."""
    full = len(stages.pipeline) >= MOST_STAGES
    st.markdown(_("Add a stage"))
    with st.container(horizontal=True, gap="xsmall"):
        for label, stage in NEW.items():
            add = partial(stages.add, stage)
            st.button(_(label), key=f"add {label}", on_click=add, disabled=full)


def _stage(stages: StageList, at: int, shape: Shape) -> StageCost | None:
    """One stage: its settings behind its name, and what it makes; None if it cannot work."""
    stage, name = stages.pipeline.stages[at], stages.names[at]
    cost, error = _cost(stage, shape)
    # Its controls keep to what the input allows.
    with fold(f"{at + 1} {stage_title(stage)}", name, needed=cost is None):
        if not is_left_out():
            try:
                stage = _edited(stage, name, shape)
                cost, error = _cost(stage, shape)
                stages.pipeline = stages.pipeline.replaced(at, stage)
            except SpecError as wrong:
                error = error or wrong
        if live.draws():
            _buttons(stages, at)
    live.depends_on(f"{name} error", error and str(error))
    if error and not live.reads():
        say_error(error)
    if cost:
        live.markdown(f"{name} cost", f":small[{_cost_text(cost)}]")
    return cost


def _cost(stage: Stage, shape: Shape) -> tuple[StageCost | None, SpecError | None]:
    """What a stage makes of an input of this shape, or why it cannot take it."""
    try:
        return stage.cost(shape), None
    except SpecError as wrong:
        return None, wrong


def _cost_text(cost: StageCost) -> str:
    """The shape, and what it takes."""
    text = f"**{shape_text(cost.output_shape)}**"
    if not cost.parameters:
        return text
    counts = _("{parameters} parameters, {products} multiply–adds").format(
        parameters=f"{cost.parameters:,}", products=f"{cost.multiply_adds:,}"
    )
    return f"{text} · {counts}"


def _buttons(stages: StageList, at: int) -> None:
    name = stages.names[at]
    left, right = st.columns(2, gap="small")
    left.button(
        _("Move up"),
        key=f"{name} up",
        on_click=partial(stages.move_up, at),
        disabled=at == 0,
        width="stretch",
    )
    right.button(
        _("Remove"), key=f"{name} remove", on_click=partial(stages.remove, at), width="stretch"
    )


def _edited(stage: Stage, name: str, shape: Shape) -> Stage:
    if isinstance(stage, Conv):
        return _edited_conv(stage, name, shape)
    if isinstance(stage, Pool):
        largest, size, stride = min(LARGEST_POOL, *shape[1:]), stage.size, stage.stride
        numbers = in_columns(
            lambda: whole(_("Window"), f"{name} window", (1, largest), size),
            lambda: whole(_("Stride"), f"{name} stride", (1, LARGEST_STRIDE), stride),
        )
        return Pool(stage.kind, *numbers)
    if not live.reads():
        st.caption(_("Negative numbers become 0."))
    return stage


def _edited_conv(stage: Conv, name: str, shape: Shape) -> Conv:
    own = shape[0] // stage.groups if shape[0] % stage.groups == 0 else shape[0]  # of each group
    bank = bank_controls(stage.bank, name, own, kernel_limit(shape[1:]))
    left, middle, right = live.columns(3)
    with left:
        stride = whole(_("Stride"), f"{name} stride", (1, LARGEST_STRIDE), stage.stride)
    with middle:
        padding = whole(_("Padding"), f"{name} padding", (0, LARGEST_PADDING), stage.padding)
    with right:
        most = _largest_dilation(max(bank.kernel), min(shape[1:]) + 2 * padding)
        dilation = whole(_("Dilation"), f"{name} dilation", (1, most), stage.dilation)
    groups = _groups(stage, name, shape[0], len(bank.names))
    key = f"{name} bias"
    st.session_state.setdefault(key, write_line(stage.bias))
    if not live.is_read(key, None):
        st.text_input(
            _("Bias"),
            key=key,
            help=_("One number for all filters, or one for each filter, separated by spaces."),
            on_change=live.on_change(),
        )
    return Conv(bank, stride, padding, dilation, biases_of(st.session_state[key]), groups)


def _groups(stage: Conv, name: str, channels: int, filters: int) -> int:
    """How many groups; asked only where more than one is possible."""
    possible = possible_groups(channels, filters)
    if len(possible) == 1 and stage.groups == 1:
        return 1
    key, offered = f"{name} groups", sorted({*possible, stage.groups})
    if not live.is_read(key, (tuple(offered), channels)):
        if st.session_state.get(key) not in offered:
            st.session_state[key] = stage.groups
        st.selectbox(
            _("Groups"),
            offered,
            key=key,
            format_func=lambda groups: group_name(str(groups), channels),
        )
    return int(st.session_state[key])


def biases_of(text: str) -> tuple[float, ...]:
    """The biases a person typed; nothing is 0.

    Raises
    ------
    SpecError
        If there is something else than numbers.

    Examples
    --------
    >>> biases_of("0 128"), biases_of("")
    ((0.0, 128.0), (0.0,))
    """
    return typed_numbers("bias", text, N_("write numbers, such as 0 128")) or (0.0,)


def _largest_dilation(taps: int, room: int) -> int:
    fitting = [each for each in range(1, LARGEST_DILATION + 1) if each * (taps - 1) + 1 <= room]
    return max(fitting, default=1)
