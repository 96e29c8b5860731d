"""One cell of a stage's output, and its neighbours, as a loop to step through."""

from __future__ import annotations

from dataclasses import replace

from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array, Pair, Sides
from convviz.ops.window import Window2d
from convviz.photos.regions import Region
from convviz.pipeline.chain import Pipeline
from convviz.pipeline.stages import Conv, Pool
from convviz.trace import Scene, Variable, avg_pool_scene, conv_scene, max_pool_scene

MOST_CELLS = 6  # rows and columns of output stepped through
MOST_INPUT = 24  # rows and columns of input shown for them, unless one window is larger


def stepped_stage(pipeline: Pipeline, stage: int) -> int | None:
    """The last stage up to this one that has a loop: ReLU has none. None where there is no such stage.

    Examples
    --------
    >>> from convviz.pipeline import Relu
    >>> stepped_stage(Pipeline((Pool("max"), Relu())), 1), stepped_stage(Pipeline((Relu(),)), 0)
    (0, None)
    """
    looped = [k for k in range(stage + 1) if isinstance(pipeline.stages[k], Conv | Pool)]
    return looped[-1] if looped else None


def block_around(row: int, column: int, size: Pair, window: Window2d) -> Region:
    """Output cells around one, as many as can be shown with their windows.

    Parameters
    ----------
    row, column
        The cell.
    size
        (OH, OW) of the whole output.
    window
        The stage's.

    Examples
    --------
    >>> block_around(0, 100, (200, 200), Window2d.make(3, padding=1))
    Region(top=0, left=97, rows=6, columns=6)
    """
    starts, lengths = [], []
    for axis, place in enumerate((row, column)):
        shown = (MOST_INPUT - window.extent[axis]) // window.stride[axis] + 1
        length = min(size[axis], max(1, min(MOST_CELLS, shown)))
        starts.append(max(0, min(place - length // 2, size[axis] - length)))
        lengths.append(length)
    return Region(*starts, *lengths)


def block_scene(stage: Conv | Pool, x: Array, block: Region, *, photo: bool) -> Scene:
    """The loop over a block of a stage's output.

    It runs on what the block's windows cover of the padded input, so every cell has the value it has in the
    whole map. ``map_i`` and ``map_j`` beside the source say which cell of the whole map (i, j) is.

    Parameters
    ----------
    stage
        The convolution or pooling.
    x
        The stage's whole input, shape (N, C, H, W).
    block
        Output cells.
    photo
        Whether the input is the photo: it is then shown in its colours, else on the signed scale.
    """
    window = stage.window
    covered = _covered(window, block)
    x_pad = covered.cut(pad(x, window.padding))
    bare = window.unpadded
    if isinstance(stage, Conv):
        spec = Conv2dSpec(bare, stage.groups)
        scene = conv_scene(x_pad, stage.weights(x.shape[1]), stage.biases, spec)
    elif stage.kind == "max":
        scene = max_pool_scene(x_pad, PoolSpec(bare))
    else:
        scene = avg_pool_scene(x_pad, PoolSpec(bare))
    shown = replace(
        scene.panels["x"],
        label="x_pad" if window.padding != bare.padding else "x",
        colours="image" if photo else "signed",
        frame=_frame(window, covered, (x.shape[2], x.shape[3])),
    )
    places = (
        Variable("map_i", (0, 0, 1, 0), block.top),
        Variable("map_j", (0, 0, 0, 1), block.left),
    )
    return replace(scene, panels=scene.panels | {"x": shown}, variables=(*scene.variables, *places))


def _covered(window: Window2d, block: Region) -> Region:
    """What the windows of a block cover of the padded input."""
    (sh, sw), (eh, ew) = window.stride, window.extent
    return Region(
        block.top * sh,
        block.left * sw,
        (block.rows - 1) * sh + eh,
        (block.columns - 1) * sw + ew,
    )


def _frame(window: Window2d, covered: Region, size: Pair) -> Sides:
    """How many rows and columns of that, on each side, are padding."""
    frame = []
    starts, lengths = (covered.top, covered.left), (covered.rows, covered.columns)
    for axis, (before, _) in enumerate(window.padding):
        end = starts[axis] + lengths[axis]
        frame.append((max(0, before - starts[axis]), max(0, end - before - size[axis])))
    return frame[0], frame[1]
