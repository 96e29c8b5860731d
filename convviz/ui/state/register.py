"""Every setting of every page, declared once: its name, its type, and the pages that share it.

A session outlives its pages: two pages that keep different things under one name overwrite each other. What is one
thing on several pages is one setting: the image and its channels wherever a page has them, and on Convolve and
Backward the filters, the window and the place on the photo. Equivariance shares the padding mode. Everything else
belongs to its page: a pool's window is not a convolution's, and Backward's region is smaller than Convolve's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

BOUND = (
    int,
    float,
    bool,
)  # types whose widgets Streamlit keeps in the link itself, under their key


@dataclass(frozen=True)
class Setting:
    """Something a person sets.

    Parameters
    ----------
    name
        What the pages that have it call it.
    kind
        Type of its value in the session.
    pages
        Folders of the pages that share it.
    key
        Its name in the session, which no other setting has.
    """

    name: str
    kind: type
    pages: tuple[str, ...]
    key: str

    @property
    def link(self) -> str:
        """Its name in the link: a widget that Streamlit binds to the link has its key there."""
        return self.key if self.kind in BOUND else self.name


# Pages that share settings, and their settings by type. Of those with the same name, the first has it as its key.
_DECLARED: tuple[tuple[str, dict[type, str]], ...] = (
    (
        "convolve backward pooling receptive_field effective_field sharing equivariance network",
        {str: "image"},
    ),
    ("convolve backward pooling", {list: "together"}),
    ("convolve backward pooling feature_maps", {str: "channels"}),
    ("convolve backward equivariance", {str: "pad_mode"}),
    (
        "convolve backward",
        {
            str: "filter operation padding weights begun",
            list: "more",
            bool: "axes",
            int: "kernel kernel_w stride stride_w dilation dilation_w "
            "pad pad_bottom pad_left pad_right row col",
        },
    ),
    ("convolve", {str: "view shown_image shown_filter", int: "rows columns", float: "bias"}),
    ("backward", {str: "view dout gradient", int: "rows columns dout_row dout_col seed"}),
    (
        "pooling",
        {
            str: "view pool ties dout gradient",
            bool: "axes ceil counted",
            int: "kernel kernel_w stride stride_w pad rows columns row col dout_row dout_col seed",
        },
    ),
    (
        "gradient_check",
        {
            str: "view layer code dtype inputs h",
            int: "rows columns kernel stride pad dilation seed",
        },
    ),
    ("bugs", {str: "bug"}),
    (
        "feature_maps",
        {
            str: "show after colours map_image map_filter map_image_b map_filter_b",
            list: "images",
            bool: "extremes square",
            int: "side map_row map_col",
        },
    ),
    ("receptive_field", {str: "view preset input neighbour axis", bool: "axes"}),
    (
        "effective_field",
        {str: "view weights kernel_size", bool: "relu", int: "depth dilation halving samples"},
    ),
    ("effective_field network", {str: "whose"}),
    (
        "sharing",
        {str: "view matrix example", int: "channels height width filters pad kh kw stride"},
    ),
    ("equivariance", {str: "what filter stride pool", bool: "blur", int: "down across layers"}),
    (
        "network",
        {
            str: "view source class pass data images network init reg rule rate",
            bool: "standardised norm",
            int: "sample seed filters hidden size dropout batch epochs",
        },
    ),
)


def _settings() -> tuple[Setting, ...]:
    made: list[Setting] = []
    taken: set[str] = set()
    for sharing, kinds in _DECLARED:
        pages = tuple(sharing.split())
        for kind, names in kinds.items():
            for name in names.split():
                own = f"{pages[0]}_{name}" if kind in BOUND else f"{pages[0]} {name}"
                made.append(Setting(name, kind, pages, own if name in taken else name))
                taken.add(name)
    return tuple(made)


SETTINGS = _settings()
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


def renamed(page: str, query: str) -> str:
    """A link's query with the names that its settings have now: links of before this register still work.

    Examples
    --------
    >>> renamed("pooling", "stride=2&view=Forward")
    'pooling_stride=2&view=Forward'
    """
    now: Mapping[str, str] = {each.name: each.link for each in SETTINGS if page in each.pages}
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(now.get(name, name), value) for name, value in pairs])
