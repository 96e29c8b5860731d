"""A change of one setting sends the parts of the view new data, and computes what depends on it once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock, patch
from urllib.parse import parse_qsl, quote_plus

import numpy as np
import pytest
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from convviz.browser.bundle import read
from convviz.ops.conv import conv2d
from convviz.pages.table import MAIN_SCRIPT
from convviz.photos.images import to_chw
from convviz.photos.samples import sample
from convviz.ui.results import forget_results
from convviz.ui.state import live
from tests.pages.unfolding import unfold
from tests.parts import plain_of, text_of


@pytest.mark.parametrize(
    ("key", "value", "times"),
    [("stride", 3, 1), ("pad", 4, 1), ("bias 0", 1.25, 0), ("dilation", 2, 1)],
)
def test_a_change_convolves_once(key: str, value: float, times: int) -> None:
    """Another bias is added to what was convolved."""
    forget_results()  # another test may have made the same map
    at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=60)
    at.query_params["filter"] = "Laplacian"
    unfold(at.run(), "padding")
    with patch("convviz.ui.cache.conv2d", wraps=conv2d) as counted:
        widgets = at.number_input if key == "bias 0" else at.slider
        widgets(key=key).set_value(value).run()
        assert counted.call_count == times
        at.run()
        assert counted.call_count == times, "what was computed is computed again"


def test_a_change_looks_up_few_entries_of_the_session() -> None:
    """A look-up takes 20 microseconds, and each control could ask for the page, the language and the link."""
    at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=60).run()
    usual = SafeSessionState.__getitem__
    with patch.object(SafeSessionState, "__getitem__", autospec=True, side_effect=usual) as looks:
        at.slider(key="stride").set_value(3).run()
    assert not at.exception
    assert 0 < looks.call_count <= 120


class Followed(Exception):
    """The whole page runs."""


def test_the_page_follows_when_the_hand_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before nothing has changed for so long: the browser asks now and then from the first change on."""
    now, asked = [0.0], []
    usual = live.language.fragment

    def fragment(part: Callable[[], None], **how: Any) -> Callable[[], None]:
        if how.get("every") == live.RESTS:
            asked.append(part)
        return usual(part, **how)

    monkeypatch.setattr(live, "monotonic", lambda: now[0])
    monkeypatch.setattr(live.language, "fragment", fragment)
    at = opened("pooling?pooling_stride=1")
    at.slider(key="pooling_kernel").set_value(4).run()
    monkeypatch.setattr(live.st, "rerun", Mock(side_effect=Followed))
    (part,) = asked
    now[0] = 0.9 * live.RESTS
    part()
    live._run_at_rest()  # as the view's next run does
    asked[-1]()  # drawn
    now[0] = 1.8 * live.RESTS
    asked[-1]()
    now[0] = 2.0 * live.RESTS
    with pytest.raises(Followed):
        asked[-1]()


PACKED = read("browser/shared/packed.js")
KINDS = set(re.findall(r"\b([biuf][1248]): \w+Array", PACKED))
CONVOLVE = {"photo picture", "map picture", "map as picture", "lens", "weights grid"}
CHANGES = [
    ("", "stride", 3, CONVOLVE),
    ("", "pad", 4, CONVOLVE),
    ("pooling", "pooling_stride", 3, {"pool photo", "pool map", "pool lens"}),
    ("pooling?pooling_stride=3", "pooling_kernel", 1, {"pool photo", "pool map", "pool lens"}),
    ("pooling", "pooling_pad", 1, {"pool photo", "pool map", "pool lens"}),
    ("?around=Padding", "pad", 0, CONVOLVE),
    ("backward?around=The+photo", "pad", 0, {"convolution-backward stepper", "weights grid"}),
    ("backward", "stride", 2, {"convolution-backward stepper", "weights grid"}),
    ("as-matrix", "stride", 2, {"matrix photo", "product", "weights grid"}),
    ("as-matrix?view=im2col", "pad", 0, {"im2col stepper", "weights grid"}),
    ("as-matrix?view=Product", "stride", 2, {"columns-product stepper", "weights grid"}),
    ("as-matrix?view=dw", "pad", 0, {"dw-product stepper", "weights grid"}),
    ("as-matrix?view=col2im", "stride", 2, {"col2im stepper", "weights grid"}),
    ("transposed", "transposed_stride", 3, {"transposed stepper"}),
    ("equivariance", "down", 7, {"shifted image", "map first", "map after", "map difference"}),
    (
        "receptive-field?stack=a:c5;b:c3",
        "edit stride",
        2,
        {"field photo", "field units", "field layers"},
    ),
]


