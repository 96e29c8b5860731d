"""Lesson files: read as they say, or refused with the place and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from convviz.lectures import LessonError, read_folder, read_lesson, say
from convviz.text.i18n import use_language

PAGES = ("", "pooling")
GOOD = """
title: {en: Size, zh: 大小}
about: How large a map is.
minutes: 5
steps:
  - view: "?stride=2"
    title: A stride
    text: The [stride](part:stride) jumps.
    try: Set it to 3.
    done: {stride: 3}
  - view: "pooling?pool=Average"
    title: A question
    text: How large?
    ask: What is 512 / 2?
    answer: 256
    right: Yes.
    wrong: {255: Add 1., otherwise: No.}
"""


def written(folder: Path, text: str, name: str = "3-size.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_lesson_is_what_its_file_says(tmp_path: Path) -> None:
    lesson = read_lesson(written(tmp_path, GOOD), PAGES)
    assert (lesson.name, lesson.minutes) == ("size", 5)
    assert lesson.title == {"en": "Size", "zh": "大小"}
    assert lesson.about == {"en": "How large a map is."}
    first, second = lesson.steps
    assert (first.address, first.query, first.done) == ("", {"stride": ["2"]}, {"stride": ("3",)})
    assert second.address == "pooling"
    assert second.question is not None
    assert second.question.answer == 256
    assert second.question.wrong["255"] == {"en": "Add 1."}


def test_a_text_without_the_language_in_use_is_said_in_the_one_it_has(tmp_path: Path) -> None:
    lesson = read_lesson(written(tmp_path, GOOD), PAGES)
    use_language("zh")
    try:
        assert (say(lesson.title), say(lesson.about)) == ("大小", "How large a map is.")
    finally:
        use_language("en")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 5", "minutes: five", "minutes is 'five'"),
        ("minutes: 5", "minutes: 0", "from 1 to 180"),
        ("title: {en: Size, zh: 大小}", "", "title is missing"),
        ("title: {en: Size", "title: {xx: Size", "no language 'xx'"),
        ("about: How", "abuot: How", "has no 'abuot'"),
        ('view: "?stride=2"', "view: 5", "step 1: view is 5"),
        ('view: "?stride=2"', 'view: "http://a.b/?x=1"', "step 1: view is"),
        ("pooling?pool", "poling?pool", "step 2: there is no page 'poling'; the pages are pooling"),
        ("    try: Set it to 3.\n", "", "give try and done together"),
        ("answer: 256", "answer: many", "step 2: answer is 'many'"),
        ("answer: 256", "choices: [a, b]\n    answer: 3", "the right choice, 1 to 2"),
        ("answer: 256", "choices: [a]\n    answer: 1", "choices is a list of 2"),
        (", otherwise: No.", "", "wrong lacks 'otherwise'"),
        ("text: How large?", "text: []", "step 2: text is missing"),
        ("text: How large?", "text: " + "x" * 2000, "text is not a text of 1 to"),
        ("steps:", "steps: 4\nmore:", "has no 'more'"),
        ("title: {en", "title: {{en", "it is not YAML"),
        (
            "title: {en: Size, zh: 大小}",
            "title: !!python/object/apply:os.getcwd []",
            "it is not YAML",
        ),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert GOOD.count(old) >= 1
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(LessonError) as raised:
        read_lesson(path, PAGES)
    assert str(raised.value).startswith("3-size.yaml")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "1-x.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LessonError, match=r"1-x\.yaml: it cannot be read"):
        read_lesson(path, PAGES)


def test_a_folder_without_a_lesson_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="holds no lesson"):
        read_folder(tmp_path, PAGES)


def test_a_folder_says_every_file_that_is_wrong(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "1-good.yaml")
    written(tmp_path, "[]", "2-list.yaml")
    written(tmp_path, "steps: []", "3-empty.yaml")
    with pytest.raises(LessonError) as raised:
        read_folder(tmp_path, PAGES)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "2-list.yaml",
        "3-empty.yaml",
    ]
