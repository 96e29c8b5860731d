"""Training live: start, pause, cancel, and what every iteration does."""

from __future__ import annotations

import streamlit as st

from convviz.browser.overview.diagram import show_diagram
from convviz.nets.resume import training_bytes
from convviz.nets.sequential import Sequential
from convviz.nets.stack import stack_text
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.ops.errors import SpecError
from convviz.pages.network.charts import training_charts
from convviz.pages.network.exports import offer_network
from convviz.pages.network.live import full_line, show_live, stand
from convviz.pages.network.open import open_control
from convviz.pages.network.training_picture import offer_training_picture
from convviz.text.i18n import _, explain
from convviz.ui.giving.share import File, offer_file
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings, data_set

WIDE = 102  # screen pixels of a button: three in a row of a phone


def train_view(settings: NetworkSettings) -> None:
    """The network, its buttons, and the training as it goes.

    While a training is going on or paused, the network drawn is the one in training; else the one that Start
    would train.
    """
    job = jobs.current()
    net = _built(settings)
    drawn = job.trainer.net if job is not None and not job.ended else net
    if drawn is not None:
        show_diagram(drawn, key="diagram")
        _offer_picture(job, drawn, settings)
    _offer_code(job, net, settings)
    if net is None and job is None:
        return
    _buttons(settings, can_start=net is not None)
    if refused := st.session_state.pop("training refused", None):
        st.error(explain(refused))
    if job is None:
        st.markdown(_nothing_yet())
        return
    if jobs.made_with() != settings:
        st.markdown(_what(job))
    if not jobs.is_busy(job):
        _offer(job)
    show_live(job, training_charts, full_line)


def _built(settings: NetworkSettings) -> Sequential | None:
    """The network of the sidebar; says so and is None where there cannot be one."""
    try:
        return settings.build(
            data_set(settings.where, settings.images, settings.standardised),
        )
    except SpecError as error:
        st.error(explain(error))
        return None


def _what(job: Job[Trainer]) -> str:
    """What the training is of, where the sidebar says something else."""
    words = {
        "stack": stack_text(job.trainer.net.layers),
        "images": len(job.trainer.data.train),
    }
    if job.ended:
        return _(
            "Below: the training of **{stack}** on {images} pictures. Start trains what the sidebar says."
        ).format(**words)
    return _(
        "In training: **{stack}** on {images} pictures. The sidebar is for the next one."
    ).format(**words)


def _nothing_yet() -> str:
    return _("Nothing is trained yet. Start trains what the sidebar says.")


def _offer_picture(job: Job[Trainer] | None, net: Sequential, settings: NetworkSettings) -> None:
    """The network that is drawn, and the training as it stands now."""
    if job is None:
        offer_training_picture(settings, net, None, _nothing_yet())
        return
    said = stand(job, full_line)
    if jobs.made_with() != settings:
        said = f"{said} {_what(job)}"
    offer_training_picture(jobs.made_with(), net, job, said)


def _offer_code(
    job: Job[Trainer] | None, net: Sequential | None, settings: NetworkSettings
) -> None:
    """The network as trained, where that rests and is what the page shows; else as it begins."""
    if job is not None and not jobs.is_busy(job):
        trained = jobs.trained()
        if trained is not None and (not job.ended or jobs.made_with() == settings):
            offer_network(trained, job.trainer.data)
            return
    if net is not None:
        offer_network(net, data_set(settings.where, settings.images, settings.standardised))


def _buttons(settings: NetworkSettings, *, can_start: bool) -> None:
    job = jobs.current()
    busy = jobs.is_busy(job)
    paused = job is not None and job.state == "paused"
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Start"),
            type="primary",
            on_click=_begin,
            args=(settings,),
            disabled=busy or not can_start,
            width=WIDE,
        )
        st.button(
            _("Go on") if paused else _("Pause"),
            on_click=_go_on if paused else _pause,
            disabled=not (busy or paused),
            width=WIDE,
            key="pause",
        )
        st.button(_("Cancel"), on_click=_cancel, disabled=not (busy or paused), width=WIDE)
        open_control()


def _begin(settings: NetworkSettings) -> None:
    try:
        jobs.begin(settings)
    except SpecError as error:
        st.session_state["training refused"] = error


def _go_on() -> None:
    try:
        jobs.go_on()
    except SpecError as error:
        st.session_state["training refused"] = error


def _pause() -> None:
    jobs.pool().pause(_job())


def _cancel() -> None:
    jobs.pool().cancel(_job())


def _job() -> Job[Trainer]:
    job = jobs.current()
    assert job is not None  # its buttons are there only with one
    return job


def _offer(job: Job[Trainer]) -> None:
    """Let the training be taken away, to be gone on with on the command line."""
    where = jobs.made_with().where  # read here: the file is made outside the session

    def make() -> bytes:
        job.at_rest.wait()
        return training_bytes(job.trainer, where)

    use = _("Go on with it by: convviz train --resume training.npz")
    offer_file(
        File(_("Training checkpoint (.npz)"), make, "training.npz", "application/octet-stream", use)
    )
