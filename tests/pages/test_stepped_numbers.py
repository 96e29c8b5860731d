"""Numbers of one's own, stepped: every number that a loop writes on the way is NumPy's."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from convviz import avg_pool2d, conv2d, conv2d_backward, max_pool2d, max_pool2d_backward
from convviz.pictures.steps.progress import PanelState
from convviz.text.rows import read_rows
from convviz.trace import Scene
from convviz.ui import step_view
from tests.pages.test_session import opened

ODD = "1.5 -3 1 0;-3.25 -2 -2.5 7;-3.75 2 -2 1|0.5 1 2 -1;3 4 5 0.1;6 7 8 -9"
X = read_rows(ODD)[None]  # (1, 2, 3, 4)
W = np.array([[[[1.0, -2], [0.5, 3]], [[-1, 0], [2, -0.25]]]])  # (1, 2, 2, 2)
DOUT = np.array([[1, -3, 2], [0, 1, -0.5]])
FILTER = {"filter": "Custom", "weights": "1 -2;0.5 3|-1 0;2 -0.25", "kernel": "2", "bias": "-3"}
TYPED = {"dout": "Typed", "gradient": "1 -3 2;0 1 -0.5"}
PIPELINE = json.dumps(
    [["conv", {"bank": ["given", {"weights": FILTER["weights"]}], "bias": [-3.0]}]]
)
DX, DW, DB = conv2d_backward(DOUT[None, None], X, W)
OUT = conv2d(X, W, np.array([-3.0]))
GRADIENTS = np.broadcast_to(DOUT, (1, 2, 2, 3))
CASES: dict[str, tuple[str, dict[str, Any], dict[str, np.ndarray]]] = {
    "convolve": (
        "",
        {"view": "Step through the loop", "padding": "Valid", **FILTER},
        {"out": OUT},
    ),
    "backward": (
        "backward",
        {"padding": "Valid", **FILTER, **TYPED},
        {"dx": DX, "dw": DW, "db": DB},
    ),
    "full correlation": (
        "backward",
        {"view": "As a full correlation", "padding": "Valid", **FILTER, **TYPED},
        {"dx": DX},
    ),
    "feature maps": (
        "feature-maps",
        {"images": ["Numbers"], "show": "Steps", "pipeline": PIPELINE},
        {"out": OUT},
    ),
    "maximum": (
        "pooling",
        {"view": "Forward", "pooling_kernel": "2", "pooling_stride": "1"},
        {"out": max_pool2d(X, 2, 1)},
    ),
    "mean": (
        "pooling",
        {"view": "Forward", "pool": "Average", "pooling_kernel": "2", "pooling_stride": "1"},
        {"out": avg_pool2d(X, 2, 1)},
    ),
    "maximum, backwards": (
        "pooling",
        {"view": "Backward", "pooling_kernel": "2", "pooling_stride": "1", **TYPED},
        {"dx": max_pool2d_backward(GRADIENTS, X, 2, 1)},
    ),
}


def stepped(monkeypatch: pytest.MonkeyPatch, page: str, link: dict[str, Any]) -> Scene:
    """The loop that a page steps through."""
    kept: list[Scene] = []
    monkeypatch.setattr(step_view, "step_through", lambda scene, **_how: kept.append(scene))
    opened(page, image="Numbers", numbers=ODD, **link)
    return kept[-1]


@pytest.mark.parametrize("name", CASES)
def test_each_step_writes_numpys_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, link, expected = CASES[name]
    scene = stepped(monkeypatch, page, link)
    np.testing.assert_array_equal(
        scene.panels["x" if "x" in scene.panels else "dx"].values.shape, X.shape
    )
    progress = PanelState(scene)
    for visit in range(scene.visits):
        progress.at((visit + 1) * scene.steps_per_visit - 1)
        if "out" in expected:  # this cell is written, and no later one
            values = progress.values["out"]
            np.testing.assert_allclose(values[visit], expected["out"].ravel()[visit], atol=1e-12)
            assert np.isnan(values[visit + 1 :]).all()
    for key, values in expected.items():
        np.testing.assert_allclose(progress.values[key], values.ravel(), atol=1e-12, err_msg=key)
