"""The one error of a data file that cannot be used."""

from __future__ import annotations

from convviz.ops.errors import SpecError


class DataError(SpecError):
    """A data file that cannot be used: one sentence saying what was wrong and what would work.

    Parameters
    ----------
    file
        Its name; the sentence's ``{value}``.
    problem, suggestion
        The two halves of the sentence, as in `SpecError`.
    **words
        What else the sentence names.

    Examples
    --------
    >>> print(DataError("a.bin", "{value} is empty", "copy it again"))
    a.bin is empty: copy it again
    """

    def __init__(self, file: object, problem: str, suggestion: str, **words: object):
        super().__init__("file", str(file), None, problem, suggestion, **words)
