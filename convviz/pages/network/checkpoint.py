"""A training's checkpoint: a file that the page or ``convviz train`` writes, and that the page opens."""

from __future__ import annotations

from typing import IO, Any

import streamlit as st

from convviz.nets.archive import name_of
from convviz.nets.data import DataError
from convviz.nets.limits import check_stack
from convviz.nets.resume import data_of, load_training, training_bytes
from convviz.nets.stack import stack_text
from convviz.nets.worker import Job
from convviz.ops.errors import SpecError
from convviz.pages.network.controls import LARGEST_BATCH, offered_data
from convviz.text.i18n import _
from convviz.ui.giving.share import File, offer_file
from convviz.ui.internals.session import session_watch
from convviz.ui.saying import say_error
from convviz.ui.training import jobs
from convviz.ui.training.jobs import Training
from convviz.ui.training.settings import NetworkSettings, data_set

_FILE, _REFUSED = "checkpoint opened", "checkpoint refused"


def offer_checkpoint(training: Training) -> None:
    """Offer the training after its last whole iteration as a file, to go on with on the command line."""
    trainer, where = training.job.trainer, training.settings.where
    label, kind = _("Training checkpoint (.npz)"), "application/octet-stream"
    use = _("To continue it, run: convviz train --resume training.npz")
    offer_file(File(label, lambda: training_bytes(trainer, where), "training.npz", kind, use))


def open_control() -> None:
    """A place to drop a checkpoint; its training takes the place of the session's own."""
    with st.popover(_("Open a checkpoint"), width="content"):
        st.file_uploader(
            _("Training checkpoint (.npz)"),
            type="npz",
            key=_FILE,
            on_change=_open,
            help=_(
                "A file saved here under Share and export, or written by convviz train. You can look at its "
                "network in the other views and go on with its training."
            ),
        )
        if refused := st.session_state.get(_REFUSED):
            say_error(refused)


def _open() -> None:
    st.session_state.pop(_REFUSED, None)
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        jobs.put(read_training(file))
    except SpecError as error:
        st.session_state[_REFUSED] = error


def read_training(file: IO[bytes]) -> Training:
    """The training in a file, paused or done, with the settings that would begin such a training here.

    Raises
    ------
    SpecError
        If it is not a checkpoint, is damaged, is of data that is not offered here, or is too large.
    """
    kept = data_of(file)
    where = _where(file, kept)
    file.seek(0)
    trainer = load_training(file, data_set(where, kept["train"], kept["standardised"]))
    net, training = trainer.net, trainer.settings
    check_stack(net.layers, net.input_dim)
    if training.batch_size > LARGEST_BATCH:
        raise SpecError(
            "batch_size",
            training.batch_size,
            LARGEST_BATCH,
            "batches of {value} pictures are too large",
            "use at most {limit}",
        )
    settings = NetworkSettings(
        where,
        kept["train"],
        kept["standardised"],
        stack_text(net.layers[:-1]),
        None,
        net.reg,
        training.seed,
        training,
    )
    return Training(Job(trainer, session_watch()), settings)


def _where(file: IO[bytes], kept: dict[str, Any]) -> str:
    """The data set as this server offers it: never a path that a file names."""
    offered = list(offered_data().values())
    kind = kept["where"].partition(":")[0]
    same = [where for where in offered if where.partition(":")[0] == kind]
    if kept["where"] in same:
        return str(kept["where"])
    if not same:
        raise DataError(
            name_of(file),
            "{value} was trained on {kind}, which this page does not offer",
            "name that data set in CONVVIZ_DATA, or use a checkpoint of another",
            kind=kind[:20],
        )
    return same[0]
