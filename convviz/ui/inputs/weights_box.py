"""A place for an array of weights: pasted, or brought in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.numbers import ArrayError, read_array
from convviz.numbers.files import read_weights
from convviz.ops.types import Floats
from convviz.text.i18n import Sentence, _
from convviz.text.numbers import numbers_in
from convviz.ui.internals.server import files_in, forget_uploads
from convviz.ui.saying import say_error

_TEXT, _BIASES, _REFUSED = "weights pasted", "biases pasted", "weights refused"
_USED, _FILE, _ROUND = "weights used", "weights file", "weights files taken"


@dataclass(frozen=True)
class WeightsBox:
    """What weights are taken, and what becomes of them."""

    most: tuple[int, int, int, int]  # of (F, C, KH, KW); C is this or 1
    # Gets weights (F, C, KH, KW) and F biases, in a callback; raises an ArrayError where it cannot take them.
    use: Callable[[Floats, Sequence[float]], None]
    name: str = ""  # its keys begin with it

    def draw(self) -> None:
        """Draw boxes for the weights and the biases, one for a file, and why the last were refused."""
        filters, _channels, height, width = self.most
        st.text_area(
            _("Weights (F, C, KH, KW)"),
            key=self._key(_TEXT),
            placeholder="[[[[1, 0], [0, -1]]]]",
            help=_(
                "As NumPy or torch print it. (KH, KW) is one filter, the same in all channels; (C, KH, KW) is one "
                "filter. Up to {most} filters of {height}×{width}."
            ).format(most=filters, height=height, width=width),
        )
        biases = self._key(_BIASES)
        st.text_input(_("Biases, separated by spaces"), key=biases, placeholder="1 0")
        st.button(_("Use these weights"), key=self._key(_USED), on_click=self._paste)
        key = f"{self._key(_FILE)} {st.session_state.get(self._key(_ROUND), 0)}"
        st.file_uploader(
            _("Weights in a file"),
            key=key,
            on_change=self._bring,
            args=(key,),
            help=_(
                ".npy, .npz or .csv. In an .npz of several arrays the weights are called w, and the biases b."
            ),
        )
        refused: Sentence | None = st.session_state.get(self._key(_REFUSED))
        if refused:
            say_error(refused.said)

    def _key(self, name: str) -> str:
        return f"{self.name} {name}".strip()

    def _paste(self) -> None:
        """Use what stands in the boxes."""
        state = st.session_state

        def read() -> tuple[Floats, Sequence[float]]:
            weights = read_array(state[self._key(_TEXT)] or "")
            return weights, _biases_of(state[self._key(_BIASES)] or "")

        self._take(read)

    def _bring(self, key: str) -> None:
        """Use the file that was dropped, and make the place for files empty again."""
        files = files_in([st.session_state[key]])
        if not files:
            return
        (file,) = files

        def read() -> tuple[Floats, Sequence[float]]:
            weights, biases = read_weights(file.getvalue(), file.name)
            return weights, () if biases is None else biases.ravel().tolist()

        self._take(read)
        forget_uploads([file])
        count = self._key(_ROUND)
        st.session_state[count] = st.session_state.get(count, 0) + 1

    def _take(self, read: Callable[[], tuple[Floats, Sequence[float]]]) -> None:
        """Use weights, or note why not."""
        st.session_state.pop(self._key(_REFUSED), None)
        try:
            self.use(*self._fitted(*read()))
        except ArrayError as error:
            st.session_state[self._key(_REFUSED)] = error.sentence

    def _fitted(self, array: Floats, biases: Sequence[float]) -> tuple[Floats, Sequence[float]]:
        """The weights with all four axes, and a bias for each filter.

        Raises
        ------
        ArrayError
            If the weights do not fit, or the biases the weights.
        """
        weights = array.reshape((1,) * (4 - array.ndim) + array.shape) if array.ndim < 5 else array
        fits = weights.ndim == 4 and all(
            have <= most for have, most in zip(weights.shape, self.most, strict=True)
        )
        if (
            array.ndim < 2
            or not array.size
            or not fits
            or weights.shape[1] not in (1, self.most[1])
        ):
            raise ArrayError(
                "The weights have the shape {shape}, and here (F, C, KH, KW) is at most {most}, with C = 1 or "
                "{channels}.",
                shape="×".join(map(str, array.shape)),
                most="×".join(map(str, self.most)),
                channels=self.most[1],
            )
        count = len(weights)
        if len(biases) not in (0, 1, count):
            raise ArrayError(
                "There are {given} biases for {count} filters: give one for each.",
                given=len(biases),
                count=count,
            )
        return weights, biases if len(biases) == count else [*(biases or (0.0,))] * count


def _biases_of(text: str) -> Sequence[float]:
    try:
        return numbers_in(text)
    except ValueError as error:
        raise ArrayError("The bias {text} is not a number.", text=str(error)) from None
