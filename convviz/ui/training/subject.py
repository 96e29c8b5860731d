"""What is looked at: which network, which picture, and what the network makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.nets.data import Dataset
from convviz.nets.pretrained import pretrained
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.ops.layers import softmax
from convviz.photos.crop import fitted
from convviz.photos.images import Photo, to_chw
from convviz.text.i18n import N_, _
from convviz.ui.inputs.photos import one_image
from convviz.ui.state import history, link
from convviz.ui.training import jobs
from convviz.ui.training.samples import for_the_eye, sample_control

PRETRAINED, MINE = N_("Pretrained"), N_("Trained here")
VALIDATION, PHOTO = N_("From the data set"), N_("A photo")


@dataclass(frozen=True)
class Subject:
    """A network and its data."""

    net: Sequential
    data: Dataset

    @property
    def names(self) -> list[str]:
        """Of the classes, in the language in use."""
        return [_(name) for name in self.data.classes]


@dataclass(frozen=True)
class Sample:
    """A picture as the network is given it."""

    picture: npt.NDArray[np.uint8]  # uint8 (C, H, W)
    label: int | None  # the right class; None for a photo

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """uint8 (H, W, 3), for the eye."""
        return for_the_eye(self.picture)


@st.cache_resource(show_spinner=False)
def _pretrained() -> tuple[Subject, float]:
    net, data, accuracy = pretrained()
    return Subject(net, data), accuracy


def choose_subject() -> Subject:
    """The pretrained network, or the session's own once there is one."""
    training = jobs.current()
    if training is None:
        if link.asked(jobs.WHOSE) == MINE:
            link.add_note(
                _(
                    "This link shows a network from another session, and a link cannot hold a network. If "
                    "you have its checkpoint, open it under Train. Showing the pretrained network."
                )
            )
        return _show_pretrained()
    wanted = st.session_state.get(jobs.WHOSE, st.query_params.get(jobs.WHOSE))
    if wanted not in (MINE, PRETRAINED) and not history.brought_back():
        st.session_state[jobs.WHOSE] = MINE
    chosen = link.choice(_("Network shown"), jobs.WHOSE, [PRETRAINED, MINE])
    if chosen == PRETRAINED:
        return _show_pretrained()
    return Subject(training.reached.net, training.job.trainer.data)


def _show_pretrained() -> Subject:
    subject, accuracy = _pretrained()
    st.markdown(
        _(
            "Pretrained on drawn shapes and textures: right on {share} of {count} test pictures."
        ).format(share=f"{accuracy:.1%}", count=len(subject.data.test))
    )
    return subject


def choose_sample(subject: Subject) -> Sample:
    """A picture of the validation split, or a photo cut to a square and scaled to the network's size."""
    kind = link.choice(_("Picture"), "source", [VALIDATION, PHOTO])
    if kind == PHOTO:
        return photo_sample(one_image(), subject.data.shape)
    validation = subject.data.validation
    number = sample_control(validation, subject.names)
    return Sample(validation.images[number], int(validation.labels[number]))


def pass_through(subject: Subject, sample: Sample) -> Run:
    """The forward pass of one picture."""
    return subject.net.run(subject.data.inputs(sample.picture[None], subject.net.dtype))


def probabilities(run: Run) -> npt.NDArray[np.float64]:
    """Of the classes."""
    return np.asarray(softmax(run.scores.astype(np.float64))[0])


def photo_sample(photo: Photo, shape: tuple[int, int, int]) -> Sample:
    """A photo's middle square at a network's size, without a label."""
    channels, height, width = shape
    pixels = fitted(photo.pixels, (height, width))
    picture = to_chw(pixels, "gray" if channels == 1 else "rgb")  # (C, H, W)
    return Sample(picture.astype(np.uint8), None)
