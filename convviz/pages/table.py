"""The pages of the app in one table. The main script, the routes, the scripts and the tests read it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from convviz.text.i18n import N_

MAIN_SCRIPT = Path(__file__).with_name("main.py")


class PageEntry(NamedTuple):
    """Where a page stands.

    Parameters
    ----------
    title
        In the bar at the top; in English.
    folder
        Its folder beside this module. Its ``page.py`` draws it with ``render()``.
    address
        What comes after the server's address in its link; "" for the page that opens first.
    """

    title: str
    folder: str
    address: str

    @property
    def module(self) -> str:
        """The module that draws it.

        Examples
        --------
        >>> PAGES[1].module
        'convviz.pages.convolve.page'
        """
        return f"convviz.pages.{self.folder}.page"

    @property
    def name(self) -> str:
        """What a scene file calls it: its address, or its folder where it has none.

        Examples
        --------
        >>> PAGES[1].name, PAGES[2].name
        ('convolve', 'pooling')
        """
        return self.address or self.folder


# In the order of the bar. An address stays what it is: links to it are in lecture notes.
PAGES = (
    PageEntry(N_("Lessons"), "lessons", "lessons"),
    PageEntry(N_("Convolve"), "convolve", ""),
    PageEntry(N_("Pooling"), "pooling", "pooling"),
    PageEntry(N_("Backward"), "backward", "backward"),
    PageEntry(N_("As a matrix"), "as_matrix", "as-matrix"),
    PageEntry(N_("Transposed"), "transposed", "transposed"),
    PageEntry(N_("Groups"), "groups", "groups"),
    PageEntry(N_("Gradient check"), "gradient_check", "gradient-check"),
    PageEntry(N_("Bugs"), "bugs", "classic-bugs"),
    PageEntry(N_("Feature maps"), "feature_maps", "feature-maps"),
    PageEntry(N_("Receptive field"), "receptive_field", "receptive-field"),
    PageEntry(N_("Effective field"), "effective_field", "effective-field"),
    PageEntry(N_("Sharing"), "sharing", "sparse-shared"),
    PageEntry(N_("Equivariance"), "equivariance", "equivariance"),
    PageEntry(N_("Network"), "network", "network"),
)
