"""The picture's browser part by itself: a blank page, the data Python sends, and a pointer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.browser.bundle import bundle, part, read
from convviz.browser.picture.lattice import Lattice
from convviz.ops.index import tap_index
from convviz.ops.window import Window2d
from convviz.text.words import PICTURE
from tests import receptive_oracle as oracle
from tests.e2e.helpers import until

SIZE = (9, 11)
WINDOWS = [
    Window2d.make((3, 2), padding=((1, 2), (0, 3))),
    Window2d.make((2, 3), stride=(3, 2), padding=1),
    Window2d.make(3, dilation=(2, 3), padding=2),
    Window2d.make((2, 3), stride=(3, 2), dilation=(2, 1)),
    Window2d.make(1, stride=4),
]
SETUP = """([html, css]) => {
    document.body.innerHTML = `<style>body { margin: 30px } ${css}</style>`;
    for (const id of ['photo', 'map']) {
        document.body.insertAdjacentHTML('beforeend', `<div id="${id}">${html}</div>`);
    }
    window.picked = [];
}"""
BRING = """async ([script, id, kind, mark, values]) => {
    const cells = (kind === 'map' ? Float32Array : Uint8Array).from(values, Number);
    window.carrier ??= URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { default: mount } = await import(carrier);
    mount({ data: [{ mark, cells }], parentElement: document.getElementById(id) });
}"""
SHOW = """async ([script, id, data]) => {
    window.shower ??= URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { default: mount } = await import(shower);
    const setTriggerValue = (name, cell) => picked.push([name, cell]);
    window.cleanUp = mount({ data: [data], parentElement: document.getElementById(id), setTriggerValue });
}"""
LATTICE = """async (script) => {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    window.lattice = await import(url);
}"""

Show = Callable[..., None]


@pytest.fixture
def blank(new_page: Callable[..., Page]) -> Page:
    """A page of nothing but places for a photo and a map."""
    page = new_page(viewport={"width": 1000, "height": 1400})
    picture = part("picture")
    page.evaluate(SETUP, [picture.html, picture.css])
    return page


@pytest.fixture
def show(blank: Page) -> Show:
    """A function that shows a photo or a map of `SIZE` on the page, 40 screen pixels a cell."""

    def show_cells(kind: str, cells: Any, *, late: bool = False, **data: Any) -> None:
        rows, columns = np.shape(cells)[:2]
        mark = str(hash(np.asarray(cells).tobytes()))
        sent = {
            "kind": kind,
            "rows": rows,
            "columns": columns,
            "planes": 3 if np.ndim(cells) == 3 else 1,
            "numbers": {"cells": mark},
            "box": [2, 3, 5, 7],
            "padding": [[0, 0], [0, 0]],
            "leftover": [0, 0],
            "limit": None,
            "lattice": {
                "start": [0, 0],
                "step": [1, 1],
                "extent": [3, 3],
                "dilation": [1, 1],
                "layers": [],
            },
            "title": kind,
            "detail": "",
            "note": "",
            "description": kind,
            "group": "test",
            "words": PICTURE,
            "largest": 40,
            "below": 270,
        }
        texts = [str(float(value)).replace("inf", "Infinity") for value in np.ravel(cells)]
        bring = (BRING, [part("cells").js, kind, kind, mark, texts])
        display = (SHOW, [part("picture").js, kind, sent | data])
        for script, values in (display, bring) if late else (bring, display):
            blank.evaluate(script, values)

    return show_cells


@pytest.fixture
def rgb() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (*SIZE, 3), dtype=np.uint8)


@pytest.fixture
def values() -> np.ndarray:
    return np.random.default_rng(2).normal(0, 100, SIZE).astype(np.float32)


def frame(page: Page, kind: str) -> Locator:
    return page.get_by_role("application", name=kind)


def said(page: Page, kind: str) -> Locator:
    return page.locator(f"#{kind}").get_by_label("Value under the pointer")


def point(page: Page, kind: str, row: float, column: float) -> None:
    """Move the pointer to the middle of a cell."""
    box = frame(page, kind).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + (column + 0.5) * 40, box["y"] + (row + 0.5) * 40)


def picks(page: Page) -> list[tuple[int, int]]:
    return [(cell["row"], cell["column"]) for _, cell in page.evaluate("picked")]


def pixels(page: Page, kind: str, width: int = SIZE[1], height: int = SIZE[0]) -> np.ndarray:
    """The colour in the middle of each cell on the screen."""
    run = """([width, height, kind]) => {
        const canvas = document.querySelector(`#${kind} canvas.cells`);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const scale = canvas.width / width;
        const middle = (k) => Math.floor((k + 0.5) * scale);
        const colour = (row, column) => {
            const start = 4 * (middle(row) * canvas.width + middle(column));
            return [...data.slice(start, start + 4)];
        };
        const upTo = (n) => Array.from({ length: n }, (_, k) => k);
        return upTo(height).map((row) => upTo(width).map((column) => colour(row, column)));
    }"""
    return np.array(page.evaluate(run, [width, height, kind]))


def both_ways(page: Page, lattice: dict[str, Any], out: tuple[int, int]) -> list[Any]:
    """The rows and columns each map cell reads, and those of the cells that read each pixel."""
    run = """([lattice, [rows, columns], out]) => {
        const { pixelsOf, readersOf } = window.lattice;
        const grid = (h, w) => Array.from({ length: h * w }, (_, k) => [Math.floor(k / w), k % w]);
        return [
            grid(...out).map((cell) => pixelsOf(lattice, cell)),
            grid(rows, columns).map((pixel) => readersOf(lattice, pixel, out)),
        ];
    }"""
    page.evaluate(LATTICE, read("browser/shared/lattice.js"))
    return page.evaluate(run, [lattice, SIZE, out])


@pytest.mark.parametrize("window", WINDOWS)
def test_the_browser_and_python_find_the_same_cell_nearest_to_a_pixel(
    blank: Page, window: Window2d
) -> None:
    """Also where a pixel lies halfway between two: the lens outlines the cell whose step is shown."""
    (top, _), (left, _) = window.padding
    lattice = Lattice((-top, -left), window.stride, window.extent, window.dilation)
    out = window.output_size(SIZE)
    pixels = list(np.ndindex(*SIZE))
    sent = {"start": lattice.start, "step": lattice.step, "extent": lattice.extent}
    page_says = """([lattice, pixels, out]) => {
        return pixels.map((pixel) => window.lattice.nearestTo(lattice, pixel, out));
    }"""
    blank.evaluate(LATTICE, read("browser/shared/lattice.js"))
    found = blank.evaluate(page_says, [sent, pixels, out])
    assert found == [list(lattice.nearest(pixel, out)) for pixel in pixels]


STACKS = {
    "stride beyond the kernel": [(1, 2, 0, 1), (2, 1, 1, 1)],
    "dilated twice, padded": [(2, 1, 1, 2), (3, 1, 2, 2)],
    "dense behind a dilated layer": [(3, 1, 1, 2), (2, 1, 0, 1)],
}


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)
def test_through_a_stack_with_holes_just_the_live_pixels_correspond(blank: Page, stack: Any):
    """As a gradient by brute force has them, at the border too, where taps in the padding lead nowhere."""
    layers = [((k, k), (s, s), ((p, p), (p, p)), (d, d)) for k, s, p, d in stack]
    sizes = oracle.sizes(layers, SIZE)
    sent = [
        {
            "start": [-p, -p],
            "step": [s, s],
            "extent": [d * (k - 1) + 1] * 2,
            "dilation": [d, d],
            "size": size,
        }
        for (k, s, p, d), size in zip(stack, sizes, strict=False)
    ]
    read_by_cell, readers = both_ways(blank, {"layers": sent}, sizes[-1])
    live = {unit: oracle.gradient(layers, unit, SIZE) > 0 for unit in np.ndindex(*sizes[-1])}
    for unit, (rows, columns) in zip(live, read_by_cell, strict=True):
        assert [[r, c] for r in rows for c in columns] == np.argwhere(live[unit]).tolist()
    for pixel, (rows, columns) in zip(np.ndindex(*SIZE), readers, strict=True):
        seeing = [list(unit) for unit in live if live[unit][pixel]]
        assert [[r, c] for r in rows for c in columns] == seeing


@pytest.mark.parametrize("window", WINDOWS)
def test_map_and_photo_correspond_as_in_the_index_table(blank: Page, window: Window2d):
    """For every map cell the pixels it reads, and for every pixel the map cells that read it."""
    table = tap_index(window, SIZE)
    (top, _), (left, _) = window.padding
    lattice = {
        "start": [-top, -left],
        "step": window.stride,
        "extent": window.extent,
        "dilation": window.dilation,
        "layers": [],
    }
    out = table.shape[:2]
    read_by_cell, readers = both_ways(blank, lattice, out)
    height, width = SIZE
    for (rows, columns), taps in zip(
        read_by_cell, table.reshape(-1, table[0, 0].size), strict=True
    ):
        inside = [
            r * width + c for r in rows for c in columns if 0 <= r < height and 0 <= c < width
        ]
        assert inside == [tap for tap in taps if tap >= 0]
    for pixel, (rows, columns) in enumerate(readers):
        expected = np.argwhere((table == pixel).any(axis=(2, 3))).tolist()
        assert [[r, c] for r in rows for c in columns] == expected


def test_every_pixel_on_the_screen_has_the_colour_of_the_array(blank: Page, show: Show, rgb):
    show("photo", rgb)
    shown = pixels(blank, "photo")
    np.testing.assert_array_equal(shown[..., :3], rgb)
    assert (shown[..., 3] == 255).all()


def test_numbers_may_arrive_after_the_picture_that_shows_them(blank: Page, show: Show, rgb):
    show("photo", rgb, late=True)
    np.testing.assert_array_equal(pixels(blank, "photo")[..., :3], rgb)


def test_zero_is_neutral_and_equal_distances_from_it_are_equally_strong(blank: Page, show: Show):
    show("map", np.array([[-8, 0, 8], [-4, 0, 4]]))
    low, zero, high = pixels(blank, "map", 3, 2)[0, :, :3].astype(int)
    half_low, also_zero, half_high = pixels(blank, "map", 3, 2)[1, :, :3].astype(int)
    assert np.ptp(zero) < 6, "gray, without hue"
    np.testing.assert_array_equal(zero, also_zero)
    assert low[2] > low[0], "blue below"
    assert high[0] > high[2], "orange above"
    share = [
        np.abs(half - zero).sum() / np.abs(end - zero).sum()
        for half, end in ((half_low, low), (half_high, high))
    ]
    assert share[0] == pytest.approx(share[1], abs=0.02)


def test_what_is_not_finite_is_left_out_of_the_scale_and_counted(blank: Page, show: Show):
    show("map", np.array([[np.nan, -2.5, 1], [np.inf, 0, -np.inf]]))
    shown = blank.locator("#map .range")
    expect(shown).to_have_text("Minimum −2.5, maximum 1. 3 cells are not finite")
    point(blank, "map", 0, 0)
    expect(said(blank, "map")).to_have_text("out[0, 0] = NaN")


def test_the_range_is_the_raw_one_even_where_the_scale_is_narrower(blank: Page, show: Show):
    show("map", np.array([[-892, 1148.25]]), limit=1000)
    expect(blank.locator("#map .range")).to_have_text("Minimum −892, maximum 1148.25")
    expect(blank.locator("#map .low")).to_have_text("−1000")
    expect(blank.locator("#map .high")).to_have_text("≥ 1000")


def test_the_pointer_reads_the_numbers_of_every_cell(blank: Page, show: Show, rgb, values):
    show("photo", rgb)
    show("map", np.rint(values))
    for row, column in np.ndindex(SIZE):
        point(blank, "photo", row, column)
        red, green, blue = rgb[row, column]
        expect(said(blank, "photo")).to_have_text(
            f"Row {row}, column {column}: R {red}, G {green}, B {blue}"
        )
        point(blank, "map", row, column)
        value = str(int(np.rint(values[row, column]))).replace("-", "−")
        expect(said(blank, "map")).to_have_text(f"out[{row}, {column}] = {value}")


def test_a_changed_map_changes_what_the_resting_pointer_reads(blank: Page, show: Show):
    show("map", np.full(SIZE, 3))
    point(blank, "map", 1, 1)
    expect(said(blank, "map")).to_have_text("out[1, 1] = 3")
    show("map", np.full(SIZE, 4))
    expect(said(blank, "map")).to_have_text("out[1, 1] = 4")


def test_a_click_picks_the_pixel(blank: Page, show: Show, rgb):
    show("photo", rgb)
    point(blank, "photo", 6, 8)
    blank.mouse.down()
    blank.mouse.up()
    assert picks(blank) == [(6, 8)]


def test_dragging_the_region_keeps_hold_of_it_and_tells_only_at_the_end(
    blank: Page, show: Show, rgb
):
    """The region, rows 2-4 and columns 3-6, centred on (3, 5), held at (2, 4), moved by (3, 2)."""
    show("photo", rgb)
    handle = blank.locator("#photo .handle")
    point(blank, "photo", 2, 4)
    blank.mouse.down()
    point(blank, "photo", 5, 6)
    box, outer = handle.bounding_box(), frame(blank, "photo").bounding_box()
    assert box is not None
    assert outer is not None
    moved = [(box["y"] - outer["y"]) / 40, (box["x"] - outer["x"]) / 40]
    np.testing.assert_allclose(moved, [5, 5], atol=0.1)
    assert picks(blank) == []
    blank.mouse.up()
    assert picks(blank) == [(6, 7)]


def test_arrows_move_the_region_inside_the_photo_and_enter_picks(blank: Page, show: Show, rgb):
    show("photo", rgb)
    frame(blank, "photo").focus()
    for key in ("ArrowUp", "ArrowRight", "Enter", "Shift+ArrowDown", "Enter"):
        blank.keyboard.press(key)
    assert picks(blank) == [(2, 6), (SIZE[0] - 2, 6)]


def test_a_region_that_python_keeps_goes_back(blank: Page, show: Show, rgb):
    show("photo", rgb)
    frame(blank, "photo").focus()
    blank.keyboard.press("ArrowRight")
    before = blank.locator("#photo .handle").bounding_box()
    frame(blank, "photo").blur()
    after = blank.locator("#photo .handle").bounding_box()
    assert before is not None
    assert after is not None
    assert before["x"] - after["x"] == pytest.approx(40, abs=0.5)


def test_pointing_at_one_picture_marks_the_other(blank: Page, show: Show, rgb, values):
    show("photo", rgb, box=None)
    show("map", values, box=None)
    marked = """kind => {
        const canvas = document.querySelector(`#${kind} canvas.marks`);
        const { width, height } = canvas;
        return canvas.getContext('2d').getImageData(0, 0, width, height).data.some(Boolean);
    }"""
    assert not blank.evaluate(marked, "photo")
    point(blank, "map", 2, 2)
    assert blank.evaluate(marked, "photo")
    blank.mouse.move(0, 0)
    assert not blank.evaluate(marked, "photo")


def test_a_picture_taken_off_the_page_listens_no_more(blank: Page, show: Show, rgb, values):
    show("photo", rgb)
    show("map", values)
    blank.evaluate("window.gone = document.querySelector('#map canvas.marks')")
    blank.evaluate("window.before = gone.toDataURL(); cleanUp(); gone.closest('#map').remove()")
    point(blank, "photo", 2, 2)
    expect(said(blank, "photo")).not_to_be_empty()
    assert blank.evaluate("gone.toDataURL() === before")


LISTEN = """() => {
    window.heard = [];
    document.addEventListener('convviz-point', ({ detail }) => heard.push(detail));
}"""
# How many cells of the map have the colour of those that the kernel has not come to.
BLANK = """([rows, columns]) => {
    const canvas = document.querySelector('#map canvas.cells');
    const context = canvas.getContext('2d');
    const side = canvas.width / columns;
    const cells = Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns]);
    const at = (index) => Math.round((index + 0.5) * side);
    const colour = ([row, column]) => context.getImageData(at(column), at(row), 1, 1).data;
    return cells.map((cell) => String([...colour(cell)]) === '250,250,250,255');
}"""


def slide(page: Page) -> Locator:
    return page.locator("#map").get_by_role("button", name="Slide the kernel over the photo")


def unpainted(page: Page) -> list[bool]:
    found: list[bool] = page.evaluate(BLANK, list(SIZE))
    return found


def test_the_kernel_slides_over_the_photo_and_the_map_is_painted_behind_it(
    blank: Page, show: Show, rgb: np.ndarray, values: np.ndarray
) -> None:
    show("photo", rgb)
    show("map", values, slides=True)
    blank.evaluate(LISTEN)
    assert not any(unpainted(blank))
    expect(blank.locator("#photo").get_by_role("button")).to_have_count(0)
    pace = blank.get_by_role("slider", name="Time for the whole map")
    pace.press("End")
    slide(blank).click()
    until(blank, "heard.length && heard.at(-1).painted > 12")
    blank.get_by_role("button", name="Pause").click()
    expect(slide(blank)).to_be_visible()
    steps = blank.evaluate("heard.map(({ cell, painted }) => [cell, painted])")
    counts = [painted for _cell, painted in steps]
    assert counts == sorted(counts)
    for (row, column), painted in steps:
        assert painted == row * SIZE[1] + column + 1
    painted = counts[-1]
    assert unpainted(blank) == [k >= painted for k in range(SIZE[0] * SIZE[1])]
    slide(blank).click()
    until(blank, "heard.at(-1).painted === null")
    assert not any(unpainted(blank))
    assert (
        blank.evaluate("heard.filter(({ painted }) => painted !== null).at(-1).painted") > painted
    )


ASK = """async (script) => {
    window.__streamlit = { BACKEND_BASE_URL: 'http://127.0.0.1/' };
    let asked = 0;
    window.fetch = () => Promise.reject(new Error(String((asked += 1))));
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { exactAt } = await import(url);
    const begun = performance.now();
    for (let step = 0; step < 20; step++) {
        exactAt({ key: 'a', tile: 32, size: [9, 11] }, [0, step % 11]);
        await new Promise((go) => setTimeout(go));
    }
    return [asked, (performance.now() - begun) / 1000];
}"""


def test_while_no_server_answers_a_kernel_that_slides_asks_for_numbers_only_now_and_then(
    blank: Page,
) -> None:
    script = bundle("browser/shared/exact.js") + "\nexport { exactAt };"
    asked, seconds = blank.evaluate(ASK, script)
    assert 1 <= asked <= 1 + seconds / 2


MISSED = """async (script) => {
    window.__streamlit = { BACKEND_BASE_URL: 'http://127.0.0.1/' };
    let asked = 0;
    const given = () => new Response(new Float64Array([5, 6, 7]));
    window.fetch = async () => ((asked += 1) === 1 ? new Response(null, { status: 404 }) : given());
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { exactAt, onFetched } = await import(url);
    const say = () => (window.said = exactAt({ key: 'a', tile: 32, size: [1, 3] }, [0, 1]));
    onFetched(say);
    say();
}"""


def test_a_number_that_the_server_has_not_for_a_moment_comes_where_the_pointer_rests(
    blank: Page,
) -> None:
    """While the page is drawn as a whole the server has forgotten the map's numbers."""
    blank.evaluate(MISSED, bundle("browser/shared/exact.js") + "\nexport { exactAt, onFetched };")
    until(blank, "window.said")
    assert blank.evaluate("[...said]") == [6]


def test_a_press_on_the_photo_lets_the_kernel_rest_and_one_elsewhere_shows_the_whole_map(
    blank: Page, show: Show, rgb: np.ndarray, values: np.ndarray
) -> None:
    show("photo", rgb)
    show("map", values, slides=True)
    blank.evaluate(LISTEN)
    slide(blank).click()
    until(blank, "heard.length && heard.at(-1).moves")
    box = frame(blank, "photo").bounding_box()
    assert box is not None
    blank.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(slide(blank)).to_be_visible()
    assert any(unpainted(blank))
    slide(blank).click()
    until(blank, "heard.at(-1).moves")
    blank.mouse.click(990, 1390)
    assert not any(unpainted(blank))
    slide(blank).click()
    until(blank, "heard.at(-1).moves")
    show("map", -values, slides=True)
    assert not any(unpainted(blank))
    expect(slide(blank)).to_be_visible()
