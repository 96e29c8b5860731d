"""The register: every name in the session, once, with its type, its pages, and what it is for.

A session outlives its pages: two pages that keep different things under one name overwrite each other. What is one
thing on several pages is one setting: the image and its channels wherever a page has them, and the filters, the
window and the place on the photo on the pages that ``entry.py`` names `FILTERED`, `SLIDING` and `PICKED`.
Everything else belongs to its page: a pool's window is not a convolution's, and Backward's region is smaller than
Convolve's.

To add a setting, write a line in ``settings.py`` and call `link.select` or another control with the name that its
page uses. To keep anything else in the session, write a line in ``entries.py``. ``tests/unit/test_register.py``
finds a name in the code that is not here, ``tests/pages/test_session.py`` a value that has another type.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, urlencode

from convviz.ui.state.entries import ENTRIES
from convviz.ui.state.entry import Entry, Setting
from convviz.ui.state.settings import SETTINGS

# Values of a setting that are gone, and the settings that say the same.
FORMER = {("image", "Cat and dog"): [("image", "Cat"), ("together", "Dog")]}
_OF_PAGE = {(page, each.name): each for each in SETTINGS for page in each.pages}


def setting_of(page: str, name: str) -> Setting:
    """The setting that a page calls so.

    Examples
    --------
    >>> setting_of("convolve", "stride") is setting_of("backward", "stride")
    True
    >>> setting_of("pooling", "stride").key, setting_of("pooling", "view").link
    ('pooling_stride', 'view')
    """
    return _OF_PAGE[page, name]


def declared(key: str) -> Entry | None:
    """The line of a name in the session; None if there is none.

    Examples
    --------
    >>> declared("stage 3 stride").what
    'stride of a stage'
    """
    every = (*SETTINGS, *ENTRIES)
    exact = next((each for each in every if each.key == key), None)
    return exact or next((each for each in every if fnmatchcase(key, each.key)), None)


def renamed(page: str, query: str) -> str:
    """A link's query with the names and values that its settings have now: links of before still work.

    Examples
    --------
    >>> renamed("pooling", "stride=2&view=Forward")
    'pooling_stride=2&view=Forward'
    >>> renamed("convolve", "image=Cat+and+dog")
    'image=Cat&together=Dog'
    """
    now: Mapping[str, str] = {each.name: each.link for each in SETTINGS if page in each.pages}
    pairs = parse_qsl(query, keep_blank_values=True)
    named = [(now.get(name, name), value) for name, value in pairs]
    return urlencode([each for pair in named for each in FORMER.get(pair, [pair])])
