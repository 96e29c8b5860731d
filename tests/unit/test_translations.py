"""Every text of the app has a translation, the catalogues hold nothing else, and one file makes a language."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from convviz.ops import output_size
from convviz.ops.errors import SpecError
from convviz.ops.filters import PRESETS
from convviz.ops.padding import PADDING_MODES
from convviz.photos.images import read_photo
from convviz.photos.refusals import ImageError
from convviz.pictures.paper.font import missing
from convviz.text import i18n
from convviz.text.i18n import (
    LOCALE,
    Sentence,
    _,
    explain,
    language_for,
    languages,
    ngettext,
    reason,
    tag_in_use,
    use_language,
)
from convviz.text.words import STEPPER, translated
from scripts import messages
from scripts.messages import Message, extract, faults, marked

CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/convviz.po"))


@pytest.fixture
def chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("en")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_marked_text_is_translated_and_nothing_else_is(path) -> None:
    """`make messages` brings a catalogue up to date and prints what is left to translate."""
    assert faults(polib.pofile(str(path)), extract()) == []


def catalogue(**translations: str) -> polib.POFile:
    po = polib.POFile()
    po.metadata = {i18n.NAME: "中文"}
    po.extend(polib.POEntry(msgid=text, msgstr=said) for text, said in translations.items())
    return po


@pytest.mark.parametrize(
    ("translations", "fault"),
    [
        ({}, "missing: 'pad'"),
        ({"pad": ""}, "not translated: 'pad'"),
        ({"pad": "填充", "old": "旧"}, "no longer said: 'old'"),
        ({"pad": "填充 {value}"}, "other placeholders: 'pad'"),
    ],
)
def test_a_fault_in_a_catalogue_is_found(translations, fault) -> None:
    assert faults(catalogue(**translations), {"pad": Message("pad")}) == [fault]


def test_a_catalogue_names_its_language() -> None:
    po = catalogue(pad="填充")
    po.metadata = {}
    assert faults(po, {"pad": Message("pad")}) == [
        "the header lacks the language's own name: X-Language-Name"
    ]


def test_every_kind_of_mark_is_read() -> None:
    source = """
