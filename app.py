"""The app: page settings and navigation. Run it with ``make run`` or ``streamlit run app.py``."""

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.pages.backward import page as backward
from convviz.pages.bugs import page as bugs
from convviz.pages.convolve import page as convolve
from convviz.pages.effective_field import page as effective_field
from convviz.pages.equivariance import page as equivariance
from convviz.pages.feature_maps import page as feature_maps
from convviz.pages.gradient_check import page as gradient_check
from convviz.pages.network import page as network
from convviz.pages.pooling import page as pooling
from convviz.pages.receptive_field import page as receptive_field
from convviz.pages.sharing import page as sharing
from convviz.text.i18n import _, explain
from convviz.ui.giving.share import begin_bar, end_bar
from convviz.ui.parts import heading, page_style, say_notes
from convviz.ui.state.carried import turn_to
from convviz.ui.state.language import follow_language

st.set_page_config(page_title="convviz", layout="wide", initial_sidebar_state=290)
page_style()
follow_language()
start = st.Page(convolve.render, title=_("Convolve"), default=True)
pages = [
    start,
    st.Page(pooling.render, title=_("Pooling"), url_path="pooling"),
    st.Page(backward.render, title=_("Backward"), url_path="backward"),
    st.Page(gradient_check.render, title=_("Gradient check"), url_path="gradient-check"),
    st.Page(bugs.render, title=_("Bugs"), url_path="classic-bugs"),
    st.Page(feature_maps.render, title=_("Feature maps"), url_path="feature-maps"),
    st.Page(receptive_field.render, title=_("Receptive field"), url_path="receptive-field"),
    st.Page(effective_field.render, title=_("Effective field"), url_path="effective-field"),
    st.Page(sharing.render, title=_("Sharing"), url_path="sparse-shared"),
    st.Page(equivariance.render, title=_("Equivariance"), url_path="equivariance"),
    st.Page(network.render, title=_("Network"), url_path="network"),
]


def to_start() -> None:
    """The first page stands at /; who types its name after the address comes there too."""
    st.switch_page(start, query_params=st.query_params.to_dict())


named = st.Page(to_start, title=start.title, url_path="convolve", visibility="hidden")
page = st.navigation([*pages, named], position="top")
st.set_page_config(page_title=f"{page.title} · convviz")
heading(page.title)
turn_to(page.url_path)
bar = begin_bar()
try:
    page.run()
except SpecError as error:  # a photo of few pixels, say, under a larger kernel
    st.error(explain(error))
say_notes()
paths = [each.url_path or "convolve" for each in pages]
end_bar(bar, page.url_path or paths[0], paths)
