"""The errors of a text that is no array of numbers: each is one sentence, with the place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convviz.photos.refusals import FileError
from convviz.text.i18n import N_, Sentence, shortened
from convviz.text.limits import LARGEST_NUMBER, LONGEST_NUMBER
from convviz.text.numbers import number_in

MOST_NUMBERS = 512 * 512 * 3  # as many as a photo has
LONGEST_TEXT = 10_000_000  # characters, about 13 for each of so many numbers
_WORD = 40  # characters of the text that a sentence quotes
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|na|n/a|<na>|none|null|nat)", re.I)
_TRUTH = {"True": 1.0, "False": 0.0}  # as NumPy reads them
_WRAPPED = re.compile(r"(?:np|numpy)\.(?:float|int|uint)[0-9]+")


class ArrayError(FileError):
    """A text or a file that is no array of numbers: one sentence, with row and column."""


@dataclass(frozen=True)
class Place:
    """Where a number stands, counted from 1."""

    row: int
    column: int
    block: str = ""  # of an array of several: "2", or "1, 2" where there are blocks of blocks

    @property
    def said(self) -> Sentence:
        """Such as "Row 3, column 4"."""
        template = N_("Row {row}, column {column}")
        if self.block:
            template = N_("Block {block}, row {row}, column {column}")
        return Sentence(template, vars(self))


def wrong_at(place: Place, problem: str, text: str = "", **words: object) -> ArrayError:
    """The error of what stands at a place; the problem is marked for the catalogue, without a full stop."""
    quoted = text if len(text) <= _WORD else f"{text[: _WORD - 1]}…"
    return ArrayError(
        "{place}: {problem}.",
        place=place.said,
        problem=Sentence(problem, {"text": shortened(quoted), **words}),
    )


def cut_short(place: Place) -> ArrayError:
    """The printout leaves numbers out."""
    return wrong_at(
        place,
        N_(
            "“…” leaves numbers out, so print the whole array, as after "
            "np.set_printoptions(threshold=10**6)"
        ),
    )


def uneven(place: Place, count: int, before: int) -> ArrayError:
    """The row that ends here has another length than the one before it."""
    template = N_("Row {row} has {count} numbers, row {above} has {before}.")
    if place.row == 1:
        template = N_("Row 1 of block {block} has {count} numbers, the rows before have {before}.")
    elif place.block:
        template = N_("Row {row} of block {block} has {count} numbers, row {above} has {before}.")
    words = {**vars(place), "above": place.row - 1, "count": count, "before": before}
    return ArrayError(template, **words)


def uneven_blocks(block: str, count: int, before: int) -> ArrayError:
    """The block that ends here has another number of parts than the one before it."""
    return ArrayError(
        "Block {block} has {count} rows or blocks, the block before has {before}.",
        block=block,
        count=count,
        before=before,
    )


def nothing_there() -> ArrayError:
    """The text has no number."""
    return ArrayError("There are no numbers in this text: write rows such as 1 2 3.")


def too_many(most: int) -> ArrayError:
    """The text has more numbers than are taken."""
    return ArrayError("There are more than {most} numbers: use fewer.", most=f"{most:,}")


def number_at(text: str, place: Place) -> float:
    """The number that one cell's text says.

    Raises
    ------
    ArrayError
        If it says anything else, with the place.

    Examples
    --------
    >>> number_at("−1.5e3", Place(1, 1)), number_at("np.float64(2.0)", Place(1, 1)), number_at("3.", Place(1, 1))
    (-1500.0, 2.0, 3.0)
    """
    plain = text.replace("−", "-")  # as it is printed in books and on the web
    number = number_in(plain)
    if number is not None:
        return number
    if plain in _TRUTH:
        return _TRUTH[plain]
    if plain.endswith(")") and _WRAPPED.fullmatch(plain.partition("(")[0]):
        return number_at(plain.partition("(")[2][:-1], place)
    if not text:
        raise wrong_at(place, N_("no number stands here"))
    if "..." in text or "…" in text:
        raise cut_short(place)
    if _NOT_FINITE.fullmatch(text):
        raise wrong_at(place, N_("“{text}” is not a finite number"), text)
    if _is_number(plain):
        if len(plain) > LONGEST_NUMBER:
            problem = N_("“{text}” has more than {most} characters")
            raise wrong_at(place, problem, text, most=LONGEST_NUMBER)
        problem = N_("“{text}” is beyond ±{most}")
        raise wrong_at(place, problem, text, most=f"{LARGEST_NUMBER:,.0f}")
    raise wrong_at(place, N_("“{text}” is not a number"), text)


def _is_number(text: str) -> bool:
    """Whether Python reads it as a number, though it is too large or too long."""
    return re.fullmatch(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?", text) is not None and any(
        letter.isdigit() for letter in text
    )
