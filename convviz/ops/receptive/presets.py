"""Published networks as stacks of layers, each with the input size and the convention it was published with.

Only the main path is listed where there are shortcuts: their fields are smaller, and lie in its middle.
"""

from __future__ import annotations

from dataclasses import dataclass

from convviz.ops.receptive.layers import SAME, Layer
from convviz.ops.receptive.recurrence import receptive_field
from convviz.ops.window import PaddingLike

AFTER = ((0, 1), (0, 1))  # one row and column more at the far side, where Caffe's pooling rounds up
VGG = {11: (1, 1, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
RESNET = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3)}


@dataclass(frozen=True)
class StackPreset:
    """A published stack.

    Parameters
    ----------
    name
        With the convention, where several are in use.
    input_size
        Side of the square input it was published with.
    layers
        Convolutions and pools in order; fully connected layers as convolutions over the whole map.
    source
        Where these settings are published.
    """

    name: str
    input_size: int
    layers: tuple[Layer, ...]
    source: str


def conv(name: str, kernel: int, stride: int = 1, padding: PaddingLike = 0) -> Layer:
    """A convolution."""
    return Layer.make(kernel, stride, padding, name=name)


def pool(name: str, kernel: int, stride: int, padding: PaddingLike = 0) -> Layer:
    """A pooling."""
    return Layer.make(kernel, stride, padding, name=name, kind="pool")


def three_layer() -> StackPreset:
    """The course's network: conv, pool, then a layer that sees everything."""
    layers = (conv("conv", 7, 1, 3), pool("pool", 2, 2), conv("affine", 16))
    return StackPreset("Course: ThreeLayerConvNet", 32, layers, "Stanford CS231n, assignment 2")


def lenet5() -> StackPreset:
    """LeNet-5.

    Examples
    --------
    >>> from convviz import receptive_field
    >>> [record.receptive_field[0] for record in receptive_field(lenet5().layers)]
    [5, 6, 14, 16, 32]
    """
    layers = (conv("C1", 5), pool("S2", 2, 2), conv("C3", 5), pool("S4", 2, 2), conv("C5", 5))
    return StackPreset("LeNet-5", 32, layers, "LeCun et al., Proc. IEEE (1998)")


def _after_conv1(last_kernel: int) -> tuple[Layer, ...]:
    """AlexNet and ZFNet from conv3 on."""
    convs = tuple(conv(f"conv{k}", 3, 1, 1) for k in (3, 4, 5))
    ends = (conv("fc6", last_kernel), conv("fc7", 1)) if last_kernel else ()
    return (*convs, pool("pool5", 3, 2), *ends)


def alexnet() -> StackPreset:
    """AlexNet as Caffe has it: an input of 227, for which every stride divides."""
    first = (conv("conv1", 11, 4), pool("pool1", 3, 2), conv("conv2", 5, 1, 2), pool("pool2", 3, 2))
    source = "Krizhevsky et al. (2012), as in Caffe's bvlc_alexnet"
    return StackPreset("AlexNet (Caffe, 227)", 227, (*first, *_after_conv1(6)), source)


def alexnet_torchvision() -> StackPreset:
    """AlexNet as torchvision has it: an input of 224 with padding 2, where conv1's stride leaves a row over."""
    first = (
        conv("conv1", 11, 4, 2),
        pool("pool1", 3, 2),
        conv("conv2", 5, 1, 2),
        pool("pool2", 3, 2),
    )
    source = "Krizhevsky (2014), as in torchvision"
    return StackPreset("AlexNet (torchvision, 224)", 224, (*first, *_after_conv1(0)), source)


def zfnet() -> StackPreset:
    """ZFNet with the map sizes of its paper: 110, 55, 26, 13, 13, 13, 13, 6."""
    first = (
        conv("conv1", 7, 2, 1),
        pool("pool1", 3, 2, AFTER),
        conv("conv2", 5, 2),
        pool("pool2", 3, 2, AFTER),
    )
    return StackPreset("ZFNet", 224, (*first, *_after_conv1(0)), "Zeiler and Fergus, ECCV (2014)")


