"""What is taken away says the same as what was shown."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from PIL import Image

from convviz import SpecError, conv2d, step_through
from convviz.export import (
    ConvCode,
    animated_gif,
    arrays_file,
    numpy_script,
    step_page,
    step_png,
    zip_file,
)
from convviz.export.arrays import scene_arrays
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.pictures.paper import colours as export_colours
from convviz.pictures.paper import pen
from convviz.pictures.steps.drawing import Drawing
from convviz.pictures.steps.inset import SIDE, Inset
from convviz.pictures.steps.progress import PanelState
from convviz.pictures.steps.whereabouts import APART, SEEN_CELL
from convviz.text.i18n import languages, use_language
from convviz.text.limits import MOST_FRAMES
from convviz.trace import Scene, ScenePlace, Trace, conv_scene
from convviz.trace.conv_backward import conv_backward_scene
from convviz.trace.correlation import correlation_scene
from convviz.trace.place import Part, Small
from convviz.trace.pool import avg_pool_scene, max_pool_scene
from convviz.trace.pool_backward import avg_pool_backward_scene, max_pool_backward_scene
from convviz.trace.receptive import receptive_scene
from tests import oracles
from tests.codes import CONV_SETTINGS, B, W, X

RANDOM = np.random.default_rng(5)
SPEC = Conv2dSpec.make((3, 2), stride=(2, 1), padding=1)
PADDED = PoolSpec.make(3, stride=2, padding=1)


def scenes() -> dict[str, Scene]:
    x = RANDOM.normal(size=(1, 2, 5, 4))
    window = SPEC.window
    pooling = PoolSpec.make(2, stride=1)
    return {
        "conv": conv_scene(X, W, B, SPEC),
        "conv backward": conv_backward_scene(
            RANDOM.normal(size=(1, 2, 3, 3)), x, RANDOM.normal(size=(2, 2, 3, 2))
        ),
        "correlation": correlation_scene(
            RANDOM.normal(size=(1, 2, *window.output_size((5, 4)))), W[:, :2], window, (5, 4)
        ),
        "receptive field": receptive_scene([7, 3, 3], [2, 2, 1]),
        "max pool": max_pool_scene(x, pooling),
        "max pool padded": max_pool_scene(x, PADDED),
        "avg pool padded": avg_pool_scene(x, PADDED),
        "max pool backward": max_pool_backward_scene(RANDOM.normal(size=(1, 2, 4, 3)), x, pooling),
        "max pool backward padded": max_pool_backward_scene(
            RANDOM.normal(size=(1, 2, 3, 2)), x, PADDED
        ),
        "avg pool backward padded": avg_pool_backward_scene(
            RANDOM.normal(size=(1, 2, 3, 2)), x, PADDED
        ),
    }


SCENES = scenes()


def embedded(page: str) -> Any:
    return json.loads(re.search(r'id="scene">(.*?)</script>', page, flags=re.S)[1])


def test_a_page_holds_every_number_of_the_scene() -> None:
    scene = SCENES["conv"]
    arrays = embedded(step_page(scene).html)["arrays"]
    for key, panel in scene.panels.items():
        numbers = np.frombuffer(base64.b64decode(arrays[f"values:{key}"]), "<f8")
        np.testing.assert_array_equal(numbers, panel.values.ravel())
    for key, access in scene.accesses.items():
        table = np.frombuffer(base64.b64decode(arrays[f"table:{key}"]), "<i4")
        np.testing.assert_array_equal(table, access.table.ravel())


def test_a_page_asks_nothing_of_the_network() -> None:
    page = step_page(SCENES["conv"]).html
    assert re.findall(r"https?://\S+", page) == []
    assert re.findall(r"(?:src|href)=", page) == []
    assert not re.search(r"^import ", page, flags=re.M)


def test_nothing_in_a_scene_can_end_the_element_that_holds_it() -> None:
    scene = replace(SCENES["conv"], title="</script><b>x", source=("</script>",))
    page = step_page(scene).html
    assert page.count("</script>") == 2
    assert embedded(page)["scene"]["source"] == ["</script>"]
    assert "<title>&lt;/script&gt;&lt;b&gt;x · convviz</title>" in page


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", SCENES)
def test_the_sentence_of_a_picture_has_room(name: str, language: str) -> None:
    """Two lines; a third would stand on the grids' headings."""
    drawing = Drawing(SCENES[name])
    use_language(language)
    try:
        for index in range(0, len(drawing.progress.trace), 7):
            drawing.progress.at(index)
            assert len(drawing.said(index)) <= 2
    finally:
        use_language("en")


