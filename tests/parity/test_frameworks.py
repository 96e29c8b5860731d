"""What convviz says that PyTorch gives is what PyTorch gives. Run with ``make parity``."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from convviz.ops.frameworks import STRIDED_SAME, conv_elsewhere, same_sides
from convviz.ops.padding import PADDING_MODES
from convviz.ops.spec import Conv2dSpec
from convviz.ops.window import Window2d

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("padding", [0, 1, (2, 1)])
def test_a_convolution_with_these_settings(stride, dilation, padding) -> None:
    x, w, b = RNG.normal(size=(2, 9, 8)), RNG.normal(size=(3, 2, 3, 2)), RNG.normal(size=3)
    spec = Conv2dSpec.make((3, 2), stride=stride, padding=padding, dilation=dilation)
    answer = conv_elsewhere(x, w, b, spec)[0]
    tensors = [torch.from_numpy(each) for each in (x[None], w, b)]
    out = F.conv2d(*tensors, stride=stride, padding=padding, dilation=dilation)[0]
    np.testing.assert_allclose(answer.out, out.numpy(), atol=1e-12)


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize("sides", [((1, 1), (2, 2)), ((2, 1), (0, 3)), ((0, 0), (0, 0))])
def test_the_line_that_is_said_gives_the_map_that_is_shown(mode, sides) -> None:
    """With every padding mode: ``conv2d`` itself adds zeros, as many above as below."""
    x, w, b = RNG.normal(size=(2, 9, 8)), RNG.normal(size=(3, 2, 3, 2)), RNG.normal(size=3)
    spec = Conv2dSpec.make((3, 2), stride=2, padding=sides, padding_mode=mode)
    answer = conv_elsewhere(x, w, b, spec)[0]
    tensors = dict(zip("xwb", map(torch.from_numpy, (x[None], w, b)), strict=True))
    call = answer.call
    if "F.pad" not in call:
        call = call.replace("conv2d(", "conv2d(x, w, b, ")
    out = eval(call, {"F": F, "conv2d": F.conv2d, **tensors})[0]
    np.testing.assert_allclose(answer.out, out.numpy(), atol=1e-12)


def test_same_with_a_stride_is_refused() -> None:
    x, w = RNG.normal(size=(1, 7, 7)), RNG.normal(size=(1, 1, 3, 3))
    window = Window2d.make(3, 2)
    spec = Conv2dSpec.make(3, stride=2, padding=same_sides((7, 7), window))
    assert conv_elsewhere(x, w, np.zeros(1), spec, same=True)[0].refused == STRIDED_SAME
    with pytest.raises(RuntimeError, match="same"):
        F.conv2d(torch.zeros(1, 1, 7, 7), torch.zeros(1, 1, 3, 3), stride=2, padding="same")


@pytest.mark.parametrize("setting", [(32, 1, 2, 0), (5, 2, 2, 1), (5, 3, 3, 1), (112, 3, 2, 1)])
def test_rounding_up_gives_the_size_of_a_pool_in_ceil_mode(setting) -> None:
    size, kernel, stride, padding = setting
    ours = Window2d.make(kernel, stride, padding).output_size((size, size), ceil_mode=True)
    out = F.max_pool2d(torch.zeros(1, 1, size, size), kernel, stride, padding, ceil_mode=True)
    assert tuple(out.shape[2:]) == ours
