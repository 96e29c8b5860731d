"""The sidebar shows what the first ten minutes need; the rest lies in groups with a name."""

from __future__ import annotations

import pytest

from tests.pages.test_session import checked, opened


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        ("", {"Padding and dilation", "Region to step through"}),
        ("backward", {"Padding and dilation", "Region to step through"}),
        ("pooling", {"More settings", "Region to step through"}),
        ("as-matrix", {"Padding and dilation", "Region to step through"}),
        ("transposed", {"More settings", "Region to step through"}),
        ("equivariance", {"More settings"}),
        ("effective-field", {"More settings"}),
        ("gradient-check", {"Input", "Sliding window"}),
        ("feature-maps", {"Size and channels"}),
        ("receptive-field", {"Change the layers", "Input and neighbours"}),
    ],
)
def test_what_is_seldom_changed_is_folded(address: str, groups: set[str]) -> None:
    at = opened(address, image="Digit")
    folded = {each.label for each in at.sidebar.expander if not each.proto.expanded}
    assert groups <= folded


@pytest.mark.parametrize(
    ("address", "name", "value", "group"),
    [
        ("", "pad_mode", "reflect", "Padding and dilation"),
        ("pooling", "ceil", "true", "More settings"),
        ("transposed", "axes", "true", "More settings"),
        ("equivariance", "blur", "true", "More settings"),
        ("effective-field", "samples", "1", "More settings"),
        ("receptive-field", "neighbour", "Below", "Input and neighbours"),
        ("gradient-check", "gradient_check_seed", "3", "Input"),
        ("gradient-check", "gradient_check_stride", "2", "Sliding window"),
        ("feature-maps", "square", "true", "Size and channels"),
    ],
)
def test_a_group_is_open_where_the_link_sets_what_lies_in_it(
    address: str, name: str, value: str, group: str
) -> None:
    at = opened(
        address, **({} if address == "feature-maps" else {"image": "Digit"}), **{name: value}
    )
    assert [each.label for each in at.sidebar.expander if each.proto.expanded] == [group]


def test_a_group_stays_as_the_person_left_it_while_its_settings_change() -> None:
    """Streamlit folds it anew where it is told otherwise than in the run before."""
    at = opened(image="Digit")
    for mode in ("reflect", "zeros"):
        at.selectbox(key="pad_mode").set_value(mode)
        checked(at.run())
        checked(
            at._run()
        )  # the change drew the view alone; what comes next may draw the whole page
        (fold,) = (each for each in at.sidebar.expander if each.label == "Padding and dilation")
        assert not fold.proto.expanded
    at = opened(image="Digit", pad_mode="reflect")
    at.selectbox(key="pad_mode").set_value("zeros")
    checked(at.run())
    checked(at._run())
    (fold,) = (each for each in at.sidebar.expander if each.label == "Padding and dilation")
    assert fold.proto.expanded
