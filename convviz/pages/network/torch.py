"""The same network in PyTorch: its code, and both trained on the same batches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.nets.comparison import Comparison, Losses
from convviz.nets.numpy_code import numpy_code
from convviz.nets.torch_twin import has_torch, torch_code
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.ops.errors import SpecError
from convviz.pages.network.exports import network_code
from convviz.pages.network.live import chart_part
from convviz.pictures.chart import Chart
from convviz.pictures.training import lines_chart
from convviz.text.i18n import _
from convviz.ui.internals.session import session_watch
from convviz.ui.saying import say_error
from convviz.ui.state.language import fragment
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings
from convviz.ui.view import CodePart, View

ITERATIONS = 60
_JOB, _REFUSED = "comparison job", "comparison refused"


def torch_view(settings: NetworkSettings) -> None:
    """NumPy's code beside PyTorch's, and the comparison if PyTorch is installed."""
    try:
        net = settings.build()
    except SpecError as error:
        say_error(error)
        return
    codes = (
        CodePart(
            torch_code(net, settings.training),
            f"**PyTorch**: {_('made from the stack in the sidebar')}",
            coloured=False,
        ),
        CodePart(
            numpy_code(net, settings.training),
            f"**NumPy**: {_('the same iteration with the functions of convviz.ops')}",
            coloured=False,
        ),
    )
    left, right = st.columns(2)
    with right:
        losses = _comparison(settings)
    for column, code in zip((left, right), codes, strict=True):
        with column:
            code.show()
    View(
        [_("Network"), "PyTorch"],
        "pytorch",
        [codes, [chart_part(_chart(losses))] if losses else []],
        [settings.line, _apart(losses)],
        code=lambda: network_code(net, settings.data()),
    ).offer()


def _comparison(settings: NetworkSettings) -> Sequence[Losses]:
    """The button, and the losses of both as they come; return those there are."""
    if not has_torch():
        st.markdown(_("Install PyTorch (pip install '.[torch]') to train both here."))
        return []
    label = _("Train both for {count} iterations").format(count=ITERATIONS)
    st.button(label, on_click=_begin, args=(settings,))
    if refused := st.session_state.pop(_REFUSED, None):
        say_error(refused)
    job: Job[Comparison] | None = st.session_state.get(_JOB)
    if job is None:
        return []
    busy = job.busy
    fragment(_look, 1.0 if busy else None)(job, busy)
    return list(job.records)


def _begin(settings: NetworkSettings) -> None:
    try:
        trainer = Trainer(settings.build(), settings.data(), settings.training)
        job = Job(Comparison(trainer, ITERATIONS), session_watch())
        if (before := st.session_state.get(_JOB)) is not None:
            jobs.pool().cancel(before)
        jobs.pool().start(job)
        st.session_state[_JOB] = job
    except SpecError as error:
        st.session_state[_REFUSED] = error


def _look(job: Job[Comparison], was_busy: bool) -> None:
    """Look once; Streamlit calls this again by itself until the job rests."""
    busy, losses = job.busy, list(job.records)
    if job.error:
        say_error(job.error)
    if losses:
        chart_part(_chart(losses)).show()
        st.markdown(_apart(losses))
    if was_busy and not busy:
        st.rerun()


def _chart(losses: Sequence[Losses]) -> Chart:
    """Each library's losses by iteration."""
    iterations = [each.iteration for each in losses]
    series = {
        "NumPy": (iterations, [each.ours for each in losses]),
        "PyTorch": (iterations, [each.theirs for each in losses]),
    }
    return lines_chart(_("Loss"), series, dashed=["PyTorch"])


def _apart(losses: Sequence[Losses]) -> str:
    """How far the losses lie apart; "" before any."""
    if not losses:
        return ""
    largest = max(abs(each.ours - each.theirs) for each in losses)
    return _("{count} iterations. Largest difference of the losses: **{largest}**").format(
        count=len(losses), largest=f"{largest:.2e}"
    )