def test_a_visit_said_as_a_whole_is_framed_as_a_whole() -> None:
    """Its last step writes one cell; the sentence is about the window."""
    scene = SCENES["max pool backward padded"]

    def framed(shown: Scene) -> int:
        pixels = np.asarray(Drawing(shown).step(scene.steps_per_visit - 1).convert("RGB"))
        return int((pixels == export_colours.MARK).all(axis=2).sum())

    assert framed(scene) > framed(replace(scene, visit=None)) > 0


def test_a_page_speaks_the_language_in_use() -> None:
    use_language("zh")
    try:
        page = step_page(SCENES["conv"]).html
    finally:
        use_language("en")
    assert '<html lang="zh-CN">' in page
    assert embedded(page)["words"]["next"] == "下一步（→）"


def test_a_notebook_shows_the_page_in_a_frame_and_saves_it(tmp_path) -> None:
    page = step_through(X[0], W, np.array(B), stride=(2, 1), padding=1)
    frame = page._repr_html_()
    assert html.unescape(re.search(r'srcdoc="(.*?)" style', frame, flags=re.S)[1]) == page.html
    page.save(tmp_path / "step.html")
    assert (tmp_path / "step.html").read_text("utf-8") == page.html


def test_a_notebook_is_told_what_does_not_go_together() -> None:
    with pytest.raises(SpecError, match="w has 3 channels but x has 1"):
        step_through(np.ones((1, 4, 4)), W)
    with pytest.raises(SpecError, match="kernel 3 exceeds padded input height 2"):
        step_through(np.ones((3, 2, 4)), W)