@pytest.mark.parametrize(("address", "key", "value", "parts"), CHANGES)
def test_a_change_draws_no_part_again(address: str, key: str, value: int, parts: set[str]) -> None:
    """All new data comes in one element; what is said of the settings comes beside it."""
    at = opened(address)
    at.slider(key=key).set_value(value).run()
    assert not at.exception
    (sent,) = (each.proto for each in at.get("bidi_component"))
    assert sent.component_name == "convviz.live"
    data = plain_of(sent)
    assert data["parts"].keys() == parts
    assert {kind for kind, _count in data["kinds"]} <= KINDS, (
        "the browser does not know such numbers"
    )
    assert not at.slider, "a slider is drawn again"


def test_a_number_of_a_grouped_layer_draws_no_part_again() -> None:
    at = opened("groups")
    at.number_input(key="groups_kernel").set_value(5).run()
    assert not at.exception
    (live,) = (each.proto for each in at.get("bidi_component"))
    data = plain_of(live)
    assert data["said"][0] == "Each of 8 filters sees 4 of 4 channels, so it has 4×5×5 weights."
    (marked,) = (line for line in data["said"] if "**" in line)
    assert marked == f"| **Standard** | 8·4·5·5 = 800 | {800 * 28 * 28:,} | 100 % |"
    assert not at.number_input, "a number is drawn again"


@pytest.mark.parametrize(
    ("key", "value"), [("colours", "One scale per map"), ("after", "2"), ("extremes", True)]
)
def test_a_choice_of_the_feature_maps_draws_no_part_again(key: str, value: str | bool) -> None:
    at = opened("feature-maps")
    control = at.toggle(key=key) if value is True else at.selectbox(key=key)
    before = control.value
    control.set_value(value).run()
    assert not at.exception
    (live,) = (each.proto for each in at.get("bidi_component"))
    assert live.component_name == "convviz.live"
    assert before != value


BANKS = {
    '["gabor",{"size":3}]': ("size", 5),
    '["random",{"count":4}]': ("seed", 3),
    '["chosen",{"presets":["Box blur"]}]': ("size", 5),
    '["trained",{}]': ("stride", 2),
    '["given",{"weights":"1 2;3 4~0 1;1 0"}]': ("dilation", 2),
}


@pytest.mark.parametrize("bank", BANKS)
def test_a_number_of_any_filters_draws_no_part_again(bank: str) -> None:
    stages = f'[["conv",{{"bank":{bank}}}],["relu",{{}}]]'
    at = unfold(opened(f"feature-maps?pipeline={quote_plus(stages)}&images=Digit"), "stage 1")
    name, value = BANKS[bank]
    (number,) = (each for each in at.number_input if each.key == f"stage 1 {name}")
    number.set_value(value).run()
    assert not at.exception
    (live,) = (each.proto for each in at.get("bidi_component"))
    assert live.component_name == "convviz.live"
    assert not at.number_input


def test_rows_of_an_array_draw_its_grid() -> None:
    stages = quote_plus('[["conv",{"bank":["given",{"weights":"1 2;3 4~0 1;1 0"}]}]]')
    at = unfold(opened(f"feature-maps?pipeline={stages}&images=Digit"), "stage 1")
    at.number_input(key="stage 1 rows").set_value(3).run()
    assert not at.exception
    (grid,) = (
        each.proto
        for each in at.get("bidi_component")
        if each.proto.component_name.endswith("kernel")
    )
    assert "1 2;3 4;0 0" in text_of(grid)


