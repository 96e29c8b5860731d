"""One map at a time: large beside its photo, and the loop around one of its cells."""

from __future__ import annotations

import streamlit as st

from convviz.browser.picture import Lattice
from convviz.ops.types import Floats
from convviz.pages.feature_maps.cached import cell_scene, small_maps
from convviz.pages.feature_maps.exports import block_arrays, block_code, map_view
from convviz.pages.feature_maps.grid import VIEW, GridColours, map_limit
from convviz.pages.feature_maps.settings import MapSettings, chosen_cell, pick_cell
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.pipeline import Pipeline, Relu
from convviz.pipeline.stepping import stepped_stage
from convviz.text.i18n import N_, _
from convviz.text.prose import number
from convviz.text.words import shown_name
from convviz.trace import Scene
from convviz.trace.of_numbers import of_numbers
from convviz.trace.steps import cell_step
from convviz.ui.inputs.photos import photo_note
from convviz.ui.places import Wholes, as_convolved, placed
from convviz.ui.step_view import step_view
from convviz.ui.view import MapPart, PhotoPart
from convviz.ui.view.inputs import input_parts

BELOW = 296  # screen pixels kept for what stands above and below a picture
STEPS = N_("Steps")


def one_view(settings: MapSettings, colours: GridColours) -> None:
    """A photo and one of its maps, and what is known of one cell. A pick on either goes to another cell."""
    n, f, row, column = chosen_cell(settings)
    photo, values = settings.photos[n], settings.maps(n)[f]
    box = settings.pipeline.window_on_photo(settings.stage, row, column, settings.shape(n)[1:])
    probed = _probe_sentence((n, f, row, column), values, box)
    said, jump = st.columns([5, 2], vertical_alignment="center")
    said.markdown(probed)
    if stepped_stage(settings.pipeline, settings.stage) is not None:
        jump.button(_("Step through this cell"), on_click=_go_to_steps, width="stretch")
    left = PhotoPart(
        photo.pixels,
        "one photo",
        settings.images[n],
        settings.lattice,
        note=photo_note(photo),
        box=box if box[0] < box[2] and box[1] < box[3] else None,
        group="one map",
        below=BELOW,
    )
    right = MapPart(
        values,
        "one map",
        settings.filters[f],
        settings.lattice,
        box=(row, column, row + 1, column + 1),
        limit=map_limit(settings, n, f, colours),
        group="one map",
        below=BELOW,
    )
    inputs = input_parts(photo, left)
    view = map_view(settings, _("One map"), [[*inputs, right]], probed, (n, f))
    *pixels, _middle = view.show()
    pixel = next(filter(None, pixels), None)
    if cell := right.picked_cell():
        pick_cell(*cell)
    if pixel:
        pick_cell(*settings.lattice.nearest(pixel, settings.size(n)))


def steps_view(settings: MapSettings) -> None:
    """The loop around one cell, at that cell."""
    choices, said = st.columns([7, 2], vertical_alignment="center")
    with choices:
        n, f, row, column = chosen_cell(settings)
    at = stepped_stage(settings.pipeline, settings.stage)
    if at is None:
        st.info(_("ReLU has no loop to step through: it compares each number with 0."))
        return
    alike = [k for k in range(len(settings.photos)) if settings.shape(k) == settings.shape(n)]
    photos = [settings.photos[k] for k in alike]
    scene, block = cell_scene(photos, settings.channels, settings.pipeline, at, row, column)
    if photos[0].signed and at == 0:
        scene = of_numbers(scene, settings.shape(n)[0])
    words = {"i": block.top, "j": block.left, "rows": block.rows, "columns": block.columns}
    text = _(":small[A block of {rows}×{columns} cells from the map's upper left corner on.]")
    if (block.top, block.left) != (0, 0):
        text = _(
            ":small[A block of {rows}×{columns} cells: (i, j) here is (i + {i}, j + {j}) of the map.]"
        )
    said.markdown(text.format(**words))
    stage = settings.pipeline.stages[at]
    assert not isinstance(stage, Relu)
    step_view(
        _placed(scene, settings, photos, at, block),
        "feature-map",
        lambda: block_code(scene, stage),
        start=cell_step(scene, alike.index(n), f, row - block.top, column - block.left),
        arrays=lambda: block_arrays(scene, stage),
        moves=True,
        about=[f"{_('Feature maps')} · {_(STEPS)}", settings.line],
    )


def _placed(
    scene: Scene, settings: MapSettings, photos: list[Photo], at: int, block: Region
) -> Scene:
    """The loop over a block of a stage's maps with its place on the photos."""
    pipeline, field = Pipeline(settings.pipeline.stages[: at + 1]), settings.pipeline.lattice(at)
    pictures = [each for photo in photos for each in small_maps(photo, settings.channels, pipeline)]
    titles = (*settings.filters,) * len(photos)
    pixels = [as_convolved(photo, settings.channels) for photo in photos]
    before = field.effective_padding or (0, 0)
    how = Lattice(
        (block.top * field.jump[0] - before[0], block.left * field.jump[1] - before[1]),
        field.jump,
        field.receptive_field,
    )
    _maps, *size = pipeline.costs(settings.shape(settings.photos.index(photos[0])))[at].output_shape
    maps = Wholes((size[0], size[1]), tuple(pictures), titles)
    names = [shown_name(photo.name) for photo in photos]
    return placed(scene, pixels, names, maps, (block.top, block.left), how)


def _go_to_steps() -> None:
    st.session_state[VIEW] = STEPS


def _probe_sentence(
    cell: tuple[int, int, int, int], values: Floats, box: tuple[int, int, int, int]
) -> str:
    n, f, row, column = cell
    value = f"**out[{n}, {f}, {row}, {column}] = {number(float(values[row, column]))}**"
    top, left, bottom, right = box
    if top >= bottom or left >= right:
        return _("{value}, from padding alone").format(value=value)
    return _(
        "{value}, from rows {top} to {bottom} and columns {left} to {right} of the photo"
    ).format(value=value, top=top, bottom=bottom - 1, left=left, right=right - 1)
