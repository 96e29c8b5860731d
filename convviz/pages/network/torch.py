"""The same network in PyTorch: its code, and both trained on the same batches."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.nets.comparison import Comparison, Pair
from convviz.nets.numpy_code import numpy_code
from convviz.nets.torch_twin import has_torch, torch_code
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.ops.errors import SpecError
from convviz.pages.network.exports import offer_network
from convviz.pages.network.training_picture import offer_torch_picture
from convviz.pictures.paper.lines import Series
from convviz.pictures.screen.training import lines_figure
from convviz.text.i18n import _, explain
from convviz.ui.internals import session_watch
from convviz.ui.state.language import fragment
from convviz.ui.theme import is_dark
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings, data_set

ITERATIONS = 60
_JOB = "comparison job"


def torch_view(settings: NetworkSettings) -> None:
    """NumPy's code beside PyTorch's, and the comparison where PyTorch is installed."""
    data = data_set(settings.where, settings.images, settings.standardised)
    try:
        net = settings.build(data)
    except SpecError as error:
        st.error(explain(error))
        return
    offer_network(net, data)
    codes = {
        f"**PyTorch**: {_('made from the stack in the sidebar')}": torch_code(
            net, settings.training
        ),
        f"**NumPy**: {_('the same iteration with the functions of convviz.ops')}": numpy_code(
            net, settings.training
        ),
    }
    left, right = st.columns(2)
    with right:
        _comparison(settings)
    for column, (title, lines) in zip((left, right), codes.items(), strict=True):
        with column:
            st.markdown(title)
            st.code(lines, language=None, wrap_lines=True)
    job: Job[Comparison] | None = st.session_state.get(_JOB)
    pairs = list(job.records) if job else []
    offer_torch_picture(settings, codes, _losses(pairs) if pairs else {}, _apart(pairs))


def _comparison(settings: NetworkSettings) -> None:
    if not has_torch():
        st.markdown(_("With PyTorch installed (pip install '.[torch]'), both can be trained here."))
        return
    st.button(
        _("Train both for {count} iterations").format(count=ITERATIONS),
        on_click=_begin,
        args=(settings,),
    )
    if refused := st.session_state.pop("comparison refused", None):
        st.error(explain(refused))
    job: Job[Comparison] | None = st.session_state.get(_JOB)
    if job is not None:
        busy = job.state in ("waiting", "running")
        fragment(_live, 1.0 if busy else None)(job, busy)


def _begin(settings: NetworkSettings) -> None:
    try:
        data = data_set(settings.where, settings.images, settings.standardised)
        trainer = Trainer(settings.build(data), data, settings.training)
        job = Job(Comparison(trainer, ITERATIONS), session_watch())
        if (before := st.session_state.get(_JOB)) is not None:
            jobs.pool().cancel(before)
        jobs.pool().start(job)
        st.session_state[_JOB] = job
    except SpecError as error:
        st.session_state["comparison refused"] = error


def _live(job: Job[Comparison], was_busy: bool) -> None:
    pairs = list(job.records)
    if job.error:
        st.error(job.error)
    if pairs:
        figure = lines_figure(
            _losses(pairs), (_("Loss"), _("iteration")), is_dark(), dashed=["PyTorch"]
        )
        st.plotly_chart(figure, key="comparison", config={"displayModeBar": False}, theme=None)
        st.markdown(_apart(pairs))
    if was_busy and job.state not in ("waiting", "running"):
        st.rerun()


def _losses(pairs: Sequence[Pair]) -> Series:
    """The loss of each, by iteration."""
    iterations = [pair.iteration for pair in pairs]
    return {
        "NumPy": (iterations, [pair.ours for pair in pairs]),
        "PyTorch": (iterations, [pair.theirs for pair in pairs]),
    }


def _apart(pairs: Sequence[Pair]) -> str:
    """How far the losses lie apart; "" before any."""
    if not pairs:
        return ""
    largest = max(abs(pair.ours - pair.theirs) for pair in pairs)
    return _("{count} iterations. Largest difference of the losses: **{largest}**").format(
        count=len(pairs), largest=f"{largest:.2e}"
    )