def vgg(depth: int) -> StackPreset:
    """VGG-11, 16 or 19: blocks of 3×3 convolutions, each followed by a 2×2 pool."""
    layers: list[Layer] = []
    for block, count in enumerate(VGG[depth], start=1):
        layers += [conv(f"conv{block}_{k}", 3, 1, 1) for k in range(1, count + 1)]
        layers.append(pool(f"pool{block}", 2, 2))
    layers.append(conv("fc6", 7))
    return StackPreset(f"VGG-{depth}", 224, tuple(layers), "Simonyan and Zisserman, ICLR (2015)")


def resnet_basic(depth: int) -> StackPreset:
    """ResNet-18 or 34, main path: two 3×3 convolutions a unit, the stride in the first of a stage."""
    layers = _resnet_start(padding=1)
    for stage, count in enumerate(RESNET[depth], start=1):
        for unit in range(1, count + 1):
            stride = 2 if unit == 1 and stage > 1 else 1
            layers.append(conv(f"{stage}.{unit} 3×3 a", 3, stride, 1))
            layers.append(conv(f"{stage}.{unit} 3×3 b", 3, 1, 1))
    return StackPreset(
        f"ResNet-{depth}", 224, tuple(layers), "He et al., CVPR (2016), as in torchvision"
    )


def resnet50(convention: str) -> StackPreset:
    """ResNet-50, main path; who sets the stride where decides the receptive field.

    Parameters
    ----------
    convention
        "torchvision": in the 3×3 of a stage's first unit (v1.5). "He et al.": in that unit's first 1×1.
        "TF-slim": in the 3×3 of the last unit of all stages but the last.

    Examples
    --------
    >>> from convviz import receptive_field
    >>> for convention in RESNET50:
    ...     print(convention, receptive_field(resnet50(convention).layers)[-1].receptive_field[0])
    torchvision 427
    He et al. 483
    TF-slim 483
    """
    padding, source = RESNET50[convention]
    layers = _resnet_start(padding)
    for stage, count in enumerate(RESNET[50], start=1):
        for unit in range(1, count + 1):
            first = unit == 1 and stage > 1
            last = unit == count and stage < 4
            reduce = 2 if first and convention == "He et al." else 1
            middle = 2 if (last if convention == "TF-slim" else first) else 1
            middle = 1 if convention == "He et al." else middle
            layers.append(conv(f"{stage}.{unit} 1×1 a", 1, reduce))
            layers.append(conv(f"{stage}.{unit} 3×3", 3, middle, 1))
            layers.append(conv(f"{stage}.{unit} 1×1 b", 1))
    field = receptive_field(layers)[-1].receptive_field[0]
    return StackPreset(f"ResNet-50 ({convention}, r = {field})", 224, tuple(layers), source)


RESNET50: dict[str, tuple[PaddingLike, str]] = {
    "torchvision": (1, "torchvision's ResNet-50 (v1.5)"),
    "He et al.": (AFTER, "He et al., CVPR (2016), the released Caffe model"),
    "TF-slim": (SAME, "TensorFlow slim's resnet_v1_50, the one in Distill's table"),
}


def _resnet_start(padding: PaddingLike) -> list[Layer]:
    return [conv("conv1", 7, 2, 3), pool("pool1", 3, 2, padding)]


def mobilenet() -> StackPreset:
    """MobileNet v1: pairs of a depthwise 3×3 and a pointwise 1×1, padded by TensorFlow's SAME."""
    layers = [conv("conv1", 3, 2, SAME)]
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
    for number, stride in enumerate(strides, start=2):
        layers.append(conv(f"conv{number} dw", 3, stride, SAME))
        layers.append(conv(f"conv{number} pw", 1))
    return StackPreset(
        "MobileNet v1", 224, tuple(layers), "Howard et al. (2017), as in TensorFlow slim"
    )


PRESETS = {
    preset.name: preset
    for preset in (
        three_layer(),
        lenet5(),
        alexnet(),
        alexnet_torchvision(),
        zfnet(),
        *map(vgg, VGG),
        *map(resnet_basic, (18, 34)),
        *map(resnet50, RESNET50),
        mobilenet(),
    )
}
