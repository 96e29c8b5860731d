"""The stack of layers being built: text in the session and, where it differs from its preset, in the link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.ops.receptive import Layer, receptive_field
from convviz.ops.receptive.notation import LONGEST, read_stack, write_stack
from convviz.ops.receptive.presets import PRESETS, StackPreset
from convviz.text.i18n import _, reason
from convviz.text.numbers import whole_in
from convviz.ui.state import history, link

PRESET, CHOSEN = "preset", "layer"  # in the link
_EDITED = "layer edited"
# In the link, where Network has a stack too, and in the session.
STACK, _IN_SESSION = "stack", "layer stack"
FIRST = "AlexNet (Caffe, 227)"
# Fields of up to so large a part of the photo's side blur it, but do not hide what it shows.
SHARE = 8
OFFERED = (FIRST, *(name for name in PRESETS if name != FIRST))


def preset() -> StackPreset:
    """The preset the stack began as."""
    return PRESETS[st.session_state.get(PRESET, FIRST)]


def layers() -> tuple[Layer, ...]:
    """The stack, from the session, else from the link, else from the preset."""
    history.mirror(_IN_SESSION, _EDITED)
    if _IN_SESSION not in st.session_state:
        st.session_state[_IN_SESSION] = _linked() or write_stack(preset().layers)
    text = st.session_state[_IN_SESSION]
    if text != write_stack(preset().layers):
        link.put(STACK, text)
    else:
        st.query_params.pop(STACK, None)
    return read_stack(text)


def edited() -> str | None:
    """The preset the stack began as, where it is another by now; may be called before the preset is drawn."""
    name = st.session_state.get(PRESET, st.query_params.get(PRESET, FIRST))
    text = st.session_state.get(_IN_SESSION) or _in_link()[0]
    same = text is None or name not in PRESETS or text == write_stack(PRESETS[name].layers)
    return None if same else name


def held() -> int | None:
    """The layer that the session or else the link says is edited, which the stack may not have; None for none."""
    number = whole_in(str(st.session_state.get(_EDITED, st.query_params.get(CHOSEN, ""))))
    return None if number is None else number - 1


def chosen() -> int:
    """The layer being edited."""
    stack, wanted = layers(), held()
    index = telling(stack, preset().input_size) if wanted is None else wanted
    index = max(0, min(index, len(stack) - 1))
    st.session_state[_EDITED] = str(index + 1)
    link.put(CHOSEN, str(index + 1))
    return index


def telling(stack: tuple[Layer, ...], side: int) -> int:
    """The deepest layer in whose map a person still sees what a photo of this side shows.

    Examples
    --------
    >>> alexnet = PRESETS[FIRST]
    >>> alexnet.layers[telling(alexnet.layers, alexnet.input_size)].name
    'pool1'
    """
    fields = [max(record.receptive_field) for record in receptive_field(stack)]
    return max((k for k, field in enumerate(fields) if SHARE * field <= side), default=0)


def begin_at(index: int) -> None:
    """Choose a layer, unless one is chosen."""
    if _EDITED not in st.session_state and CHOSEN not in st.query_params:
        choose(index)


def choose(index: int) -> None:
    """Edit another layer."""
    st.session_state[_EDITED] = str(index + 1)


def start_again() -> None:
    """Take the preset's layers."""
    st.session_state[_IN_SESSION] = write_stack(preset().layers)
    st.session_state.pop(_EDITED, None)
    st.query_params.pop(CHOSEN, None)


def change(edit: Callable[[Layer], Layer]) -> None:
    """Edit the chosen layer."""
    stack, index = list(layers()), chosen()
    stack[index] = edit(stack[index])
    _keep(stack)


def add() -> None:
    """Put a 3×3 convolution after the chosen layer, and choose it."""
    stack, index = list(layers()), chosen()
    if len(stack) < LONGEST:
        stack.insert(index + 1, Layer.make(3, padding=1, name=_free_name(stack)))
        _keep(stack)
        choose(index + 1)


def move(by: int) -> None:
    """Exchange the chosen layer with the one before (-1) or after (1)."""
    stack, index = list(layers()), chosen()
    to = index + by
    if 0 <= to < len(stack):
        stack[index], stack[to] = stack[to], stack[index]
        _keep(stack)
        choose(to)


def delete() -> None:
    """Take the chosen layer out; the last one stays."""
    stack, index = list(layers()), chosen()
    if len(stack) > 1:
        del stack[index]
        _keep(stack)
        choose(min(index, len(stack) - 1))


def _keep(stack: list[Layer]) -> None:
    st.session_state[_IN_SESSION] = write_stack(stack)


def _free_name(stack: list[Layer]) -> str:
    """A name no layer has: "new1" and so on."""
    taken = {layer.name for layer in stack}
    return next(name for k in range(1, len(stack) + 2) if (name := f"new{k}") not in taken)


def _linked() -> str | None:
    """The stack of the link, if it can be read; says why where it cannot."""
    text, error = _in_link()
    if error:
        link.add_note(_("The link's stack cannot be used: {why}.").format(why=reason(error)))
    return text


def _in_link() -> tuple[str | None, SpecError | None]:
    """The stack of the link, or why it cannot be read."""
    try:
        text = st.query_params.get(STACK)
        return (write_stack(read_stack(text)) if text else None), None
    except SpecError as error:
        return None, error


def as_kind(layer: Layer, kind: str) -> Layer:
    """The layer as a convolution or a pool."""
    return replace(layer, kind="pool" if kind == "pool" else "conv")
