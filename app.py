"""The app: page settings and navigation. Run it with ``make run`` or ``streamlit run app.py``."""

import streamlit as st

from convviz.i18n import _
from convviz.pages import convolve
from convviz.ui.language import follow_language
from convviz.ui.share import begin_bar, end_bar

st.set_page_config(page_title="convviz", layout="wide", initial_sidebar_state=290)
follow_language()
pages = [
    st.Page(convolve.render, title=_("Convolve"), url_path="convolve", default=True),
]
page = st.navigation(pages, position="top")
bar = begin_bar()
page.run()
paths = [each.url_path or "convolve" for each in pages]
end_bar(bar, page.url_path or paths[0], paths)
