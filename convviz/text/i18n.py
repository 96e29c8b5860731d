"""Languages: the app speaks English, and every language that has a catalogue.

The source holds English text. `_` translates it at once. `N_` only marks it, where a scene or a table of words
keeps it until it is shown. Caches hold English text, so that one cache serves every language.

A catalogue is ``locale/<language>/LC_MESSAGES/convviz.po``. Its header holds the name of the language; the rest
of the app finds the languages here. ``make messages`` brings the catalogues up to date.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import polib

from convviz.ops.errors import SpecError
from convviz.text.limits import LONGEST_WORD

LOCALE = Path(__file__).with_name("locale")
NAME = "X-Language-Name"  # the header of a catalogue that holds the name
_NOTHING = NullTranslations()  # of English
# How the template of an error begins that first repeats what a person wrote.
_QUOTES = re.compile(r"\{(value|name)\b")
# A word at the beginning of a sentence, and not a name of code.
_WORD = re.compile(r"(?!(dout|dx|dw|db|df|eps)\b)[a-z]{2,}(?![\w.=(\[-])")
# Each session's script runs in its own thread, and each thread has its own value.
_language: ContextVar[str] = ContextVar("language", default="en")


@dataclass(frozen=True)
class Language:
    """A language the app speaks."""

    name: str  # as its speakers write it, such as ``"中文"``
    tag: str  # as browsers and HTML write it, such as ``"zh-CN"``
    catalogue: Path | None = None  # the file of its translations; None for English


def languages() -> Mapping[str, Language]:
    """Every language the app speaks, by the short name that links use.

    Examples
    --------
    >>> {short: language.name for short, language in languages().items()}
    {'en': 'English', 'zh': '中文'}
    """
    return _languages_in(LOCALE)


@cache
def _languages_in(folder: Path) -> dict[str, Language]:
    """The languages of a folder: the first of zh_CN and zh_TW is called "zh", the second "zh-tw"."""
    found = {"en": Language("English", "en")}
    for path in sorted(folder.glob("*/LC_MESSAGES/convviz.po")):
        tag = path.parents[1].name.replace("_", "-")
        short = tag.lower().partition("-")[0]
        header = path.read_text("utf-8").partition("\n\n")[0]
        name = polib.pofile(header).metadata.get(NAME, tag)
        found[tag.lower() if short in found else short] = Language(name, tag, path)
    return found


def _(text: str) -> str:
    """The text in the language in use."""
    return _translations().gettext(text) if text else ""


def N_(text: str) -> str:
    """The text itself; marks it for the catalogues."""
    return text


def ngettext(one: str, many: str, count: int, **words: object) -> str:
    """The text that suits a number, in the language in use, with ``{count}`` and the words filled in."""
    return _translations().ngettext(one, many, count).format(count=count, **words)


def use_language(language: str) -> None:
    """Speak this language from now on, in this thread.

    Parameters
    ----------
    language
        A key of `languages`.

    Examples
    --------
    >>> use_language("zh")
    >>> _("Padding")
    '填充'
    >>> use_language("en")
    >>> _("Padding")
    'Padding'
    """
    _language.set(language)


def in_use() -> str:
    """The language in use, a key of `languages`."""
    return _language.get()


def tag_in_use() -> str:
    """The language in use, as browsers and HTML write it.

    Examples
    --------
    >>> tag_in_use()
    'en'
    """
    return languages()[in_use()].tag


def language_for(tag: str | None) -> str:
    """The language for a browser that asks for this one; English if the app does not speak it.

    Examples
    --------
    >>> language_for("zh-CN"), language_for("zh-Hant-TW"), language_for("fr"), language_for(None)
    ('zh', 'zh', 'en', 'en')
    """
    wanted = (tag or "").lower().replace("_", "-")
    choices = (wanted, wanted.partition("-")[0])
    return next((choice for choice in choices if choice in languages()), "en")


@dataclass(frozen=True)
class Sentence:
    """A sentence to translate later: its English template and the words to fill in.

    Examples
    --------
    >>> str(Sentence("First frame of {count}.", {"count": 3}))
    'First frame of 3.'
    """

    template: str
    words: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.words)

    @property
    def said(self) -> str:
        """In the language in use; sentences among the words, and words of the catalogue, are translated too."""
        return _(self.template).format(**_said(self.words))


def explain(error: SpecError) -> str:
    """The sentence of an error in the language in use, with a capital where it begins with a word.

    Names of code, and what a person wrote, stay as they are.

    Examples
    --------
    >>> explain(SpecError("stride", 0, 1, "stride {value} is too small", "use at least {limit}"))
    'Stride 0 is too small: use at least 1'
    >>> explain(SpecError("file", "cat.bin", None, "{value} is empty", "copy it again"))
    'cat.bin is empty: copy it again'
    """
    text = reason(error)
    if _QUOTES.match(error.problem) or not _has_capitals(_(error.problem)):
        return text
    return text[0].upper() + text[1:] if _WORD.match(text) else text


def _has_capitals(text: str) -> bool:
    """Whether a text's language has small and capital letters."""
    return all(letter.islower() or letter.isupper() for letter in text if letter.isalpha())


def reason(error: SpecError) -> str:
    """The sentence of an error in the language in use, as a part of another sentence.

    Examples
    --------
    >>> reason(SpecError("stride", 0, 1, "stride {value} is too small", "use at least {limit}"))
    'stride 0 is too small: use at least 1'
    """
    words = _said(error.words)
    problem, suggestion = (_(part).format(**words) for part in (error.problem, error.suggestion))
    return _("{problem}: {suggestion}").format(problem=problem, suggestion=suggestion)


def shortened(text: str) -> str:
    """A text that a sentence can quote: links and file names may be of any length.

    Examples
    --------
    >>> shortened("photo.png"), len(shortened("9" * 5000)), shortened("9" * 5000)[-1]
    ('photo.png', 400, '…')
    """
    return text if len(text) <= LONGEST_WORD else f"{text[: LONGEST_WORD - 1]}…"


def _said(words: Mapping[str, object]) -> dict[str, object]:
    return {name: _said_word(word) for name, word in words.items()}


def _said_word(word: object) -> object:
    if isinstance(word, Sentence):
        return word.said
    return shortened(_(word)) if isinstance(word, str) else word


def _translations() -> NullTranslations:
    """The translations of the language in use."""
    return _translations_into(in_use(), LOCALE)


@cache
def _translations_into(language: str, folder: Path) -> NullTranslations:
    found = _languages_in(folder).get(language)
    return _read(found.catalogue) if found and found.catalogue else _NOTHING


@cache
def _read(catalogue: Path) -> GNUTranslations:
    """The translations of a catalogue, read from its text: no compiled copy can be out of date."""
    return GNUTranslations(io.BytesIO(polib.pofile(str(catalogue)).to_binary()))
