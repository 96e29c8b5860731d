"""Training live: start, pause, go on, cancel, and what every iteration does."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.browser.diagram import diagram_label, layer_rows, show_diagram
from convviz.export import Tile
from convviz.nets import quick
from convviz.nets.sequential import Sequential
from convviz.nets.stack import stack_text
from convviz.nets.worker import BUSY, State
from convviz.ops.errors import SpecError
from convviz.pages.network.checkpoint import offer_checkpoint, open_control
from convviz.pages.network.exports import network_code
from convviz.pages.network.live import (
    full_line,
    show_live,
    show_training,
    state_text,
    training_parts,
)
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.ui.saying import say_error
from convviz.ui.training import jobs
from convviz.ui.training.jobs import Training
from convviz.ui.training.settings import NetworkSettings
from convviz.ui.view import View

QUICK = NetworkSettings(
    "shapes", quick.IMAGES, True, quick.STACK, quick.WEIGHT_SCALE, 0.0, 0, quick.SETTINGS
)
WIDE = 78  # screen pixels of a button: four in a row of a phone


@dataclass(frozen=True, eq=False)
class DiagramPart:
    """The layers of a network with their shapes and parameters."""

    net: Sequential

    def show(self) -> None:
        """Draw them as a row of boxes."""
        show_diagram(self.net, key="diagram")

    def tiles(self) -> list[Tile]:
        """The layers as the columns of a table."""
        lines = [list(row) for row in zip(*layer_rows(self.net), strict=True)]
        return [Tile(diagram_label(self.net), Table((), lines))]


def train_view(settings: NetworkSettings) -> None:
    """The network, its buttons, and the training as it goes on."""
    training = jobs.current()
    state = training.job.state if training else None  # read once: it may change meanwhile
    begun, what = _begun(settings), _what(training, settings)
    _show_network(training, settings, begun, what)
    if begun is None and training is None:
        return
    _offer_quick(state)
    _buttons(settings, state, can_start=begun is not None)
    jobs.show_refusal()
    if what:
        st.markdown(what)
    if training is not None:
        offer_checkpoint(training)
        show_live(training.job, state in BUSY, show_training, full_line)


def _begun(settings: NetworkSettings) -> Sequential | None:
    """The network of the sidebar before training; None, and a sentence, if it cannot be built."""
    try:
        return settings.build()
    except SpecError as error:
        say_error(error)
        return None


def _what(training: Training | None, settings: NetworkSettings) -> str:
    """Which network the training below trains, if the sidebar says another; "" if the same."""
    if training is None:
        return _("No network is trained yet. Start trains the one set in the sidebar.")
    if training.settings == settings:
        return ""
    trainer = training.job.trainer
    said = (
        _(
            "Below: the training of **{stack}** on {images} pictures. Start trains the network set "
            "in the sidebar."
        )
        if training.job.ended
        else _("Training **{stack}** on {images} pictures. The sidebar sets up the next training.")
    )
    return said.format(stack=stack_text(trainer.net.layers), images=len(trainer.data.train))


def _show_network(
    training: Training | None, settings: NetworkSettings, begun: Sequential | None, what: str
) -> None:
    """Draw and offer the session's network until its training has ended; then the one that Start would train."""
    net, data = begun, settings.data()
    if training and (not training.job.ended or training.settings == settings):
        net, data = training.reached.net, training.job.trainer.data
    if net is None:
        return
    diagram = DiagramPart(net)
    diagram.show()
    line, state, rows = settings.line, "", []
    if training:
        line, state = training.settings.line, state_text(training.job, full_line)
        rows = training_parts(training.job)
    View(
        [_("Network"), _("Train")],
        "training",
        [[diagram], *rows],
        [line, state, what],
        code=lambda: network_code(net, data),
    ).offer()


def _offer_quick(state: State | None) -> None:
    """Offer a training that is over soon, whatever the sidebar says, and say what it reaches."""
    reached = quick.measured()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            _("30 seconds"),
            key="quick training",
            on_click=jobs.begin,
            args=(QUICK,),
            disabled=state in BUSY,
        )
        st.markdown(
            _(
                "A short training of {stack} on {images} pictures. When it was measured, it took "
                "{seconds} seconds and got {share} of the validation pictures right."
            ).format(
                stack=quick.STACK,
                images=quick.IMAGES,
                share=f"{reached.accuracy:.0%}",
                seconds=round(reached.seconds),
            )
        )


def _buttons(settings: NetworkSettings, state: State | None, *, can_start: bool) -> None:
    """One button for each thing that can be asked for: a second press of one never asks for another."""
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            _("Start"),
            type="primary",
            on_click=jobs.begin,
            args=(settings,),
            disabled=state in BUSY or not can_start,
            width=WIDE,
        )
        for label, ask, when in (
            (_("Pause"), jobs.pause, ("waiting", "running")),
            (_("Go on"), jobs.go_on, ("pausing", "paused")),
            (_("Cancel"), jobs.cancel, (*BUSY, "paused")),
        ):
            st.button(label, on_click=ask, disabled=state not in when, width=WIDE)
        open_control()
