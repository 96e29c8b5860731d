"""The app: page settings and navigation. Run it with ``make run`` or ``streamlit run app.py``."""

import streamlit as st

from convviz.pages import convolve

st.set_page_config(page_title="convviz", layout="wide", initial_sidebar_state=290)
st.navigation(
    [st.Page(convolve.render, title="Convolve", url_path="convolve", default=True)], position="top"
).run()
