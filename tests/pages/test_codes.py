"""Every page offers its code, and NumPy's script computes the arrays that the page offers beside it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

PAGES = [
    ("convolve", {"image": "Digit"}),
    ("convolve", {"view": "Step through the loop", "stride": "2"}),
    ("convolve", {"view": "Libraries", "stride": "2"}),
    ("pooling", {"stride": "3", "image": "Digit"}),
    (
        "pooling",
        {"pool": "Average", "channels": "Gray", "ceil": "true", "image": "Digit", "kernel": "3"},
    ),
    ("pooling", {"view": "Forward"}),
    ("pooling", {"view": "Backward", "dout": "Random", "ties": "First"}),
    ("pooling", {"view": "Backward", "dout": "Random", "pool": "Average"}),
    ("pooling", {"view": "Forward", "pad": "1", "row": "0", "pool": "Average", "counted": "false"}),
    ("pooling", {"view": "Libraries", "kernel": "3", "stride": "2", "pad": "1"}),
    ("pooling", {"view": "Visit counts", "kernel": "3", "stride": "2", "ceil": "true"}),
    ("backward", {"view": "Visit counts", "stride": "2"}),
    ("backward", {"dout": "Random", "stride": "2"}),
    ("backward", {"view": "As a full correlation", "dout": "Random", "stride": "2"}),
    ("as_matrix", {"stride": "2", "pad": "1"}),
    ("as_matrix", {"view": "im2col", "pad_mode": "reflect", "dilation": "2", "rows": "7"}),
    ("as_matrix", {"view": "Product", "pad": "1"}),
    ("as_matrix", {"view": "dw", "dout": "Random", "stride": "2", "rows": "6"}),
    ("as_matrix", {"view": "col2im", "dout": "Random", "stride": "2", "rows": "6"}),
    ("transposed", {"transposed_pad": "1", "output_padding": "1"}),
    ("transposed", {"view": "Backward", "dout": "Random", "output_padding": "1"}),
    ("transposed", {"view": "Checkerboard", "transposed_stride": "3"}),
    ("transposed", {"view": "Not the inverse", "channels": "Gray"}),
    ("groups", {}),
    ("groups", {"groups": "2", "view": "Forward"}),
    ("groups", {"groups": "4", "view": "Backward", "dout": "Random"}),
    ("groups", {"groups": "Depthwise, then 1×1", "view": "Forward", "part": "1×1"}),
    ("groups", {"view": "1×1 at each pixel"}),
    ("feature_maps", {"images": ["Digit", "Checkerboard"]}),
    ("feature_maps", {"images": ["Digit"], "show": "One map", "map_filter": "1"}),
    ("feature_maps", {"images": ["Digit"], "show": "Histogram"}),
    ("feature_maps", {"images": ["Digit"], "show": "Difference"}),
    ("feature_maps", {"images": ["Digit"], "show": "Steps"}),
    ("receptive_field", {}),
    ("receptive_field", {"view": "Table and growth"}),
    ("receptive_field", {"view": "Layer by layer"}),
    ("effective_field", {"depth": "4", "samples": "2", "relu": "true", "halving": "2"}),
    ("effective_field", {"view": "Gradient and growth", "depth": "3", "weights": "Equal"}),
    ("effective_field", {"weights": "Trained"}),
    ("effective_field", {"weights": "Trained", "view": "Gradient and growth", "image": "Dog"}),
    ("sharing", {}),
    ("sharing", {"view": "The book's edges"}),
    ("equivariance", {"down": "2", "pool": "Max 2×2"}),
    ("gradient_check", {}),
    ("gradient_check", {"view": "Error against h", "layer": "Max pooling", "code": "= for +="}),
    ("bugs", {"bug": "= for +="}),
    ("network", {}),
    *(
        ("network", {"map": chosen, "cell": "15-9", "pass": direction})
        for chosen in ("0-3", "3-7")
        for direction in ("Forward", "Backward")
    ),
    ("network", {"view": "Scores", "source": "A photo"}),
    ("network", {"view": "Mistakes"}),
    ("network", {"view": "Train"}),
    ("network", {"view": "PyTorch"}),
]
INPUTS = ("x", "x_pad", "w", "b", "dout", "photo", "share")  # or, as the share, of one step
LOOPS = [("view", "Layer by layer"), ("show", "Steps")]  # the arrays are those of the loop


def taken_away(name: str, link: dict[str, Any]) -> dict[str, bytes]:
    """What a view offers, by the label of its button."""

    def script(name):
        from importlib import import_module

        import streamlit as st

        from convviz.ui.giving.share import begin_bar, offered

        begin_bar()
        import_module(f"convviz.pages.{name}.page").render()
        wanted = ("Arrays (.npz)", "Code (.zip)")
        st.session_state["taken"] = [
            (file.label, file.make()) for file in offered() if file.label in wanted
        ]

    at = AppTest.from_function(script, default_timeout=60, kwargs={"name": name})
    for key, value in link.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    taken = at.session_state["taken"]
    assert len(taken) == len(dict(taken)), "no button is there twice"
    return dict(taken)


@pytest.mark.parametrize(("name", "link"), PAGES, ids=str)
def test_every_view_gives_away_code_that_computes_its_arrays(
    name: str, link: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = taken_away(name, link)
    with zipfile.ZipFile(io.BytesIO(taken["Code (.zip)"])) as archive:
        archive.extractall(tmp_path)
    scripts = {path.name.rpartition("_")[2]: path for path in tmp_path.glob("*.py")}
    assert set(scripts) == {"numpy.py", "torch.py"}
    compile(scripts["torch.py"].read_text(), "torch.py", "exec")
    monkeypatch.chdir(tmp_path)
    left: dict[str, Any] = {}
    exec(scripts["numpy.py"].read_text(), left)
    if "Arrays (.npz)" not in taken:
        return
    arrays = np.load(io.BytesIO(taken["Arrays (.npz)"]))
    left |= {f"maps{n}": each for n, each in enumerate(left.get("maps", []))}
    for kind in ("analytic", "numeric"):
        left |= {f"d{name}_{kind}": each for name, each in left.get(kind, {}).items()}
    of_the_loop = any(pair in LOOPS for pair in link.items())
    both = [key for key in arrays if key in left and key not in INPUTS and not of_the_loop]
    assert both or of_the_loop or name == "sharing"
    for variable in both:
        shown = arrays[variable]
        scale = max(1.0, float(np.abs(shown).max(initial=0)))
        np.testing.assert_allclose(left[variable], shown, rtol=0, atol=2e-6 * scale)


def test_the_experiments_are_given_away_as_they_are_set() -> None:
    """Run on smaller networks in tests/unit/test_code.py: these train for half a minute."""
    taken = taken_away("network", {"view": "Experiments", "seed": "3"})
    with zipfile.ZipFile(io.BytesIO(taken["Code (.zip)"])) as archive:
        for name in ("experiments_numpy.py", "experiments_torch.py"):
            script = archive.read(name).decode()
            compile(script, name, "exec")
            assert "seed, classes = 3, 10\n" in script
            assert "range(1, 30 * max(" in script or "range(30 * max(" in script
        with np.load(io.BytesIO(archive.read("arrays.npz"))) as arrays:
            assert len(arrays["pictures"]) == 100
