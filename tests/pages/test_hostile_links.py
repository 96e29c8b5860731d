"""A link may ask for anything: each page shows what can be shown, and says what it did not understand."""

from __future__ import annotations

from itertools import cycle, islice

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from convviz.pages.table import MAIN_SCRIPT, PAGES, PageEntry
from convviz.ui.state.settings import SETTINGS
from tests.pages.unfolding import unfold

# What Python turns into infinity, refuses to read, or reads as something that nobody wrote.
NO_NUMBERS = (
    "1e999",
    "-1e999",
    "9" * 309,
    "9" * 5000,
    "nan",
    "1e-99999999",
    "1_0",
    "٣",
    "0x10",
    "--1",
)
# Under which other settings a page draws its number boxes, beside those that it draws at once.
SIZED, ONE, RANDOM = "Box blur", {"dout": "One cell"}, {"dout": "Random"}
OPENINGS: dict[str, list[dict[str, str]]] = {
    "convolve": [{"axes": "true", "filter": SIZED}],
    "pooling": [{"pooling_axes": "true", "view": "Backward"} | ONE, {"view": "Backward"} | RANDOM],
    "backward": [{"axes": "true", "filter": SIZED} | ONE, RANDOM],
    "lessons": [{"view": "Exercises"}],
    "as_matrix": [
        {"axes": "true", "filter": SIZED},
        {"view": "col2im"} | ONE,
        {"view": "col2im"} | RANDOM,
    ],
    "transposed": [
        {},
        {"axes": "true", "filter": SIZED},
        {"view": "Backward"} | ONE,
        {"view": "Backward"} | RANDOM,
    ],
    "groups": [
        {},
        {"view": "1×1 at each pixel"},
        {"view": "Backward"} | ONE,
        {"view": "Backward"} | RANDOM,
    ],
    "feature_maps": [{"show": "One map", "square": "true"}],
    "network": [{}, {"view": "Train"}],
}


def opened(address: str, query: dict[str, str]) -> AppTest:
    at = AppTest.from_file(MAIN_SCRIPT, default_timeout=60)
    at.query_params.update({"image": "Digit", "images": "Digit"} | query)
    at._page_hash = calc_hash(address)
    at._run()
    return at


FOLDED = ("padding", "more", "region", "input", "window")  # groups of settings
NUMBERS = {
    page: keys
    for page in PAGES
    if (
        keys := [
            each.link
            for each in SETTINGS
            if page.folder in each.pages and each.kind in (int, float)
        ]
    )
}


def numbers(at: AppTest) -> dict[str | None, object]:
    """What stands in every number box and slider."""
    return {each.key: each.value for each in [*at.number_input, *at.slider]}


@pytest.mark.parametrize("page", NUMBERS, ids=lambda page: page.folder)
def test_a_link_whose_numbers_are_none_leaves_every_number_box_as_it_begins(
    page: PageEntry,
) -> None:
    keys = NUMBERS[page]
    drawn = set()
    for k, opening in enumerate(OPENINGS.get(page.folder, [{}])):
        wanted = dict(zip(keys, islice(cycle(NO_NUMBERS), k, None), strict=False))
        at, usual = opened(page.address, opening | wanted), opened(page.address, opening)
        assert not at.exception, at.exception[0].stack_trace
        said = at.warning[0].value if at.warning else ""
        boxes, begun = numbers(unfold(at, *FOLDED)), numbers(unfold(usual, *FOLDED))
        assert boxes == begun
        drawn |= set(boxes)
        for key in set(boxes) & set(keys):
            assert wanted[key][:20] in said.replace("\\", "")
        assert not set(wanted.values()) & set(at.query_params.values())
    assert set(keys) <= drawn


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", {"view": "Step through the loop", "step": "9" * 5000}),
        ("", {"weights": "1e999 1;2 3", "filter": "Custom"}),
        ("", {"filter": "Custom", "weights": " ".join(["1"] * 6000)}),
        ("", {"image": "x" * 11_000}),
        ("network", {"map": "9" * 5000 + "-1"}),
        ("network", {"network": "Own stack", "view": "Train", "stack": "affine9 " * 900}),
        ("receptive-field", {"layer": "9" * 5000}),
        ("receptive-field", {"unit": "9" * 5000 + ",1", "pixel": "1e999,2"}),
        ("receptive-field", {"stack": "a:c" + "9" * 5000}),
        ("feature-maps", {"pipeline": '[["conv",{"bias":[1e999]}]]'}),
        ("feature-maps", {"pipeline": "[" * 9000}),
    ],
)
def test_a_link_that_asks_for_too_much_is_answered_in_a_short_sentence(
    page: str, query: dict[str, str]
) -> None:
    at = opened(page, query)
    assert not at.exception, at.exception[0].stack_trace
    said = [each.value for each in [*at.warning, *at.error]]
    assert said
    assert all(len(sentence) < 2000 for sentence in said)


# What a link may hold where a page expects a name, a list, a switch or numbers.
ODD = (
    "", "0", "-1", "true", "null", "\0", "x" * 9000, "![a](http://evil.example/a.png)",
    "<script>alert(1)</script>",
    "$x$ **b** :material/delete:", "{name} {0} %s", "../../etc/passwd", "1;2;3", "1 2;3", "1e999 1", "nan", "[[[",
    '[["conv",{}]]', '{"a":1}', "a:c3s1p1", "conv3-8 relu", "9" * 400, "١٢", "猫", "\u202e", "1,1", "1-1",
    "f = 99: ?",
)  # fmt: skip


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.folder)
def test_a_link_that_says_odd_things_of_every_setting_is_answered(
    page: PageEntry, turn: int
) -> None:
    keys = [each.link for each in SETTINGS if page.folder in each.pages]
    wanted = dict(zip(keys, islice(cycle(ODD), 7 * turn + len(page.folder), None), strict=False))
    at = opened(page.address, wanted | {"image": "Digit", "images": "Digit"})
    assert not at.exception, at.exception[0].stack_trace
    said = [each.value for each in [*at.warning, *at.error]]
    assert [line for each in said for line in each.splitlines() if len(line) > 1200] == []
    assert "<script>" not in "".join(said).replace("\\<", "")
    at.query_params.clear()
    at.run()  # the app works after it
    assert not at.exception
