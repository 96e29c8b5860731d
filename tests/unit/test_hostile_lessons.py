"""Lesson files that nobody means well: each is refused at once in one sentence, or is only text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from convviz.browser.bundle import PACKAGE
from convviz.lectures import LessonError, read_folder, read_lesson
from tests.unit.test_lectures import GOOD, PAGES, written

VIEW, TITLE, DONE, ANSWER, WRONG = (
    'view: "?stride=2"',
    "title: A stride",
    "done: {stride: 3}",
    "answer: 256",
    "wrong: {255: Add 1., otherwise: No.}",
)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def laughs(opened: str, closed: str, levels: int = 12) -> str:
    """A number of minutes that is 9¹¹ values: each names the one before nine times."""
    lines = ["about:", "  - &a0 {a: 1}"]
    for k in range(1, levels):
        named = ", ".join([f"*a{k - 1}"] * 9)
        lines.append(f"  - &a{k} {opened}{named}{closed}")
    return changed("about: How large a map is.\nminutes: 5", "\n".join([*lines, "minutes: *a11"]))


HUGE = "0x" + "f" * 100_000
HOSTILE: dict[str, str | bytes] = {
    "lists that hold one another": laughs("[", "]"),
    "names that hold one another": laughs("{a: [", "]}"),
    "names taken over": laughs("{<<: [", "]}"),
    "a list that holds itself": changed("minutes: 5", "minutes: &a [*a]"),
    "a step that holds itself": changed("steps:", "steps: &a [*a, *a]\nabout:"),
    "nested lists": "[" * 100_000,
    "nested names": "{a: " * 40_000,
    "nested by indent": "\n".join(" " * k + "a:" for k in range(600)),
    "nested by hyphens": "- " * 90_000,
    "open questions": "? " * 90_000,
    "too large": "#" * 200_001,
    "only a comment": "#" * 199_999,
    "only new lines": "\n" * 199_999,
    "many names": "\n".join(f"a{k}: 1" for k in range(20_000)),
    "many numbers": f"[{'1, ' * 60_000}]",
    "many files in one": "---\na: 1\n" * 20_000,
    "a long name": f"{'a' * 150_000}: 1",
    "an unknown name": f"a: *{'b' * 150_000}",
    "nothing": "",
    "a word": "hello",
    "no UTF-8": b"title: \xff\xfe",
    "UTF-16": GOOD.encode("utf-16"),
    "a zero byte": GOOD.replace("5", "\0").encode(),
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a zip": b"PK\x03\x04" + bytes(200),
    "a script's tag": changed("minutes: 5", "minutes: !!python/name:os.system"),
    "another tag": changed("minutes: 5", "minutes: !include /etc/passwd"),
    "a set": changed("minutes: 5", "minutes: !!set {a, b}"),
    "bytes": changed("minutes: 5", "minutes: !!binary aGk="),
    "a huge number of minutes": changed("minutes: 5", f"minutes: {HUGE}"),
    "a huge number in tens": changed("minutes: 5", f"minutes: {'9' * 5000}"),
    "a huge number in sixties": changed("minutes: 5", f"minutes: 1{':59' * 50_000}"),
    "minutes that are true": changed("minutes: 5", "minutes: true"),
    "minutes that are a day": changed("minutes: 5", "minutes: 2001-01-01"),
    "a day that is none": changed("minutes: 5", "minutes: 2001-99-99"),
    "a huge answer": changed(ANSWER, f"answer: {HUGE}"),
    "an answer without end": changed(ANSWER, "answer: .inf"),
    "an answer that is no number": changed(ANSWER, "answer: .nan"),
    "an answer that is true": changed(ANSWER, "answer: true"),
    "another server": changed(VIEW, 'view: "//evil.example/?a=1"'),
    "another folder": changed(VIEW, "view: ../../etc/passwd"),
    "a script as a view": changed(VIEW, 'view: "javascript:alert(1)"'),
    "a file as a view": changed(VIEW, 'view: "file:///etc/passwd"'),
    "a view of two lines": changed(VIEW, 'view: "?a=1\\nb"'),
    "a long view": changed(VIEW, f'view: "?stride={"2" * 100_000}"'),
    "a list as a view": changed(VIEW, "view: [a]"),
    "a list as a title": changed(TITLE, "title: [a]"),
    "a number as a title": changed(TITLE, "title: 5"),
    "a title by number": changed(TITLE, "title: {5: a}"),
    "a language of two lines": changed(TITLE, 'title: {"e\\nn\\e[31m": a}'),
    "a long language": changed(TITLE, f"title: {{{'e' * 1000}: a}}"),
    "a list as done": changed(DONE, "done: [a]"),
    "done with a list in a list": changed(DONE, "done: {stride: [[1]]}"),
    "done with nothing": changed(DONE, "done: {stride: }"),
    "done with names": changed(DONE, "done: {stride: {a: 1}}"),
    "done by a number": changed(DONE, "done: {3: 3}"),
    "nothing wrong": changed(WRONG, "wrong: {otherwise: }"),
    "a list as wrong": changed(WRONG, "wrong: [a]"),
    "a wrong answer of two lines": changed(WRONG, 'wrong: {"a\\nb\\e[31m": [], otherwise: No.}'),
    "numbers as choices": changed(ANSWER, "choices: [1, 2]\n    answer: 1"),
    "half an answer": changed(ANSWER, "choices: [a, b]\n    answer: 1.5"),
    "half a character": changed(TITLE, 'title: "\\ud800"'),
    "steps as names": changed("steps:", "steps: {a: 1}\nabout:"),
    "many steps": "title: a\nabout: a\nminutes: 5\nsteps:\n" + "  - {}\n" * 25_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused_at_once_in_one_sentence(content: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "1-evil.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    begun = time.process_time()
    with pytest.raises(LessonError) as raised:
        read_lesson(path, PAGES)
    said = str(raised.value)
    assert time.process_time() - begun < 2
    assert said.startswith("1-evil.yaml")
    assert len(said) < 700
    assert said.isprintable()


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "1-folder.yaml").mkdir()
    (tmp_path / "2-endless.yaml").symlink_to("/dev/zero")
    (tmp_path / "3-nowhere.yaml").symlink_to("/nowhere")
    with pytest.raises(LessonError) as raised:
        read_folder(tmp_path, PAGES)
    assert len(str(raised.value).splitlines()) == 3


def test_html_and_addresses_in_a_text_stay_text(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)> [press](javascript:alert(1)) ![a](../../etc/passwd)"
    lesson = read_lesson(written(tmp_path, changed(TITLE, f"title: '{evil}'")), PAGES)
    assert lesson.steps[0].title == {"en": evil}
    for script in (PACKAGE / "browser" / "lesson").glob("*.js"):  # they write texts, not HTML
        assert "innerHTML" not in script.read_text("utf-8")
