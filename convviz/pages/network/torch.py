"""The same network in PyTorch: its code, and both trained on the same batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from convviz.export import Tile
from convviz.nets.comparison import Comparison, Losses
from convviz.nets.numpy_code import numpy_code
from convviz.nets.torch_twin import has_torch, torch_code
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.ops.errors import SpecError
from convviz.pages.network.charts import chart_part
from convviz.pages.network.exports import offer_network
from convviz.pages.network.training_picture import settings_line
from convviz.pictures.chart import Chart
from convviz.pictures.paper.tables import CodeTile
from convviz.pictures.training import lines_chart
from convviz.text.i18n import _, explain
from convviz.text.prose import without_markup
from convviz.ui.giving.slides import offer_slide
from convviz.ui.internals import session_watch
from convviz.ui.state.language import fragment
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings

ITERATIONS = 60
_JOB, _REFUSED = "comparison job", "comparison refused"


def torch_view(settings: NetworkSettings) -> None:
    """NumPy's code beside PyTorch's, and the comparison if PyTorch is installed."""
    try:
        net = settings.build()
    except SpecError as error:
        st.error(explain(error))
        return
    offer_network(net, settings.data())
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
        losses = _comparison(settings)
    for column, (title, lines) in zip((left, right), codes.items(), strict=True):
        with column:
            st.markdown(title)
            st.code(lines, language=None, wrap_lines=True)
    _offer_picture(settings, codes, losses)


def _comparison(settings: NetworkSettings) -> Sequence[Losses]:
    """The button, and the losses of both as they come; return those there are."""
    if not has_torch():
        st.markdown(_("Install PyTorch (pip install '.[torch]') to train both here."))
        return []
    label = _("Train both for {count} iterations").format(count=ITERATIONS)
    st.button(label, on_click=_begin, args=(settings,))
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(explain(refused))
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
        st.error(job.error)
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


def _offer_picture(
    settings: NetworkSettings, codes: Mapping[str, str], losses: Sequence[Losses]
) -> None:
    """Offer both codes, and the losses of both, as a picture."""

    def rows() -> list[list[Tile]]:
        found = [[Tile(without_markup(title), CodeTile(lines)) for title, lines in codes.items()]]
        if losses:
            found.append(chart_part(_chart(losses)).tiles())
        return found

    said = [settings_line(settings), _apart(losses)]
    offer_slide([_("Network"), "PyTorch"], said, rows, "pytorch")
