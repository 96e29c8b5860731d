"""The sidebar in which a stack of layers is built: preset, the layer being edited, and its numbers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.ops.receptive import Layer
from convviz.ops.receptive.presets import StackPreset
from convviz.pages.receptive_field import stack_state
from convviz.pages.receptive_field.layer_sliders import padding_controls, pair_sliders
from convviz.text.i18n import N_, _
from convviz.text.joined import sentences
from convviz.ui.inputs.fold import fold
from convviz.ui.saying import plain
from convviz.ui.state import link, live
from convviz.ui.state.asked import check_bounds
from convviz.ui.state.held import hold
from convviz.ui.state.left_out import is_left_out
from convviz.ui.state.switch import switch

KINDS = {"conv": N_("Convolution"), "pool": N_("Pooling")}


def stack_controls() -> tuple[Layer, ...]:
    """Draw the controls and return the stack."""
    link.select(
        _("Network"),
        stack_state.PRESET,
        stack_state.OFFERED,
        shown=_names(stack_state.edited()),
        on_change=stack_state.start_again,
    )
    stack = stack_state.layers()
    index = stack_state.chosen()
    check_bounds(stack_state.CHOSEN, _("Layer"), index + 1, (1, len(stack)))
    _layer_slider(index, stack)
    is_set = stack_state.edited() is not None
    with fold(_("Change the layers"), "layers", ("axes",), is_set=is_set):
        if is_left_out():
            _axes_switch()
        else:
            _layer_controls(index, stack)
    return stack_state.layers()


def _layer_controls(index: int, stack: tuple[Layer, ...]) -> None:
    """All that one layer is made of, and buttons that add layers and take them out."""
    layer = stack[index]
    live.depends_on("layers", (index, len(stack)))
    if live.draws():
        _buttons(index, len(stack))
    if not live.is_read("edit kind", layer.kind):
        _kind(layer)
    per_axis = _axes_switch()
    for name, label in (
        ("kernel", _("Window size") if layer.kind == "pool" else _("Kernel size")),
        ("stride", _("Stride")),
        ("dilation", _("Dilation")),
    ):
        pair_sliders(name, label, layer, per_axis)
        if name == "stride":
            padding_controls(layer, per_axis)


def _axes_switch() -> bool:
    return switch(_("Height and width separately"), "axes")


def _names(edited: str | None) -> Callable[[str], str]:
    """The networks' names; that of the one from which the stack was made says that it is another by now."""

    def shown(name: str) -> str:
        return _("Custom, from {name}").format(name=_(name)) if name == edited else _(name)

    return shown


def _layer_slider(index: int, stack: tuple[Layer, ...]) -> None:
    """Which layer is edited and whose units are shown."""

    def take() -> None:
        stack_state.choose(st.session_state["edit layer"] - 1)

    label = _("Layer {number} of {count}: {name}").format(
        number=index + 1, count=len(stack), name=plain(stack[index].name)
    )
    if live.is_read("edit layer", (label, len(stack))):
        return
    if len(stack) > 1:
        hold("edit layer", index + 1)
        st.slider(label, 1, len(stack), key="edit layer", on_change=take)
    else:
        st.markdown(label)


def preset_note(preset: StackPreset, stack: tuple[Layer, ...]) -> str:
    """Where the stack comes from."""
    source = _("Source: {source}.").format(source=preset.source)
    return source if stack == preset.layers else sentences([source, _("Edited.")])


def _buttons(index: int, count: int) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        button = st.button
        button(
            _("Add"), key="edit add", on_click=stack_state.add, help=_("Add a layer after this one")
        )
        button(
            "↑",
            key="edit up",
            on_click=stack_state.move,
            args=(-1,),
            disabled=index == 0,
            help=_("Move towards the input"),
        )
        button(
            "↓",
            key="edit down",
            on_click=stack_state.move,
            args=(1,),
            disabled=index == count - 1,
            help=_("Move towards the output"),
        )
        button(_("Delete"), key="edit delete", on_click=stack_state.delete, disabled=count == 1)


def _kind(layer: Layer) -> None:
    def take() -> None:
        kind = st.session_state["edit kind"]
        stack_state.change(lambda layer: stack_state.as_kind(layer, kind))

    hold("edit kind", layer.kind)
    st.segmented_control(
        _("Kind"),
        list(KINDS),
        key="edit kind",
        format_func=lambda kind: _(KINDS[kind]),
        required=True,
        width="stretch",
        on_change=take,
        label_visibility="collapsed",
    )
