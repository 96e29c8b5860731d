"""What the Feature maps page shows: images, pipeline, the stage looked at, one of its maps and a cell of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from convviz.browser.picture import Lattice
from convviz.ops.types import Floats, Pair
from convviz.pages.feature_maps.cached import stage_maps
from convviz.pages.feature_maps.stage_controls import pipeline_controls, stage_title
from convviz.pages.feature_maps.stage_list import AFTER, stage_list
from convviz.photos.images import Photo
from convviz.pipeline import Pipeline, Pool, Relu, Shape
from convviz.pipeline.course import SIDE as COURSE_SIDE
from convviz.pipeline.examples import COURSE, EXAMPLES
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.ui.inputs.convolve_controls import channels_control
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.photo_set import SIDE, SQUARE, cut_square, photo_set, put_images
from convviz.ui.parts import in_columns
from convviz.ui.state import link

_EXAMPLE, _PENDING = "pipeline example", "cell picked"
IMAGE, FILTER, ROW, COLUMN = "map_image", "map_filter", "map_row", "map_col"


@dataclass(frozen=True)
class MapSettings:
    """Everything chosen."""

    photos: list[Photo]  # at least one
    channels: str  # "rgb" or "gray"
    pipeline: Pipeline  # the stages that work for every photo; at least one
    stage: int  # index of the stage whose maps are shown

    @property
    def filters(self) -> list[str]:
        """Names of the maps, in the language in use; the photo's channels where no filter came before."""
        names = [name.said for name in self.pipeline.map_names(self.stage)]
        first = self.photos[0]
        alone = _("Numbers") if first.signed else _("Gray")
        return names or [name or alone for name in first.channel_names(self.channels)]

    @property
    def images(self) -> list[str]:
        """Names of the photos, in the language in use."""
        return [shown_name(photo.name) for photo in self.photos]

    @property
    def line(self) -> str:
        """The stages up to the one shown, in one line."""
        titles = []
        for stage in self.pipeline.stages[: self.stage + 1]:
            title = stage_title(stage)
            if not isinstance(stage, Relu):
                title += f" ({window_line(stage.window, pooling=isinstance(stage, Pool))})"
            titles.append(title)
        return " → ".join(titles)

    @property
    def lattice(self) -> Lattice:
        """How the maps lie on the photos. Gaps are kept for a single window; deeper ones are shown whole."""
        field = self.pipeline.lattice(self.stage)
        before = field.effective_padding or (0, 0)
        windows = [one.window for one in self.pipeline.stages[: self.stage + 1]]
        spread = [window for window in windows if window.kernel != (1, 1)]
        dilation = spread[0].dilation if len(spread) == 1 and windows[0] == spread[0] else (1, 1)
        return Lattice((-before[0], -before[1]), field.jump, field.receptive_field, dilation)

    def maps(self, n: int, stage: int | None = None) -> Floats:
        """Whole maps of an image, shape (F, OH, OW), float64; of the stage shown, or of another."""
        shown = self.stage if stage is None else stage
        return stage_maps(self.photos[n], self.channels, self.pipeline, shown)

    def size(self, n: int) -> Pair:
        """(OH, OW) of an image's maps."""
        shape = self.pipeline.costs(self.shape(n))[self.stage].output_shape
        return shape[1], shape[2]

    def shape(self, n: int) -> Shape:
        """(C, H, W) of an image."""
        return _shape(self.photos[n], self.channels)


def photo_controls() -> tuple[list[Photo], str]:
    """Draw what stands above the pipeline in the sidebar; return the images, and "rgb" or "gray"."""
    with st.sidebar:
        st.selectbox(
            _("Example"),
            list(EXAMPLES),
            index=None,
            key=_EXAMPLE,
            format_func=_,
            on_change=_load_example,
            placeholder=_("Load an example"),
        )
        photos = photo_set()
        with fold(_("Size and channels"), "size", (SQUARE, SIDE, "channels")):
            photos = cut_square(photos)
            photo = next((photo for photo in photos if not photo.signed), photos[0])
            return photos, channels_control(photo)


