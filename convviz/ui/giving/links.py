"""The link to the view shown: with all its controls, or with some, for a worksheet or a frame in another page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from convviz.pipeline import Given, Own
from convviz.text.i18n import N_, _
from convviz.text.limits import LONG_LINK
from convviz.ui.giving.own_filters import PIPELINE, filters_shown
from convviz.ui.inputs.own_images import shown_own_numbers, shown_own_photos
from convviz.ui.inputs.own_numbers import fit_in_link
from convviz.ui.internals.link import whole_link
from convviz.ui.state.reduced import NONE, ONLY, controls

FIRST = "convolve"
FRAME = (
    '<iframe src="{address}" width="100%" height="720" allow="fullscreen" title="convviz"></iframe>'
)
FRAMES_HELP = N_(
    "The server must allow that page: start it with CONVVIZ_FRAME_ANCESTORS=https://course.example.edu"
)


def offer_link(page: str) -> None:
    """The link to the view, with all controls or some, and the frame that shows it in another page."""
    st.markdown(f"**{_('Link to this view')}**")
    query = whole_link()
    reduced = st.toggle(
        _("Hide controls"),
        key="hide controls",
        help=_(
            "For a worksheet, or a frame in a course page. The page then shows only what you choose."
        ),
    )
    if reduced:
        labels = controls()
        kept = st.multiselect(
            _("Controls that stay"),
            list(labels),
            key="controls kept",
            format_func=lambda name: labels.get(name, name),
            placeholder=_("None"),
        )
        query[ONLY] = [",".join(kept) or NONE]
    address = _address(page, query)
    st.code(address, language=None, wrap_lines=True)
    if reduced:
        st.markdown(_("The same, as a frame in a page"), help=_(FRAMES_HELP))
        st.code(FRAME.format(address=escape(address)), language="html", wrap_lines=True)
    if len(address) > LONG_LINK:
        st.warning(
            _(
                "This link is long: {count} characters. Some programs cut a link after {most}. A scene file "
                "holds everything."
            ).format(count=f"{len(address):,}", most=f"{LONG_LINK:,}")
        )
    filters = filters_shown(query.get(PIPELINE, []))
    if not fit_in_link(shown_own_numbers()) or any(isinstance(each, Given) for each in filters):
        st.caption(_("A link cannot hold so many numbers. A scene file holds everything."))
    if shown_own_photos():
        st.caption(_("A link cannot hold your photo. A scene file holds everything."))
    if any(isinstance(each, Own) for each in filters):
        st.caption(_("A link cannot hold filters you trained. A scene file holds everything."))


def offer_whole_page(page: str) -> None:
    """A link to the same view with all its controls."""
    query = whole_link(without=[ONLY])
    st.link_button(_("Open this view in convviz"), _address(page, query), type="tertiary")


def _address(page: str, query: Mapping[str, Sequence[str]]) -> str:
    """The address of a view. The first page has its name, for a first visit begins with another one."""
    start = f"{(st.context.url or '').rstrip('/')}/"
    if not query and page == FIRST:
        return f"{start}{page}"
    return f"{start}?{urlencode(query, doseq=True)}"
