"""Training live: start, pause, cancel, and what every iteration does."""

from __future__ import annotations

import streamlit as st

from convviz.i18n import _, explain
from convviz.nets.checkpoint import training_bytes
from convviz.nets.progress import Progress
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.network.diagram import show_diagram
from convviz.ops.errors import SpecError
from convviz.ui import network_jobs as jobs
from convviz.ui.language import fragment
from convviz.ui.network_charts import training_charts
from convviz.ui.network_controls import NetworkSettings, data_set
from convviz.ui.network_exports import offer_network
from convviz.ui.share import File, offer_file

EVERY = 1.0  # seconds between two looks at a running training


def train_view(settings: NetworkSettings) -> None:
    """The network, its buttons, and the training as it goes."""
    try:
        data = data_set(settings.where, settings.images, settings.standardised)
        net = settings.build(data)
    except SpecError as error:
        st.error(explain(error))
        return
    show_diagram(net, key="diagram")
    _buttons(settings)
    if refused := st.session_state.pop("training refused", None):
        st.error(explain(refused))
    job = jobs.current()
    at_rest = job is not None and job.state not in ("waiting", "running")
    trained = jobs.trained() if at_rest and jobs.made_with() == settings else None
    offer_network(trained or net, data)
    if job is None:
        st.markdown(_("Nothing is trained yet. Start trains what the sidebar says."))
        return
    busy = job.state in ("waiting", "running")
    if not busy:
        _offer(job)
    fragment(_live, EVERY if busy else None)(job, busy)


def _buttons(settings: NetworkSettings) -> None:
    job = jobs.current()
    busy = job is not None and job.state in ("waiting", "running")
    paused = job is not None and job.state == "paused"
    start, pause, cancel, rest = st.columns([1, 1, 1, 4], vertical_alignment="center")
    start.button(
        _("Start"),
        type="primary",
        on_click=_begin,
        args=(settings,),
        disabled=busy,
        width="stretch",
    )
    pause.button(
        _("Go on") if paused else _("Pause"),
        on_click=_go_on if paused else _pause,
        disabled=not (busy or paused),
        width="stretch",
        key="pause",
    )
    cancel.button(_("Cancel"), on_click=_cancel, disabled=not (busy or paused), width="stretch")
    if job is not None and not busy and jobs.made_with() != settings:
        rest.markdown(_("The sidebar has changed since; Start begins anew with it."))


def _begin(settings: NetworkSettings) -> None:
    try:
        jobs.begin(settings)
    except SpecError as error:
        st.session_state["training refused"] = error


def _go_on() -> None:
    try:
        jobs.pool().start(_job())
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


def _live(job: Job[Trainer], was_busy: bool) -> None:
    """Where the training stands. Run again by itself every `EVERY` seconds while it is going on."""
    records = list(job.records)
    st.markdown(f"**{_state(job)}**" + (f" · {_line(records[-1])}" if records else ""))
    if job.error:
        st.error(job.error)
    if records:
        training_charts(job, records)
    if was_busy and job.state not in ("waiting", "running"):
        st.rerun()  # the buttons are outside


def _state(job: Job[Trainer]) -> str:
    if job.state == "waiting":
        return _("Waiting, number {position} in the queue").format(
            position=jobs.pool().position(job)
        )
    return {
        "running": _("Training"),
        "paused": _("Paused"),
        "done": _("Trained"),
        "cancelled": _("Cancelled"),
        "failed": _("Failed"),
    }[job.state]


def _line(last: Progress) -> str:
    minutes, seconds = divmod(round(last.seconds_left), 60)
    return _(
        "iteration {iteration} of {iterations} · epoch {epoch} · loss {loss} · learning rate {rate} · "
        "{speed} samples/s · {left} left"
    ).format(
        iteration=last.iteration,
        iterations=last.iterations,
        epoch=last.epoch,
        loss=f"{last.loss:.4f}",
        rate=f"{last.learning_rate:g}",
        speed=f"{last.samples_per_second:.0f}",
        left=f"{minutes}:{seconds:02d}",
    )
