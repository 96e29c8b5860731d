"""Training live: start, pause, cancel, and what every iteration does."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.figures.training import lines_figure
from convviz.i18n import _, explain
from convviz.nets.curves import running_mean
from convviz.nets.progress import Progress
from convviz.nets.results import filter_grid
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.network.diagram import show_diagram
from convviz.ops.errors import SpecError
from convviz.ui import network_jobs as jobs
from convviz.ui.network_controls import NetworkSettings, data_set
from convviz.ui.theme import is_dark

EVERY = 1.0  # seconds between two looks at a running training
FILTERS_SIDE = 250  # screen pixels


def train_view(settings: NetworkSettings) -> None:
    """The network, its buttons, and the training as it goes."""
    try:
        net = settings.build(data_set(settings.where, settings.images, settings.standardised))
    except SpecError as error:
        st.error(explain(error))
        return
    show_diagram(net, key="diagram")
    _buttons(settings)
    if refused := st.session_state.pop("training refused", None):
        st.error(refused)
    job = jobs.current()
    if job is None:
        st.caption(_("Nothing is trained yet. Start trains what the sidebar says."))
        return
    busy = job.state in ("waiting", "running")
    st.fragment(_live, run_every=EVERY if busy else None)(job, busy)


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
        rest.caption(_("The sidebar has changed since; Start begins anew with it."))


def _begin(settings: NetworkSettings) -> None:
    try:
        jobs.begin(settings)
    except SpecError as error:
        st.session_state["training refused"] = explain(error)


def _go_on() -> None:
    try:
        jobs.pool().start(_job())
    except SpecError as error:
        st.session_state["training refused"] = explain(error)


def _pause() -> None:
    jobs.pool().pause(_job())


def _cancel() -> None:
    jobs.pool().cancel(_job())


def _job() -> Job[Trainer]:
    job = jobs.current()
    assert job is not None  # its buttons are there only with one
    return job


def _live(job: Job[Trainer], was_busy: bool) -> None:
    """Where the training stands. Run again by itself every `EVERY` seconds while it is going on."""
    records = list(job.records)
    st.markdown(f"**{_state(job)}**" + (f" · {_line(records[-1])}" if records else ""))
    if job.error:
        st.error(job.error)
    if records:
        _charts(job, records)
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


def _charts(job: Job[Trainer], records: Sequence[Progress]) -> None:
    dark = is_dark()
    iterations = [record.iteration for record in records]
    losses = [record.loss for record in records]
    measured = [record for record in records if record.accuracies]
    at = [record.iteration for record in measured]
    accuracies = [record.accuracies for record in measured if record.accuracies]
    left, middle, right = st.columns([5, 5, 3])
    loss = {
        _("each batch"): (iterations, losses),
        _("mean of 25"): (iterations, running_mean(losses)),
    }
    accuracy = {
        _("training"): (at, [pair[0] for pair in accuracies]),
        _("validation"): (at, [pair[1] for pair in accuracies]),
    }
    gradients = {
        f"d{name}": (iterations, [record.gradients[name] for record in records])
        for name in records[0].gradients
    }
    dead = {
        _("relu {number}").format(number=place + 1): (
            iterations,
            [100 * record.dead[k] for record in records],
        )
        for place, k in enumerate(records[0].dead)
    }
    with left:
        _chart(lines_figure(loss, _("Loss"), dark, pale=[_("each batch")]), "loss")
        _chart(lines_figure(accuracy, _("Accuracy"), dark, top=1.0), "accuracy")
    with middle:
        _chart(lines_figure(gradients, _("Gradient length"), dark, log=True), "gradients")
        if dead:
            _chart(lines_figure(dead, _("Dead ReLUs, %"), dark, top=100.0), "dead")
    with right:
        _filters(job)


def _chart(figure: object, key: str) -> None:
    st.plotly_chart(figure, key=f"training {key}", config={"displayModeBar": False}, theme=None)


def _filters(job: Job[Trainer]) -> None:
    """The first convolution's filters, each stretched to the full range, as the course shows them."""
    net = job.trainer.net
    name = next((name for name in net.decaying if net.params[name].ndim == 4), None)
    if name is None:
        return
    grid = filter_grid(net.params[name])
    factor = max(1, FILTERS_SIDE // grid.shape[1])
    large = grid.repeat(factor, axis=0).repeat(factor, axis=1)
    size = "×".join(map(str, net.params[name].shape[1:]))
    st.image(
        large,
        caption=_("{count} filters {size}, each from its minimum to its maximum").format(
            count=len(net.params[name]), size=size
        ),
        output_format="PNG",
    )
