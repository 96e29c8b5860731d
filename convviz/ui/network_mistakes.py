"""How a network does on pictures it was not trained on: accuracy, confusion matrix, worst mistakes."""

from __future__ import annotations

import streamlit as st

from convviz.figures.training import confusion_figure
from convviz.i18n import _
from convviz.nets.results import Results, evaluate
from convviz.ui.network_subject import Sample, Subject
from convviz.ui.theme import is_dark

WORST, COLUMNS, FACTOR = 9, 3, 3


def mistakes_view(subject: Subject) -> None:
    """The validation split: what is taken for what, and the pictures the network is most wrong about."""
    results = evaluate(subject.net, subject.data, subject.data.validation)
    left, right = st.columns([7, 6])
    with left:
        st.plotly_chart(
            confusion_figure(
                results.confusion,
                subject.names,
                (_("class"), _("taken for")),
                _("{right} of {count} validation pictures right: {share}").format(
                    right=int(results.confusion.trace()),
                    count=len(results.labels),
                    share=f"{results.accuracy:.1%}",
                ),
                is_dark(),
            ),
            key="confusion",
            config={"displayModeBar": False},
            theme=None,
        )
    with right:
        _worst(subject, results)


def _worst(subject: Subject, results: Results) -> None:
    worst = results.worst(WORST)
    st.markdown(f"**{_('Worst mistakes: class → taken for')}**")
    for start in range(0, len(worst), COLUMNS):
        for column, number in zip(
            st.columns(COLUMNS), worst[start : start + COLUMNS], strict=False
        ):
            picture = Sample(subject.data.validation.images[number], None).pixels
            with column:
                st.image(picture.repeat(FACTOR, axis=0).repeat(FACTOR, axis=1), output_format="PNG")
                wrong = subject.names[int(results.predicted[number])]
                right = subject.names[int(results.labels[number])]
                st.button(
                    f"{right} → {wrong}",
                    key=f"mistake {number}",
                    help=_("Follow this picture layer by layer"),
                    on_click=_follow,
                    args=(number,),
                    width="stretch",
                )


def _follow(number: int) -> None:
    st.session_state["source"] = "From the data set"
    st.session_state["sample"] = number
    st.query_params["sample"] = str(number)
    st.session_state["view"] = "Every layer"
