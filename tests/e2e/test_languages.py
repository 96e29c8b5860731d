"""Every page in every language, in both themes, for everybody."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from convviz.pages.table import PAGES
from convviz.text.i18n import LOCALE
from scripts.serving import COMMAND, ROOT, Server, running
from tests.e2e.helpers import open_app, show, wait_until_idle
from tests.e2e.pool import ANY
from tests.unit.test_translations import SIGN, add_french

# Every text that is shown or named, in the page and in the components' shadow roots.
TEXTS = """() => {
  const found = new Set();
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.closest("script, style, code, pre")) continue;
      for (const name of ["aria-label", "title", "placeholder"]) found.add(element.getAttribute(name)?.trim());
      for (const child of element.childNodes) if (child.nodeType === 3) found.add(child.data.trim());
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document.body);
  return [...found].filter(Boolean);
}"""
PANEL = "[data-testid=stPopoverBody]"
# What a theme can change, and what a language can.
CONTRAST = ("color-contrast",)
REST = 10.0  # seconds after which no run goes on any more
NAMES = ("cat.name-role-value", "cat.text-alternatives", "cat.forms", "cat.tables", "cat.language")
AXE = """async ([within, rules]) => {
  const options = { resultTypes: ["violations"], ...(rules.length && { runOnly: rules }) };
  return (await axe.run(within ?? document, options)).violations;
}"""


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Texts that have another text in Chinese."""
    return translated_in(LOCALE / "zh_CN" / "LC_MESSAGES" / "convviz.po")


def translated_in(catalogue: Path) -> set[str]:
    """The English texts for which a catalogue has another text."""
    entries = polib.pofile(str(catalogue))
    return {entry.msgid for entry in entries if entry.msgstr not in ("", entry.msgid)}


def axe(
    page: Page,
    where: str,
    within: str | dict[str, list[list[str]]] | None = None,
    rules: Sequence[str] = (),
) -> list[str]:
    """What axe finds that is serious or critical: names, roles, contrast, keyboard access.

    While a run goes on, what it draws again is pale; so only what is found after a while too is a fault.

    ``within`` is a part of the page, or what is left out, as axe takes it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    begun = time.monotonic()
    while (faults := found_by_axe(page, where, within, rules)) and time.monotonic() - begun < REST:
        wait_until_idle(page)
    return faults


def found_by_axe(page: Page, where: str, within: Any, rules: Sequence[str]) -> list[str]:
    return [
        f"{where}: {fault['id']}: {node['html'][:300]} {node['failureSummary']}"
        for fault in page.evaluate(AXE, [within, rules])
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def wait_for_view(page: Page) -> None:
    """Until a view is drawn; where it has a stepper, a cell is asked for and there is a box to type into."""
    wait_until_idle(page)
    page.locator(".st-key-bar button").first.wait_for()
    steppers = page.locator("[class*=st-key][class*=stepper]").count()
    expect(page.locator(".stepper[aria-label]")).to_have_count(steppers)  # its script has run
    if steppers and page.locator(".predict").is_hidden():
        page.keyboard.press("g")


def go_dark(page: Page, *, dark: bool) -> None:
    """The system's theme changes, and the app's with it."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    text = "rgb(242, 244, 248)" if dark else "rgb(27, 31, 39)"
    expect(page.get_by_test_id("stApp")).to_have_css("color", text)
    wait_until_idle(page)