@pytest.mark.parametrize("name", SCENES)
def test_panels_hold_at_each_step_what_the_steps_so_far_wrote(name: str) -> None:
    """Against a replay that takes every step by itself."""
    scene, trace = SCENES[name], Trace(SCENES[name])
    progress = PanelState(scene)
    expected = {
        key: np.full(panel.values.size, np.nan if panel.fills == "written" else 0.0)
        for key, panel in scene.panels.items()
        if panel.fills != "given"
    }
    if name == "receptive field":  # the input's own field and jump come before the loop
        expected["r"][0] = expected["j"][0] = 1
    for index, step in enumerate(trace):
        for key, cells in step.writes.items():
            panel = scene.panels[scene.accesses[key].panel]
            for place, cell in enumerate(cells):
                if panel.fills == "written":
                    expected[panel.key][cell] = panel.values.ravel()[cell]
                else:
                    terms = step.terms[-1:] if step.phase.by_tap else step.terms
                    expected[panel.key][cell] += terms[place if terms.size > 1 else 0]
        if index % 7 == 0 or index == len(trace) - 1:
            progress.at(index)
            for key, values in expected.items():
                np.testing.assert_allclose(progress.values[key], values, rtol=1e-12, atol=1e-12)
    for key in expected:
        np.testing.assert_allclose(progress.values[key], scene.panels[key].values.ravel())
    progress.at(0)  # going back starts anew
    assert np.isnan(progress.values["out"]).all() if "out" in expected else True


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_can_be_drawn_from_first_to_last_step(name: str) -> None:
    drawing, last = Drawing(SCENES[name]), len(Trace(SCENES[name])) - 1
    pictures = [drawing.step(index) for index in (0, last // 2, last)]
    assert len({picture.tobytes() for picture in pictures}) == 3
    assert len({picture.size for picture in pictures}) == 1


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_can_be_taken_away_in_every_kind(name: str) -> None:
    """Picture, animation, page and arrays; around a maximum lies −∞."""
    scene = SCENES[name]
    steps = [0, scene.steps_per_visit - 1]
    assert Image.open(io.BytesIO(step_png(scene, steps[1]))).format == "PNG"
    assert Image.open(io.BytesIO(animated_gif(scene, steps, 2))).n_frames == 2
    assert embedded(step_page(scene, steps[1]).html)["scene"]["title"] == scene.title
    assert np.load(io.BytesIO(arrays_file(scene_arrays(scene)))).files


def test_around_a_maximum_a_picture_says_infinity_and_keeps_the_colours() -> None:
    """One number that is not finite makes neither the others pale nor the picture fail."""
    drawing = Drawing(SCENES["max pool padded"])
    with patch.object(pen, "_letters", wraps=pen._letters) as letters:
        drawing.step(9)
    assert "−∞" in {call.args[0] for call in letters.call_args_list}
    panels = SCENES["max pool padded"].panels
    (padded,) = (key for key, panel in panels.items() if np.isinf(panel.values).any())
    inside = panels[padded].values[:, :, 1:-1, 1:-1]
    assert drawing.limits[padded] == np.abs(inside).max()


def test_a_drawn_output_fills_with_its_own_colours() -> None:
    scene = conv_scene(X[:1], W[:1], B[:1], SPEC)
    drawing = Drawing(scene)
    grid = next(grid for grid in drawing.sheet.grids if grid.key == "out")
    out = scene.panels["out"].values[0, 0]
    limit = np.abs(out).max()

    def colour(picture: Image.Image, cell: int) -> tuple[int, ...]:
        left, top, _right, _bottom = drawing._place(grid, cell)
        return picture.getpixel((left + 5, top + 5))

    visit = scene.steps_per_visit
    picture = drawing.step(2 * visit - 1)  # two cells are done
    for cell in (0, 1):
        assert colour(picture, cell) == export_colours.signed_colour(out.ravel()[cell], limit)
    assert colour(picture, 2) == export_colours.BLANK


def test_an_animation_has_the_steps_asked_for_at_their_speed() -> None:
    scene = SCENES["max pool"]
    steps = range(4, 60, 5)
    gif = Image.open(io.BytesIO(animated_gif(scene, steps, per_second=5)))
    assert gif.n_frames == len(steps)
    assert gif.info["duration"] == 200
    drawing = Drawing(scene)
    for frame, step in enumerate(steps):
        gif.seek(frame)
        shown = np.asarray(gif.convert("RGB"), dtype=float)
        drawn = np.asarray(drawing.step(step), dtype=float)
        assert np.abs(shown - drawn).mean() < 4  # 256 colours


@pytest.mark.parametrize(
    ("steps", "speed", "says"),
    [
        ([], 2, "an animation of 0 frames cannot be made: choose from 1 to 300"),
        (range(MOST_FRAMES + 1), 2, "an animation of 301 frames"),
        ([0], 0, "0 frames a second is out of range: use more than 0 and at most 50"),
        ([0], 51, "51 frames a second"),
    ],
)
def test_an_animation_that_cannot_be_made_is_refused(steps, speed, says) -> None:
    with pytest.raises(SpecError, match=says):
        animated_gif(SCENES["conv"], steps, speed)


def test_a_still_is_twice_as_fine_as_an_animation() -> None:
    scene = SCENES["max pool"]
    still = Image.open(io.BytesIO(step_png(scene, 9)))
    assert still.size == tuple(2 * side for side in Drawing(scene).sheet.size)


@pytest.mark.parametrize("settings", CONV_SETTINGS, ids=str)
def test_the_numpy_script_computes_what_is_shown(settings, capsys) -> None:
    spec = Conv2dSpec.make((3, 2), **settings)
    names: dict[str, Any] = {}
    exec(numpy_script(ConvCode(X, W, np.array(B), spec)), names)
    window = spec.window
    expected = oracles.conv(
        X, W, B, window.stride, window.padding, window.dilation, 1, spec.padding_mode
    )
    np.testing.assert_allclose(names["out"], expected, rtol=0, atol=1e-9)
    assert capsys.readouterr().out.strip() == str(names["out"])


def test_a_script_reads_a_large_input_from_the_file_beside_it(tmp_path) -> None:
    x = RANDOM.normal(size=(1, 1, 40, 30))
    conv = ConvCode(x, W[:1, :1], np.zeros(1), Conv2dSpec.make((3, 2)))
    save = '\nnp.save("out.npy", out)\n'
    files = {"run.py": numpy_script(conv) + save, "arrays.npz": arrays_file(conv.arrays)}
    with zipfile.ZipFile(io.BytesIO(zip_file(files))) as archive:
        archive.extractall(tmp_path)
    subprocess.run([sys.executable, "run.py"], cwd=tmp_path, check=True, capture_output=True)
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), conv2d(x, conv.w), atol=1e-9)


