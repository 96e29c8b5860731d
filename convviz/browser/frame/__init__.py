"""The page around what Streamlit shows: its language, another address to go to, what to say of a failed file."""

from __future__ import annotations

from convviz.browser.mount import mount
from convviz.text.i18n import _

_component = mount("frame")


def frame(*, language: str, address: str | None = None, busy: bool = False) -> None:
    """Tell the browser the page's language and whether to ask before it is left, and send it to an address.

    Parameters
    ----------
    language
        As HTML names it, such as ``"zh-CN"``.
    address
        A link relative to the page's, or None to stay.
    busy
        Whether something is going on that would be lost: the browser then asks before it leaves or reloads.
    """
    failed = _("This file could not be made. Other settings may work.")
    _component(
        key="frame",
        data={"language": language, "address": address, "failed": failed, "busy": busy},
    )