_("one"); N_("two" if x else "three"); ngettext("four", "fours", n); Sentence("five {x}", {})
SpecError("a", 1, 2, "six", suggestion="seven"); problem = "eight"; ImageError("nine"); _(variable)
"""
    said = {text for text, _plural in marked(ast.parse(source))}
    assert said == {*["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]} - {
        "five"
    } | {"five {x}"}


def test_every_filter_and_every_padding_mode_has_a_translated_name() -> None:
    modes = {word for mode in PADDING_MODES.values() for word in (mode.name, mode.holds)}
    assert set(PRESETS) | modes <= set(extract())


@pytest.mark.parametrize(
    ("problem", "begins"),
    [
        ("the stack has {limit} layers", "The stack has 3 layers: "),
        ("{argument} {limit} is too small", "Stride 3 is too small: "),
        ("{mode} padding does not fit", "Reflect padding does not fit: "),
        ("padding='same' is not supported", "padding='same' is"),
        ("output_padding {limit} is too large", "output_padding 3 is"),
        ("w has {limit} filters", "w has 3 filters: "),
        ("dout has shape {limit}", "dout has shape 3: "),
        ("{value} is empty", "cat is empty: "),
    ],
)
def test_an_error_begins_with_a_capital_but_code_and_names_stay(problem: str, begins: str) -> None:
    error = SpecError("stride", "cat", 3, problem, "use another", mode="reflect")
    assert explain(error).startswith(begins)
    assert reason(error).lower() == explain(error).lower()
    assert reason(error) == str(error)


@pytest.mark.usefixtures("chinese")
def test_a_chinese_error_that_begins_with_a_name_stays_as_it_is() -> None:
    error = SpecError("stack", 3, 3, "{argument} {value} is too small", "use {limit}")
    assert explain(error) == reason(error)
    assert explain(error).startswith("stack 3 ")


@pytest.mark.usefixtures("chinese")
def test_errors_are_said_in_chinese() -> None:
    with pytest.raises(SpecError) as caught:
        output_size(2, kernel=5, padding=1)
    assert explain(caught.value) == (
        "窗口大小 5 超过填充后输入的高 4：请使用不超过 4 的窗口，或不小于 2 的填充"
    )
    with pytest.raises(ImageError) as refused:
        read_photo(b"%PDF-1.7", "notes.pdf")
    assert refused.value.sentence.said.startswith("notes.pdf 是PDF 文档，不是照片：")
    assert str(refused.value).startswith("notes.pdf is a PDF document, not a photo:")


@pytest.mark.usefixtures("chinese")
def test_words_are_translated_wherever_they_are_nested() -> None:
    assert translated(STEPPER)["folds"] == {"sum": "和", "max": "最大值"}
    assert ngettext("{count} row", "{count} rows", 1) == "1 行"
    assert Sentence("First frame of {count}.", {"count": 3}).said == "共 3 帧，取第一帧。"


def test_english_has_plurals_and_needs_no_catalogue() -> None:
    assert ngettext("{count} row", "{count} rows", 1) == "1 row"
    assert ngettext("{count} row", "{count} rows", 2) == "2 rows"
    assert _("Stride") == "Stride"


@pytest.mark.usefixtures("chinese")
def test_a_thread_that_has_chosen_nothing_speaks_english() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_, "Stride").result() == "Stride"
    assert _("Stride") == "步幅"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh"), ("zh-CN", "zh"), ("zh_Hans", "zh"), ("en-GB", "en"), ("de", "en"), (None, "en")],
)
def test_the_language_follows_the_browser(tag, language) -> None:
    assert language_for(tag) == language


SIGN = "É"  # begins each text of the language made up here


def add_french(locale: Path) -> Path:
    """Begin a French catalogue as `make messages NEW=fr_CA` does, and fill it in: each text behind a sign."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "LOCALE", locale)
        messages.main("fr_CA")
    path = locale / "fr_CA" / "LC_MESSAGES" / "convviz.po"
    po = polib.pofile(str(path))
    po.metadata[i18n.NAME] = "Français"
    for entry in po:
        entry.msgstr = SIGN + entry.msgid
        if entry.msgid_plural:
            entry.msgstr_plural = {0: SIGN + entry.msgid, 1: SIGN + entry.msgid_plural}
    po.save()
    return path


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A third language, added by its catalogue alone."""
    shutil.copytree(LOCALE, tmp_path / "locale")
    path = add_french(tmp_path / "locale")
    monkeypatch.setattr(i18n, "LOCALE", tmp_path / "locale")
    yield path
    use_language("en")


def test_one_file_adds_a_language(french: Path) -> None:
    """The app finds it by its catalogue; tests/e2e/test_languages.py reads such a page in the browser."""
    assert {short: each.name for short, each in languages().items()} == {
        "en": "English",
        "fr": "Français",
        "zh": "中文",
    }
    assert language_for("fr-FR") == "fr"
    use_language("fr")
    assert tag_in_use() == "fr-CA"
    assert _("Stride") == "ÉStride"
    assert ngettext("{count} row", "{count} rows", 2) == "É2 rows"
    assert translated(STEPPER)["folds"]["sum"] == "Ésum"
    assert faults(polib.pofile(str(french)), extract()) == []
    assert missing("".join(set(french.read_text("utf-8")))) == ""


def test_a_new_catalogue_says_what_is_left_to_do(
    french: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    french.unlink()
    monkeypatch.setattr(messages, "LOCALE", i18n.LOCALE)
    messages.main("fr_CA")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "fr_CA: the header lacks the language's own name: X-Language-Name"
    assert "fr_CA: not translated: 'Stride'" in said
    assert [line for line in said if not line.startswith("fr_CA: ")] == []


@pytest.mark.usefixtures("french")
def test_two_catalogues_of_one_language_have_names_of_their_own() -> None:
    shutil.copytree(i18n.LOCALE / "zh_CN", i18n.LOCALE / "zh_TW")
    assert [language_for(tag) for tag in ("zh-CN", "zh-TW", "zh-SG")] == ["zh", "zh-tw", "zh"]
