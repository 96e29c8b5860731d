"""The PyTorch script that a page offers computes what the page shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from convviz import conv2d
from convviz.export import ConvCode, torch_script
from convviz.ops.spec import Conv2dSpec
from tests.codes import CASES, CONV_SETTINGS, B, W, X, agree, run


@pytest.mark.parametrize("settings", CONV_SETTINGS, ids=str)
def test_the_torch_script_computes_what_is_shown(settings) -> None:
    spec = Conv2dSpec.make((3, 2), **settings)
    names: dict[str, Any] = {}
    exec(torch_script(ConvCode(X, W, B, spec)), names)
    assert isinstance(names["out"], torch.Tensor)
    expected = conv2d(X, W, B, **settings)
    np.testing.assert_allclose(names["out"].numpy(), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_the_torch_script_of_a_page_computes_what_it_shows(name, tmp_path, monkeypatch) -> None:
    case = CASES[name]
    script = torch_script(case.code)
    assert "convviz" not in "".join(line for line in script.splitlines() if "import" in line)
    names = run(script, case.code, tmp_path, monkeypatch)
    for variable, value in (case.left | case.torch_left).items():
        agree(names[variable], value, variable)
