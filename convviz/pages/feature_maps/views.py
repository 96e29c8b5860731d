"""One map at a time: large beside its photo, and the loop around one of its cells."""

from __future__ import annotations

import streamlit as st

from convviz.browser.picture import show_map, show_photo
from convviz.browser.stepper import step_through
from convviz.ops.types import Floats
from convviz.pages.feature_maps.cached import cell_scene
from convviz.pages.feature_maps.exports import NAME, maps_code, one_map
from convviz.pages.feature_maps.grid import VIEW, GridColours, map_limit
from convviz.pages.feature_maps.picture import offer_map_picture
from convviz.pages.feature_maps.settings import MapSettings, chosen_cell, pick_cell
from convviz.pipeline.stepping import stepped_stage
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.trace.steps import cell_step
from convviz.ui.giving.exports import offer_arrays, offer_code, offer_steps
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.state import history, link

BELOW = 296  # screen pixels kept for what stands above and below a picture
STEPS = "Steps"


def one_view(settings: MapSettings, colours: GridColours) -> None:
    """A photo and one of its maps, and what is known of one cell. A pick on either goes to another cell."""
    n, f, row, column = chosen_cell(settings)
    photo, values = settings.photos[n], settings.maps(n)[f]
    arrays, code = one_map(settings, n, f)
    offer_arrays(arrays, NAME)
    offer_code(code, NAME)
    box = settings.pipeline.window_on_photo(settings.stage, row, column, settings.shape(n)[1:])
    said, jump = st.columns([5, 2], vertical_alignment="center")
    probed = _probe_sentence((n, f, row, column), values, box)
    limit = map_limit(settings, n, f, colours)
    offer_map_picture(settings, (n, f, row, column), box, limit, probed)
    said.markdown(probed)
    if stepped_stage(settings.pipeline, settings.stage) is not None:
        jump.button(_("Step through this cell"), on_click=_go_to_steps, width="stretch")
    left, right = st.columns(2)
    with left:
        pixel = show_photo(
            photo.pixels,
            key="one photo",
            title=settings.images[n],
            detail=photo_detail(photo),
            lattice=settings.lattice,
            box=box if box[0] < box[2] and box[1] < box[3] else None,
            group="one map",
            below=BELOW,
        )
    with right:
        show_map(
            values,
            key="one map",
            title=settings.filters[f],
            detail=f"{values.shape[0]}×{values.shape[1]}",
            lattice=settings.lattice,
            box=(row, column, row + 1, column + 1),
            limit=limit,
            group="one map",
            below=BELOW,
        )
    picked = st.session_state["one map"].picked
    if picked:
        pick_cell(int(picked["row"]), int(picked["column"]))
    if pixel:
        pick_cell(*settings.lattice.nearest(pixel, settings.size(n)))


def steps_view(settings: MapSettings) -> None:
    """The loop around one cell, at that cell."""
    choices, said = st.columns([7, 2], vertical_alignment="center")
    with choices:
        n, f, row, column = chosen_cell(settings)
    stage = stepped_stage(settings.pipeline, settings.stage)
    if stage is None:
        st.info(_("ReLU has no loop to step through: it compares each number with 0."))
        return
    alike = [k for k in range(len(settings.photos)) if settings.shape(k) == settings.shape(n)]
    photos = [settings.photos[k] for k in alike]
    scene, block = cell_scene(photos, settings.channels, settings.pipeline, stage, row, column)
    cell = (alike.index(n), f, row - block.top, column - block.left)
    words = {"i": block.top, "j": block.left, "rows": block.rows, "columns": block.columns}
    said.markdown(
        _(
            ":small[A block of {rows}×{columns} cells: (i, j) here is (i + {i}, j + {j}) of the map.]"
        ).format(**words)
    )
    count = scene.visits * scene.steps_per_visit
    asked = link.step(count)
    last = cell_step(scene, *cell)
    step = step_through(
        scene,
        key="map stepper",
        seek=last if asked is None else asked,
        nonce=f"{last} {history.count()}",
    )
    kept = link.keep_step(step, count)
    offer_steps(scene, last if kept is None else kept, NAME)
    offer_code(lambda: maps_code(settings, (n,), ((0, f),)), NAME)


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