@pytest.mark.long
def test_every_page_in_chinese_and_light(
    server: Server, new_page: Callable[..., Page], english: set[str]
) -> None:
    """No English is left that has a translation, and everything has a name."""
    page = new_page(server, locale="zh-CN", color_scheme="light")
    open_app(page, "/?view=Step+through+the+loop&around=Padding&more=Sobel+y")
    faults = []
    for _title, where, address in PAGES:
        if address:
            page.locator(f"a[href$='/{address}']").first.click()
            expect(page).to_have_url(re.compile(f"/{address}($|[?])"))
        wait_for_view(page)
        faults += axe(page, where, rules=NAMES)
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        expect(page.get_by_role("button", name="分享与导出")).to_be_visible()
        faults += [f"{where}: {text}" for text in set(page.evaluate(TEXTS)) & english]
    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize(
    "path", [page.address for page in PAGES], ids=[page.name for page in PAGES]
)
def test_nobody_is_shut_out_of_any_view(
    server: Server, new_page: Callable[..., Page], path: str
) -> None:
    """Each view of a page in both themes: in turn the one, then the other first; and what there is to take away.

    Some pages end in the dark and some in the light, so that this panel is seen in both.
    """
    page = new_page(server, showing=ANY, color_scheme="light")
    show(page, f"/{path}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    wait_for_view(page)
    views = page.get_by_role("radiogroup", name=re.compile("^(View|Bug)$")).get_by_role("radio")
    faults, names, dark = [], views.all_inner_texts() or [path], False
    for k, name in enumerate(names):
        if k:
            views.nth(k).click()
            expect(page).to_have_url(re.compile(re.escape(quote_plus(name))))
            wait_for_view(page)
        faults += axe(page, f"{name}, dark: {dark}")
        dark = not dark
        go_dark(page, dark=dark)
        faults += axe(page, f"{name}, dark: {dark}", rules=CONTRAST)
    page.get_by_role("button", name="Share and export").click()
    expect(page.get_by_text("Link to this view")).to_be_visible()
    faults += axe(page, f"panel, dark: {dark}", PANEL)
    page.keyboard.press("Escape")
    assert faults == []


@pytest.mark.main
def test_the_switch_changes_the_language_and_the_link_keeps_it(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, locale="zh-CN")
    open_app(page, "/?view=Step+through+the+loop&around=Padding&stride=2")
    expect(page.get_by_role("region", name="步进器")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="English").click()
    stepper = page.get_by_role("region", name="Stepper")
    expect(stepper.get_by_role("status").first).to_contain_text("out[0, 0, 0, 1] = sum of")
    expect(page).to_have_url(re.compile("stride=2.*lang=en|lang=en.*stride=2"))
    page.reload()
    wait_until_idle(page)
    expect(page.get_by_text("Region to step through")).to_be_visible()
    page.get_by_role("link", name=re.compile("Receptive field")).first.click()
    expect(page).to_have_url(re.compile("receptive-field.*lang=en"))
    expect(page.get_by_role("button", name="Share and export")).to_be_visible()


def test_one_more_catalogue_is_one_more_language(
    tmp_path: Path, new_page: Callable[..., Page]
) -> None:
    """The app finds it, follows the browser to it, offers it in the switch and speaks it everywhere."""
    shutil.copytree(LOCALE, tmp_path / "locale")
    english = translated_in(add_french(tmp_path / "locale"))
    (tmp_path / "sitecustomize.py").write_text(
        "from pathlib import Path\nfrom convviz.text import i18n\n"
        'i18n.LOCALE = Path(__file__).with_name("locale")\n'
    )
    found = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    with running(COMMAND, tmp_path / "log" / "server.log", environment=found) as server:
        page = new_page(server, locale="fr-FR")
        open_app(page, "/?view=Step+through+the+loop&around=Padding")
        wait_for_view(page)
        expect(page.locator("html")).to_have_attribute("lang", "fr-CA")
        expect(page.get_by_role("region", name=f"{SIGN}Stepper")).to_be_visible()
        assert set(page.evaluate(TEXTS)) & english == set()
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_role("region", name="步进器")).to_be_visible()
        page.get_by_role("button", name="Français").click()
        expect(page.get_by_role("region", name=f"{SIGN}Stepper")).to_be_visible()
        expect(page).to_have_url(re.compile("lang=fr"))
        expect(page.get_by_role("button", name="English")).to_be_visible()
        page.goto("about:blank")  # or it would look for the server when that has gone


def test_what_runs_again_by_itself_keeps_the_language(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, locale="zh-CN")
    open_app(page, "/network?view=Train&images=100&filters=2&size=3&hidden=8&batch=2&epochs=100")
    page.get_by_role("button", name="开始", exact=True).click()
    line = page.get_by_text(re.compile(r"第 \d+/5000 次迭代"))
    first = line.text_content()
    expect(line).not_to_have_text(first)  # run again, and still in Chinese
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("已取消")).to_be_visible()


def test_streamlits_own_words_are_in_the_language_of_the_page(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, locale="zh-CN", viewport={"width": 840, "height": 768})
    open_app(page, "/")
    # Too narrow for all pages, also where the machine has no Chinese typeface and draws thin boxes.
    expect(page.get_by_role("button", name=re.compile(r"^还有 \d 页$"))).to_be_visible()
    page.get_by_text("使用自己的照片").first.click()
    uploader = page.get_by_test_id("stFileUploader").first
    expect(uploader.get_by_role("button", name="上传")).to_be_visible()
    expect(uploader).to_contain_text("每个文件不超过 100MB")
    expect(uploader).not_to_contain_text("per file")


def test_an_error_is_said_in_the_language_of_the_page(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, locale="zh-CN")
    open_app(page, "/?stride=99")
    expect(page.get_by_text("链接要求步幅为 99，但此处步幅的范围是 1 到 8。")).to_be_visible()


def test_nothing_moves_for_people_who_ask_for_less_motion(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, reduced_motion="reduce")
    open_app(page, "/")
    button = page.get_by_role("button", name="Share and export")
    button.hover()
    moving = page.evaluate(
        """() => document.getAnimations()
            .filter(({ effect }) => effect.getComputedTiming().duration > 10).length"""
    )
    assert moving == 0


# Where the focus is, through shadow roots: whether it is on the screen and has a ring, or something around it has.
FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const { x, right } = at.getBoundingClientRect();
  let ring = false;
  for (let k = 0, each = at; k < 6 && each; k++, each = each.parentElement) {
    const style = getComputedStyle(each);
    ring ||= (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  }
  return { name: at.getAttribute("aria-label") || at.innerText || at.outerHTML.slice(0, 80), x, right, ring };
}"""
MOST_STOPS = 100


@pytest.mark.parametrize("width", [640, 390])
def test_the_tab_key_stops_only_where_one_can_see_it(
    server: Server, new_page: Callable[..., Page], width: int
) -> None:
    """With the sidebar closed, as on a phone or at 200 %: each stop on the screen, with a ring, and a way out."""
    page = new_page(server, viewport={"width": width, "height": 720}, reduced_motion="reduce")
    open_app(page, "/backward")
    expect(page.locator(".stepper[aria-label]")).to_be_visible()
    stops: list[Any] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:  # round once, back at the browser's own controls
            break
        stops.append(stop)
    assert 10 < len(stops) < MOST_STOPS
    assert [stop for stop in stops if not stop["ring"]] == []
    assert [stop for stop in stops if stop["right"] > width + 1 or stop["x"] < -1] == []
    page.get_by_role("button", name="Expand sidebar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Share and export")).to_be_visible()
