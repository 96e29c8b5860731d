"""The Lessons page: where to begin, and exercises."""

from __future__ import annotations

from urllib.parse import parse_qs

import streamlit as st

from convviz.browser.exercises import show_exercises
from convviz.lectures import Lesson, say
from convviz.lectures.exercises import LARGEST_SEED, exercises
from convviz.lectures.sheet import sheet
from convviz.lectures.tips import tips
from convviz.pages.leading import begin_lesson, lessons, page_link
from convviz.pages.table import PAGES
from convviz.text.i18n import N_, _
from convviz.text.words import shown_name
from convviz.ui.giving.share import File, offer_file
from convviz.ui.inputs.photos import one_image, photo_note
from convviz.ui.parts import show_notes
from convviz.ui.saying import plain, plain_name
from convviz.ui.state import link
from convviz.ui.state.opening import open_view

BEGIN, EXERCISES, TIPS = N_("Where to begin"), N_("Exercises"), N_("Teaching tips")
COLUMNS = 2
# What each page answers, by its folder.
QUESTIONS = {
    "convolve": N_("What does a filter do to my photo, number by number?"),
    "pooling": N_("What does a pooling window keep, and where does its gradient go?"),
    "backward": N_("Where does a gradient go in the backward pass of a convolution?"),
    "as_matrix": N_("How does a fast layer do the whole loop with one matrix product?"),
    "transposed": N_(
        "How does a small map become a large one, and where does the checkerboard come from?"
    ),
    "groups": N_("What do groups, depthwise and 1×1 convolutions save, and what do they lose?"),
    "gradient_check": N_("Is my gradient right?"),
    "bugs": N_("Why is my layer wrong although the course's check passes?"),
    "feature_maps": N_("What do many filters, one behind the other, see?"),
    "receptive_field": N_("Which pixels does this unit see?"),
    "effective_field": N_("Which of those pixels really count?"),
    "sharing": N_("How many weights does a convolution save, and why?"),
    "equivariance": N_("What happens to the map when the cat moves?"),
    "network": N_("What does a whole network compute, and how does it learn?"),
}


def render() -> None:
    """Draw the page."""
    link.read_link()
    view_column, _rest = st.columns([4, 6])
    with view_column:
        view = link.choice(_("View"), "view", list(VIEWS), show_label=False)
    VIEWS[view]()


def _begin_view() -> None:
    """The lessons, one's own photo, and each page by the question it answers."""
    show_notes()
    st.markdown(
        _(
            "convviz shows how a convolution computes its numbers, on your own photo. A lesson leads you through "
            "the pages; the pages work without it, too."
        )
    )
    pages, own = st.columns([7, 3], gap="medium")
    with pages:
        _lessons()
        st.markdown(f"**{_('Pages')}**")
        for entry in PAGES:
            if entry.folder != "lessons":
                page_link(entry.address, f"{_(QUESTIONS[entry.folder])} **{_(entry.title)}**")
    with own:
        st.markdown(f"**{_('Your photo')}**")
        st.caption(_("Every page shows the photo that you choose, or bring, here."))
        photo = one_image()
        height, width = photo.pixels.shape[:2]
        caption = f"{plain_name(photo.name)} {height}×{width} {photo_note(photo)}".rstrip()
        st.image(photo.pixels, caption=caption, alt=shown_name(photo.name), width="stretch")


def _lessons() -> None:
    """A card for each lesson, in the order to take them."""
    every = list(lessons().values())
    for row in range(0, len(every), COLUMNS):
        columns = st.columns(COLUMNS)
        for k, lesson in enumerate(every[row : row + COLUMNS]):
            with columns[k]:
                _card(row + k + 1, lesson)


def _exercises_view() -> None:
    """Exercises of a seed, and the same on paper."""
    with st.sidebar:
        seed = link.number(_("Seed"), "seed", (0, LARGEST_SEED), 0)
        st.caption(_("The same seed gives everybody the same exercises. The link holds it."))
    show_notes()
    show_exercises(exercises(seed))
    label, use = _("Sheet (.html)"), _("Prints on A4: blanks, and the key on a page of its own.")
    offer_file(File(label, lambda: sheet(seed), f"exercises-{seed}.html", "text/html", use))


def _tips_view() -> None:
    """For each page: what it shows, three settings with the sentence to say, a question, and a common mistake."""
    show_notes()
    titles = {entry.address: _(entry.title) for entry in PAGES}
    for page in tips():
        st.markdown(f"**{titles[page.page]}** {say(page.shows)}")
        for number, setting in enumerate(page.settings):
            with st.container(horizontal=True, vertical_alignment="center"):
                address, _mark, query = setting.view.partition("?")
                st.button(
                    _("Open this view"),
                    key=f"tip {page.page} {number}",
                    on_click=open_view,
                    args=(address, parse_qs(query)),
                )
                st.markdown(f"“{plain(say(setting.say))}”")
        st.markdown(
            f"{_('Ask')}: {plain(say(page.ask))}  \n{_('A mistake')}: {plain(say(page.wrong))}"
        )


def _card(number: int, lesson: Lesson) -> None:
    with st.container(border=True, height="stretch", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{number}. {plain(say(lesson.title))}**  \n{plain(say(lesson.about))}")
        st.button(
            _("Begin ({minutes} min)").format(minutes=lesson.minutes),
            key=f"begin {lesson.name}",
            on_click=begin_lesson,
            args=(lesson.name,),
        )


VIEWS = {BEGIN: _begin_view, EXERCISES: _exercises_view, TIPS: _tips_view}
