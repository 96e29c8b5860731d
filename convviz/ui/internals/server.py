"""What Streamlit's server has: uploads, settings, the document and the scripts that it sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from starlette.formparsers import MultiPartParser
from streamlit import config, file_util, runtime
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def files_in(box: Sequence[Any] | None) -> list[UploadedFile]:
    """The files of an upload box that the server still has.

    A message that the browser sent before it heard of the last run can name files that were taken and forgotten.
    """
    return [each for each in box or () if isinstance(each, UploadedFile)]


def forget_uploads(files: Iterable[UploadedFile]) -> None:
    """Let the server forget the bytes of uploads; it keeps them as long as the session otherwise."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return
    kept = runtime.get_instance().uploaded_file_mgr
    if isinstance(kept, MemoryUploadedFileManager):
        for file in files:
            kept.remove_file(context.session_id, file.file_id)


def limit_uploads(megabytes: int) -> None:
    """Let the server accept files of at most so many megabytes, and keep them in memory alone.

    Starlette writes what is larger than a megabyte into a file: a disk that is full would refuse it.
    """
    config.set_option("server.maxUploadSize", megabytes)
    MultiPartParser.spool_max_size = (megabytes + 1) * 2**20


def let_frames_upload() -> None:
    """Let the browser send the cookie without which an upload is refused from inside another site's frame, too."""
    config.set_option("server.xsrfCookieSameSite", "none")


def read_settings_beside(app: str) -> None:
    """Let Streamlit read ``.streamlit/config.toml`` beside this file. Call before the app is made.

    ``streamlit run app.py`` does so by itself. Under another server Streamlit would look beside the main script.
    """
    config._main_script_path = str(Path(app).resolve())


def tell_theme_once() -> None:
    """Let Streamlit read the theme from its settings once, and again when the file is read anew."""
    usual = app_session._populate_theme_msg

    @cache
    def read(section: str) -> NewSession:
        read_now = NewSession()
        usual(read_now.custom_theme, section)
        return read_now

    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        if read(section).HasField("custom_theme"):
            message.MergeFrom(read(section).custom_theme)

    config.on_config_parsed(read.cache_clear, force_connect=True)
    setattr(app_session, "_populate_theme_msg", populate)  # noqa: B010


def static_folder() -> Path:
    """Where the files lie that Streamlit serves below ``static/``."""
    return Path(file_util.get_static_dir()) / "static"


def streamlit_document() -> str:
    """The HTML document that Streamlit sends for every page."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")


@cache
def streamlit_scripts(*elements: str) -> tuple[str, ...]:
    """The scripts of some of Streamlit's elements, with all that they import, below the address of the app.

    Those that the document names already are left out.
    """
    folder, document = static_folder() / "js", streamlit_document()
    found: dict[str, None] = {}

    def add(name: str) -> None:
        if name in found or name in document:
            return
        found[name] = None
        text = (folder / name).read_text("utf-8")
        for each in re.findall(r"""\b(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""", text):
            add(each)

    for element in elements:
        for path in folder.glob(f"{element}.*.js"):
            add(path.name)
    return tuple(f"static/js/{name}" for name in found)
