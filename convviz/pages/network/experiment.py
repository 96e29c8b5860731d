"""An experiment of the Network page: what it is, and its result as a table."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.pages.network.charts import Lines


@dataclass(frozen=True)
class Experiment:
    """An experiment as it is shown.

    Parameters
    ----------
    title, text
        What it is called, and what it shows.
    head, rows
        Its result as a table; no rows before it is carried out.
    more
        What is said of the result.
    lines
        The accuracies of a training that goes on; None for none.
    """

    title: str
    text: str
    head: list[str]
    rows: list[list[str]]
    more: str = ""
    lines: Lines | None = None


def introduced(title: str, text: str) -> tuple[str, str]:
    """Say what an experiment is."""
    st.markdown(f"**{title}**")
    st.markdown(text)
    return title, text


def shown(experiment: Experiment) -> Experiment:
    """Show its result, where there is one."""
    if experiment.rows:
        lines = [experiment.head, [":--", *["--:"] * (len(experiment.head) - 1)], *experiment.rows]
        st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    if experiment.more:
        st.markdown(experiment.more)
    return experiment
