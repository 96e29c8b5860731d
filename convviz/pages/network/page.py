"""The Network page: train the layers of the other pages as one network, watch it, and open it up."""

from __future__ import annotations

import streamlit as st

from convviz.nets.data import DataError
from convviz.pages.network.controls import experiment_controls, network_controls
from convviz.pages.network.experiments import experiments_view
from convviz.pages.network.mistakes import LAYERS, mistakes_view
from convviz.pages.network.overview import overview_view
from convviz.pages.network.scores import scores_view
from convviz.pages.network.torch import torch_view
from convviz.pages.network.train import train_view
from convviz.text.i18n import N_, _
from convviz.ui.parts import show_notes
from convviz.ui.saying import say_error
from convviz.ui.state import link
from convviz.ui.training.subject import choose_sample, choose_subject

TRAIN, SCORES = N_("Train"), N_("Scores")
MISTAKES, EXPERIMENTS, TORCH = N_("Mistakes"), N_("Experiments"), N_("PyTorch")
VIEWS = [LAYERS, SCORES, MISTAKES, TRAIN, EXPERIMENTS, TORCH]


def render() -> None:
    """Draw the page."""
    link.read_link()
    view = link.choice(_("View"), "view", VIEWS, show_label=False)
    if view in (TRAIN, TORCH, EXPERIMENTS):
        _training_views(view)
        return
    with st.sidebar:
        subject = choose_subject()
        sample = None if view == MISTAKES else choose_sample(subject)
    show_notes()
    if sample is None:
        mistakes_view(subject)
    elif view == LAYERS:
        overview_view(subject, sample)
    else:
        scores_view(subject, sample)


def _training_views(view: str) -> None:
    """The views that begin with a data set; an error in their place if it cannot be read."""
    try:
        if view == EXPERIMENTS:
            where, seed = experiment_controls()
            show_notes()
            experiments_view(where, seed)
            return
        settings = network_controls()
        show_notes()
        settings.data()  # raises DataError
        (train_view if view == TRAIN else torch_view)(settings)
    except DataError as error:
        say_error(error)
