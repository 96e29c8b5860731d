"""The settings of a training: the data, the network at its start, and how it is trained."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.nets.data import Dataset, load
from convviz.nets.limits import check_stack
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.text.i18n import _


@dataclass(frozen=True)
class NetworkSettings:
    """Everything chosen in the sidebar."""

    where: str  # the data set, as `convviz.nets.data.load` takes it
    images: int  # how many training images are used
    standardised: bool  # whether inputs are divided by their deviation
    stack: str  # the layers but the last
    weight_scale: float | None  # standard deviation of the initial weights; None is Kaiming's
    reg: float  # weight decay
    seed: int  # of everything random
    training: Settings  # the trainer's settings

    @property
    def line(self) -> str:
        """How the network is trained, in one line."""
        parts = {
            _("Training images"): self.images,
            _("Initial weights"): "Kaiming"
            if self.weight_scale is None
            else f"{self.weight_scale:g}",
            _("Weight decay"): f"{self.reg:g}",
            _("Update rule"): self.training.optimiser,
            _("Learning rate"): f"{self.training.learning_rate:g}",
            _("Batch size"): self.training.batch_size,
            _("Epochs"): self.training.epochs,
        }
        return ", ".join(f"{name} {value}" for name, value in parts.items())

    def data(self) -> Dataset:
        """The data set, read once.

        Raises
        ------
        DataError
            If it cannot be read.
        """
        return data_set(self.where, self.images, self.standardised)

    def build(self) -> Sequential:
        """The network at its start.

        Raises
        ------
        SpecError
            If the stack cannot be read, cannot work, or is too large.
        """
        data = self.data()
        layers = parse_stack(f"{self.stack} affine{len(data.classes)}")
        check_stack(layers, data.shape)
        return Sequential(
            layers,
            data.shape,
            weight_scale=self.weight_scale,
            reg=self.reg,
            seed=self.seed,
        )


@st.cache_resource(max_entries=4, show_spinner=False)
def data_set(where: str, images: int, standardised: bool) -> Dataset:
    """The data set with its first training images."""
    return load(where, standardised).smaller(images)
