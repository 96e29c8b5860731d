"""The app that every server serves.

``make run``, ``convviz run``, ``streamlit run app.py`` and ``uvicorn app:app`` all start this.
"""

import streamlit as st

from convviz.pages.table import MAIN_SCRIPT
from convviz.ui.internals import read_settings_beside
from convviz.web.lifespan import preload
from convviz.web.routes import routes

read_settings_beside(__file__)
app = st.App(MAIN_SCRIPT, routes=routes(st.get_option("server.baseUrlPath")), lifespan=preload)
