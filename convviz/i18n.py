"""The language in which sentences are said.

Text is written in English where it is needed and looked up when it is shown: `_` where it is shown at once,
`N_` where it is only noted down (scenes, tables of words) and looked up later. What is cached holds English,
so that one cache serves every language.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

from convviz.ops.errors import SpecError

_translations: ContextVar[NullTranslations] = ContextVar("translations")
_translations.set(NullTranslations())


def _(text: str) -> str:
    """The text in the language in use."""
    return _translations.get().gettext(text) if text else ""


def N_(text: str) -> str:
    """The text itself; marks it for the catalogues."""
    return text


def explain(error: SpecError) -> str:
    """The sentence of an error in the language in use.

    Examples
    --------
    >>> explain(SpecError("stride", 0, 1, "stride {value} is too small", "use at least {limit}"))
    'stride 0 is too small: use at least 1'
    """
    words = {name: _(word) if isinstance(word, str) else word for name, word in error.words.items()}
    return f"{_(error.problem)}: {_(error.suggestion)}".format(**words)