def test_the_number_of_the_cell_that_is_explained_comes_with_the_map() -> None:
    """It need not be asked for once more when the map is there."""
    at = opened("?stride=2&pad=3")
    lens = next(
        e.proto for e in at.get("bidi_component") if e.proto.component_name.endswith("lens")
    )
    data = plain_of(lens)
    weights = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    x = to_chw(sample("cat").pixels, "rgb").astype(np.float64)
    out = conv2d(x, np.broadcast_to(weights, (1, 3, 3, 3)), stride=2, padding=3)[0]
    assert data["exact"]
    assert data["shown"] == pytest.approx([out[tuple(data["cell"])]])


def test_where_another_control_comes_or_goes_the_whole_page_is_drawn() -> None:
    at = unfold(opened(""), "padding")
    assert "pad" in [each.key for each in at.slider]
    at.button_group(key="padding").set_value("Same").run()
    assert not at.exception
    sliders = [each.key for each in at.slider]
    assert "stride" in sliders
    assert "pad" not in sliders


def test_a_stride_that_follows_the_window_is_drawn_with_it() -> None:
    at = opened("pooling")
    at.slider(key="pooling_kernel").set_value(4).run()
    assert not at.exception
    assert at.slider(key="pooling_stride").value == 4


def test_a_control_comes_when_the_hand_rests_where_the_view_can_wait() -> None:
    at = unfold(opened("pooling?pool=Average"), "more")
    assert at.toggle(key="counted").disabled
    at.slider(key="pooling_pad").set_value(1).run()
    assert not at.toggle, "the page is drawn again"
    at.run()
    assert at.button_group(key="around").value == "The photo"
    assert not at.toggle(key="counted").disabled
    at.slider(key="pooling_pad").set_value(0).run()
    at.run()
    assert "around" not in [each.key for each in at.button_group]
    assert at.toggle(key="counted").disabled


@pytest.mark.parametrize("around", ["The photo", "Padding"])
def test_a_loop_knows_what_lies_around_before_that_is_drawn(around: str) -> None:
    query = f"around={around.replace(' ', '+')}&rows=4&columns=4&row=100&col=100&image=Cat"
    at, whole = opened(f"backward?{query}&pad=0"), opened(f"backward?{query}&pad=1")
    at.slider(key="pad").set_value(1).run()
    (live,) = (each.proto for each in at.get("bidi_component"))
    now = plain_of(live)["parts"]["convolution-backward stepper"]
    expected = next(
        plain_of(each.proto)
        for each in whole.get("bidi_component")
        if each.proto.component_name.endswith("stepper")
    )
    assert now["scene"] == expected["scene"]


def test_what_is_offered_to_take_away_is_of_the_settings_shown() -> None:
    """While it is open, every change draws the whole page."""
    at = opened("")
    at.session_state["share"] = True
    at.run()
    at.slider(key="stride").set_value(3).run()
    assert not at.exception
    assert at.slider(key="stride").value == 3


def opened(address: str) -> AppTest:
    at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=120)
    page, _mark, query = address.partition("?")
    at._page_hash = calc_hash(page)
    for key, value in parse_qsl(query):
        at.query_params[key] = value
    at._run()
    assert not at.exception
    return at


def test_each_side_of_a_layers_padding_stays_while_the_others_are_set() -> None:
    """Each callback is of the last run of the whole page, and knew the sides of then."""
    at = unfold(opened("receptive-field?stack=a:c3p1&receptive_field_axes=true"), "layers")
    told = at._tree.get_widget_states()
    for number, side in enumerate(("top", "bottom", "left", "right"), start=1):
        (slider,) = (each for each in told.widgets if each.id.endswith(f"edit Padding {side}"))
        slider.double_array_value.data[0] = number
        at._run(told)
        assert not at.exception
    assert at.query_params["stack"] == "a:c3p1_2_3_4"
