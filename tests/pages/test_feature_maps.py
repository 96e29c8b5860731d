"""The script of the Feature maps page, run without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from convviz.pipeline.examples import EXAMPLES

VIEWS = ("All maps", "One map", "Histogram", "Difference", "Steps")


def page(**query: str) -> AppTest:
    def script() -> None:
        from convviz.pages import feature_maps

        feature_maps.render()

    at = AppTest.from_function(script, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("after", ["1", "2", "3"])
def test_every_view_opens_after_every_stage(view: str, after: str) -> None:
    at = page(show=view, after=after)
    assert not at.exception
    assert not at.warning


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_loads_and_shows_its_costs(example: str) -> None:
    at = page()
    at.selectbox(key="example").set_value(example).run()
    assert not at.exception
    cost = EXAMPLES[example].costs((3, 512, 512))[0]
    if example != "The course's two filters":
        said = f"{cost.multiply_adds:,} multiply–adds"
        assert any(said in text.value for text in at.markdown)


def test_a_broken_pipeline_in_the_link_is_said_and_replaced() -> None:
    at = page(pipeline="conv;nonsense")
    assert not at.exception
    assert at.warning
