"""The app that every server serves.

``make run``, ``convviz run``, ``streamlit run app.py`` and ``uvicorn app:app`` all start this.
"""

import os

import streamlit as st
from starlette.middleware import Middleware

from convviz.pages.table import MAIN_SCRIPT
from convviz.ui.internals.server import let_frames_upload, limit_uploads, read_settings_beside
from convviz.web.files import Files
from convviz.web.headers import Headers, other_sites
from convviz.web.lifespan import preload
from convviz.web.routes import routes
from convviz.web.uploads import HOST, upload_limit

read_settings_beside(__file__)
limit_uploads(upload_limit(os.environ.get(HOST) or st.get_option("server.address")))
if other_sites():
    let_frames_upload()
folder = st.get_option("server.baseUrlPath")
app = st.App(
    MAIN_SCRIPT,
    routes=routes(folder),
    middleware=[Middleware(Headers), Middleware(Files, folder)],
    lifespan=preload,
)