def test_the_same_files_give_the_same_archive() -> None:
    assert zip_file({"a": "1", "b": b"2"}) == zip_file({"a": "1", "b": b"2"})


def with_a_place(scene: Scene) -> Scene:
    """A scene of 3×2 cells, with a photo of 40×50 and a map of 40×50, the loop's part of both at (20, 30)."""
    pixels = RANDOM.integers(0, 256, (40, 50, 3), dtype=np.uint8)
    rows, columns = (length for _name, length in scene.loops[-2:])
    planes = len(scene.panels["out"].planes)
    map_part = Part(
        (40, 50),
        (20, 30, 20 + rows, 30 + columns),
        (Small(np.full((20, 25), 128, np.uint8)),) * planes,
        tuple(f"map {plane}" for plane in range(planes)),
    )
    photo = Part((40, 50), (20, 30, 25, 34), (Small(pixels),), ("photo",))
    place = ScenePlace(photo, (Small(pixels[20:25, 30:34]),), map_part, (20, 30), (1, 1), (3, 2))
    return replace(scene, place=place)


def test_a_picture_shows_where_the_step_lies_and_counts_as_the_stepper_does() -> None:
    """The part of the photo enlarged, the cells computed so far in the map's part, both named."""
    scene = with_a_place(conv_scene(X[:1], W[:1], B[:1]))
    drawing, visit = Drawing(scene), scene.steps_per_visit
    with patch.object(pen, "_letters", wraps=pen._letters) as letters:
        first, second = drawing.step(visit - 1), drawing.step(2 * visit - 1)
    said = " ".join(call.args[0] for call in letters.call_args_list)
    assert f"cell 2 / {scene.visits}    n = 0" in said
    assert "photo, framed: x_pad" in said
    assert "map 0, framed: out[n, f]" in said
    assert drawing.sheet.place
    x, y = drawing.sheet.place
    made = Inset(scene.place.map, (x + SIDE + APART, y), SEEN_CELL)
    out = scene.panels["out"].values[0, 0].ravel()
    left, top, right, bottom = made.place((20, 31, 21, 32))
    middle = (round((left + right) / 2), round((top + bottom) / 2))
    assert first.getpixel(middle) == export_colours.BLANK
    limit = float(np.abs(out).max())
    assert second.getpixel(middle) == export_colours.signed_colour(float(out[1]), limit)


def test_a_page_has_a_title_the_settings_and_the_photo() -> None:
    scene = with_a_place(conv_scene(X[:1], W[:1], B[:1]))
    page = step_page(scene, about=["Convolve & step", "kernel 3×3", ""]).html
    assert "<h1>Convolve &amp; step</h1>" in page
    assert "<span>kernel 3×3</span>" in page
    assert "<title>Convolve &amp; step · convviz</title>" in page
    assert "img-src data:" in page
    place = embedded(page)["scene"]["place"]
    assert place["photo"]["wholes"][0].startswith("data:image/webp;base64,")
