"""The PyTorch script that a page gives away computes what the page shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from convviz import conv2d
from convviz.export import Conv, torch_script
from convviz.ops.spec import Conv2dSpec
from tests.unit.test_export import SETTINGS, B, W, X


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_torch_script_computes_what_is_shown(settings) -> None:
    spec = Conv2dSpec.make((3, 2), **settings)
    names: dict[str, Any] = {}
    exec(torch_script(Conv(X, W, np.array(B), spec)), names)
    assert isinstance(names["out"], torch.Tensor)
    expected = conv2d(X, W, np.array(B), **settings)
    np.testing.assert_allclose(names["out"].numpy(), expected, rtol=0, atol=1e-6)
