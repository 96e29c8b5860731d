"""The language in which sentences are said.

Text is written in English where it is needed and looked up when it is shown: `_` where it is shown at once,
`N_` where it is only noted down (scenes, tables of words) and looked up later. What is cached holds English,
so that one cache serves every language.

The catalogues are ``locale/<language>/LC_MESSAGES/convviz.po``; ``make messages`` brings them up to date.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from convviz.ops.errors import SpecError

LOCALE = Path(__file__).with_name("locale")
LANGUAGES = {"en": "English", "zh": "中文"}
HTML_NAMES = {"en": "en", "zh": "zh-CN"}
_FOLDERS = {"zh": "zh_CN"}
# A session's script runs in a thread of its own, and each thread has its own value.
_language: ContextVar[str] = ContextVar("language", default="en")


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue(_language.get()).gettext(text) if text else ""


def N_(text: str) -> str:
    """The text itself; marks it for the catalogues."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """One text or the other by a number, in the language in use, with ``{count}`` filled in."""
    return _catalogue(_language.get()).ngettext(one, many, count).format(count=count)


def use_language(language: str) -> None:
    """Say everything in this language from now on, in this thread.

    Parameters
    ----------
    language
        A key of `LANGUAGES`.

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
    """The language in use, a key of `LANGUAGES`."""
    return _language.get()


def language_for(tag: str | None) -> str:
    """The language that suits a browser's, given as it sends it; English where there is none.

    Examples
    --------
    >>> language_for("zh-CN"), language_for("zh-Hant-TW"), language_for("fr"), language_for(None)
    ('zh', 'zh', 'en', 'en')
    """
    primary = (tag or "").lower().replace("_", "-").partition("-")[0]
    return primary if primary in LANGUAGES else "en"


@dataclass(frozen=True)
class Sentence:
    """A sentence kept as its English template and the words that go into it.

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
        """In the language in use; words that are themselves in the catalogue are translated too."""
        return _(self.template).format(**_said(self.words))


def explain(error: SpecError) -> str:
    """The sentence of an error in the language in use.

    Examples
    --------
    >>> explain(SpecError("stride", 0, 1, "stride {value} is too small", "use at least {limit}"))
    'stride 0 is too small: use at least 1'
    """
    words = _said(error.words)
    problem, suggestion = (_(part).format(**words) for part in (error.problem, error.suggestion))
    return _("{problem}: {suggestion}").format(problem=problem, suggestion=suggestion)


def _said(words: Mapping[str, object]) -> dict[str, object]:
    return {name: _(word) if isinstance(word, str) else word for name, word in words.items()}


@cache
def _catalogue(language: str) -> NullTranslations:
    """A catalogue, read from its text: there is no compiled copy that could be older than it."""
    if language not in _FOLDERS:
        return NullTranslations()
    import polib

    po = polib.pofile(str(LOCALE / _FOLDERS[language] / "LC_MESSAGES" / "convviz.po"))
    return GNUTranslations(io.BytesIO(po.to_binary()))
