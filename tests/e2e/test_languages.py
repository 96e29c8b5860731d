"""Every page in English and Chinese, in both themes, for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import polib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from convviz.i18n import LOCALE
from scripts.pages import page_paths
from scripts.serving import Server
from tests.e2e.helpers import open_app, wait_until_idle

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
QUICK = {"resultTypes": ["violations"]}  # axe looks no further than the first of what passes
VIEWS = [*page_paths(), "?view=Step+through+the+loop&more=Sobel+y"]


@pytest.fixture(scope="module")
def english() -> set[str]:
    """Texts that have another text in Chinese."""
    (path,) = LOCALE.glob("zh_CN/LC_MESSAGES/convviz.po")
    return {
        entry.msgid for entry in polib.pofile(str(path)) if entry.msgstr not in ("", entry.msgid)
    }


def faults_of(page: Page, view: str) -> list[str]:
    """Open a view; what axe finds that is serious or critical: names, roles, contrast, keyboard access."""
    open_app(page, f"/{view}")
    page.locator(".st-key-bar button").first.wait_for()
    steppers = page.locator("[class*=st-key][class*=stepper]").count()
    expect(page.locator(".stepper[aria-label]")).to_have_count(steppers)  # its script has run
    if steppers:
        page.keyboard.press("g")  # a cell not yet computed, and a box to type into
    return [
        f"{view}: {fault['id']}: {node['html'][:300]} {node['failureSummary']}"
        for fault in Axe().run(page, options=QUICK).response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_every_page_in_chinese_and_light(
    server: Server, new_page: Callable[..., Page], english: set[str]
) -> None:
    """No English is left that has a translation, and nobody is shut out."""
    page = new_page(server, locale="zh-CN", color_scheme="light")
    faults = []
    for view in VIEWS:
        faults += faults_of(page, view)
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        expect(page.get_by_role("button", name="分享与导出")).to_be_visible()
        faults += [f"{view}: {text}" for text in set(page.evaluate(TEXTS)) & english]
    assert faults == []


def test_every_page_in_english_and_dark(server: Server, new_page: Callable[..., Page]) -> None:
    page = new_page(server, color_scheme="dark")
    faults = [fault for view in VIEWS for fault in faults_of(page, view)]
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert faults == []


def test_the_switch_changes_the_language_and_the_link_keeps_it(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, locale="zh-CN")
    open_app(page, "/?view=Step+through+the+loop&stride=2")
    expect(page.get_by_role("region", name="步进器")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="English").click()
    stepper = page.get_by_role("region", name="Stepper")
    expect(stepper.get_by_role("status").first).to_contain_text("out[0, 0, 0, 1] = sum of")
    expect(page).to_have_url(re.compile("stride=2.*lang=en|lang=en.*stride=2"))
    page.reload()
    wait_until_idle(page)
    expect(page.get_by_label("Top row")).to_be_visible()
    page.get_by_role("link", name=re.compile("Receptive field")).first.click()
    expect(page).to_have_url(re.compile("receptive-field.*lang=en"))
    expect(page.get_by_role("button", name="Share and export")).to_be_visible()


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