def map_controls(photos: list[Photo], channels: str) -> MapSettings | None:
    """Draw the pipeline in the sidebar; return all settings, with the last stage shown; None where none works."""
    with st.sidebar:
        shapes = [_shape(photo, channels) for photo in photos]
        pipelines = [pipeline_controls(shapes[0])]
        pipelines += [pipelines[0].working(shape)[0] for shape in shapes[1:]]
    pipeline = min(pipelines, key=len)
    if not len(pipeline):
        return None
    return MapSettings(photos, channels, pipeline, len(pipeline) - 1)


def with_stage(settings: MapSettings) -> MapSettings:
    """Choose the stage whose maps are shown."""
    stages = settings.pipeline.stages
    titles = [stage_title(stage) for stage in stages]
    shown = link.select(
        _("Maps after stage"),
        AFTER,
        [str(k + 1) for k in range(len(stages))],
        show_label=False,
        shown=lambda number: f"{number} {titles[int(number) - 1]}",
    )
    return replace(settings, stage=int(shown) - 1)


def chosen_map(settings: MapSettings, suffix: str = "") -> Pair:
    """Choose one map: (n, f). With a suffix, a second one, which is another filter's to begin with."""
    names = [photo.name for photo in settings.photos]
    numbers = [str(f) for f in range(len(settings.filters))]
    if suffix:
        numbers = numbers[1:] + numbers[:1]
    name, number = in_columns(
        lambda: link.select(_("Image"), IMAGE + suffix, names, shown=shown_name, show_label=False),
        lambda: link.select(
            _("Map"),
            FILTER + suffix,
            numbers,
            shown=lambda text: f"f = {text}: {settings.filters[int(text)]}",
            show_label=False,
        ),
    )
    return names.index(name), int(number)


def chosen_cell(settings: MapSettings) -> tuple[int, int, int, int]:
    """Choose one cell: (n, f, i, j)."""
    for key, value in st.session_state.pop(_PENDING, {}).items():
        st.session_state[key] = value
    which, place = st.columns(2)
    with which:
        n, f = chosen_map(settings)
    with place:
        return n, f, *_chosen_place(settings.size(n))


def _chosen_place(size: Pair) -> Pair:
    """Row and column of a map, side by side on a phone too."""
    height, width = size
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown("*i*", width="content")
        row = link.number(_("Row i"), ROW, (0, height - 1), height // 2, show_label=False)
        st.markdown("*j*", width="content")
        column = link.number(_("Column j"), COLUMN, (0, width - 1), width // 2, show_label=False)
    return row, column


def pick_cell(row: int, column: int) -> None:
    """Go to another cell of the map shown; takes effect in the rerun this starts."""
    st.session_state[_PENDING] = {ROW: row, COLUMN: column}
    st.rerun()


def put_cell(settings: MapSettings, cell: tuple[int, int, int, int]) -> None:
    """Choose a map and a cell; for a callback."""
    n, f, row, column = cell
    st.session_state[IMAGE], st.session_state[FILTER] = settings.photos[n].name, str(f)
    st.session_state[ROW], st.session_state[COLUMN] = row, column
    st.query_params.update({ROW: str(row), COLUMN: str(column)})  # their boxes are not there yet


def _load_example() -> None:
    name = st.session_state[_EXAMPLE]
    st.session_state[_EXAMPLE] = None
    if name is None:
        return
    stage_list().put(EXAMPLES[name])
    st.session_state[AFTER] = "1"
    if name == COURSE:
        put_images(("Dog", "Cat"), COURSE_SIDE)
        st.session_state["channels"] = "RGB"


def _shape(photo: Photo, channels: str) -> Shape:
    return (len(photo.channel_names(channels)), *photo.size)
