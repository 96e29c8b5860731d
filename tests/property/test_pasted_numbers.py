"""Every printout of an array is read back exactly, and every broken one is refused with its place."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from convviz.numbers import ArrayError, read_array
from convviz.ops.types import Floats
from convviz.text.i18n import use_language

NUMBERS = st.one_of(
    st.integers(-999, 999).map(float),
    st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False),
    st.sampled_from([0.0, -0.5, 1e-7, 1.5e-300, 0.1, 1 / 3, 1e9, -1e9]),
)
ANY = arrays(np.float64, array_shapes(min_dims=1, max_dims=4, max_side=5), elements=NUMBERS)
GRIDS = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6), elements=NUMBERS
)
EXACTLY = {"threshold": 10**6, "floatmode": "unique", "precision": 17}


def torch_text(x: Floats, more: str = "") -> str:
    """As ``print(tensor)`` writes it with all digits: each row on a line, an empty line between blocks."""
    text = np.array2string(x, separator=", ", prefix="tensor(", **EXACTLY)
    return f"tensor({text}{more})"


def of_brackets() -> list[Callable[[Floats], str]]:
    """Ways of printing an array of any number of axes."""
    return [
        lambda x: repr(x.tolist()),
        lambda x: repr(x),
        lambda x: str(x),
        lambda x: f"x = np.{x!r}",
        lambda x: f"import_me = numpy.array({x.tolist()}, dtype=np.float64)",
        lambda x: f"np.array({x.tolist()}, np.float64);",
        torch_text,
        lambda x: torch_text(x, ", dtype=torch.float64"),
        lambda x: torch_text(x, ", device='cuda:0', grad_fn=<ConvolutionBackward0>"),
        lambda x: torch_text(x, ",\n       requires_grad=True"),
        lambda x: f"Parameter containing:\n{torch_text(x, ', requires_grad=True')}",
        lambda x: f"torch.tensor(np.array({x.tolist()}))",
        lambda x: f"tf.Tensor(\n{x}, shape={x.shape}, dtype=float64)",
        lambda x: f"<tf.Tensor: shape={x.shape}, dtype=float64, numpy=\n{x!r}>",
        lambda x: repr(x.tolist()).replace("[", "[ ").replace(",", " ,\n"),
        lambda x: repr(x.tolist()).replace("-", "−"),
    ]


@pytest.mark.parametrize("way", range(len(of_brackets())))
@given(x=ANY)
@settings(max_examples=25, deadline=None)
def test_every_printout_in_brackets_round_trips(way: int, x: Floats) -> None:
    with np.printoptions(**EXACTLY):
        text = of_brackets()[way](x)
    np.testing.assert_array_equal(read_array(text), x, err_msg=text)


def test_every_number_of_a_list_may_name_its_type() -> None:
    assert read_array("[np.float64(1.5), np.float32(-2.0)]").tolist() == [1.5, -2.0]
    assert read_array("[[True, False]]").tolist() == [[1, 0]]
    assert read_array("((1, 2), (3, 4))" if False else "[(1, 2), (3, 4)]").tolist() == [
        [1, 2],
        [3, 4],
    ]


@given(x=ANY, kind=st.sampled_from([np.float32, np.int8, np.int64, np.bool_, np.float16]))
@settings(max_examples=60, deadline=None)
def test_printouts_of_every_type_round_trip(x: Floats, kind: type) -> None:
    other = np.clip(x, -100, 100).astype(kind)
    with np.printoptions(threshold=10**6):
        for text in (repr(other), str(other)):
            np.testing.assert_array_equal(read_array(text).astype(kind), other, err_msg=text)


def comma(text: str) -> str:
    return text.replace(".", ",")


def rows(x: Floats, separator: str, line: str = "\n") -> str:
    return line.join(separator.join(repr(float(v)) for v in row) for row in x)


def saved(x: Floats) -> str:
    buffer = io.StringIO()
    np.savetxt(buffer, x, fmt="%.17g", header="made by savetxt")
    return buffer.getvalue()


def of_tables() -> list[Callable[[Floats], str]]:
    """Ways of writing rows and columns without brackets."""
    return [
        lambda x: rows(x, " "),
        lambda x: rows(x, "\t", "\r\n") + "\r\n",
        lambda x: rows(x, ","),
        lambda x: rows(x, ", ", ",\n") + ",",
        lambda x: rows(x, ";"),
        lambda x: rows(x, "  ", "\n\n"),
        lambda x: comma(rows(x, "\t")),
        lambda x: comma(rows(x, ";")) + "\n",
        lambda x: '"' + rows(x, '","', '"\n"') + '"',
        lambda x: f"[{rows(x, ' ', '; ')}]",
        lambda x: f"A = [{rows(x, ', ', ';')}];",
        saved,
        lambda x: pd.DataFrame(x).to_csv(),
        lambda x: pd.DataFrame(x).to_csv(sep="\t"),
        lambda x: pd.DataFrame(x).to_csv(index=False, header=False),
        lambda x: pd.DataFrame(x, columns=[f"x{k}" for k in range(x.shape[1])]).to_csv(index=False),
        lambda x: pd.DataFrame(x).to_string(float_format=lambda v: repr(float(v))),
        lambda x: pd.DataFrame(x).to_string(
            index=False, header=False, float_format=lambda v: repr(float(v))
        ),
    ]


@pytest.mark.parametrize("way", range(len(of_tables())))
@given(x=GRIDS)
@settings(max_examples=25, deadline=None)
def test_every_table_round_trips(way: int, x: Floats) -> None:
    text = of_tables()[way](x)
    try:
        read = read_array(text)
    except ArrayError as error:
        said = str(error)
    else:
        said = ""
        np.testing.assert_array_equal(read, x, err_msg=text)
    assert not said or "two ways" in said, text  # 1,234 may be a thousand and some


def test_a_single_row_and_a_single_column_round_trip() -> None:
    for text in ("1 -2.5 3", "1,-2.5,3", "1\t-2,5\t3", "[1, -2.5, 3]", "1, -2.5, 3,"):
        assert read_array(text).ravel().tolist() == [1, -2.5, 3], text
    for text in ("1\n-2.5\n3", "1;-2.5;3", "[1; -2.5; 3]", "1,\n-2.5,\n3,"):
        assert read_array(text).tolist() == [[1], [-2.5], [3]], text


@given(x=arrays(np.float64, st.tuples(*[st.integers(2, 4)] * 3), elements=NUMBERS))
@settings(max_examples=30, deadline=None)
def test_blocks_of_rows_are_channels(x: Floats) -> None:
    for separator in (" ", "\t", ","):
        text = "\n\n".join(rows(plane, separator) for plane in x)
        np.testing.assert_array_equal(read_array(text), x, err_msg=text)


def broken_texts() -> Iterator[tuple[str, str, int, int]]:
    """(what is wrong, text, row, column): one number of a table or of a printout is spoiled."""
    chance = random.Random(14)
    wrong = ("nan", "inf", "-inf", "x", "1.2.3", "1e", "--1", "1e10", "0x1f", "1+2j", "1_0", "$3",
             "__import__('os')", "9" * 30, "None", "…", "...", "5%", "e5", "1e999")  # fmt: skip
    for text in wrong:
        for separator in (" ", ",", "\t", ";", "brackets", "blanks"):
            for _ in range(3):
                height, width = chance.randint(2, 5), chance.randint(2, 5)
                r, c = chance.randint(1, height), chance.randint(1, width)
                cells = [
                    [f"{chance.randint(-9, 9)}.5" for _ in range(width)] for _ in range(height)
                ]
                cells[r - 1][c - 1] = text
                if separator == "brackets":
                    whole = f"np.array([[{'],['.join(', '.join(row) for row in cells)}]])"
                elif separator == "blanks":
                    whole = "[[" + "]\n [".join(" ".join(row) for row in cells) + "]]"
                else:
                    whole = "\n".join(separator.join(row) for row in cells)
                yield text, whole, r, c


BROKEN = list(broken_texts())


def test_there_are_more_than_three_hundred_broken_texts() -> None:
    assert len({text for _, text, _, _ in BROKEN}) >= 300


def test_each_broken_text_is_refused_with_row_and_column() -> None:
    for wrong, text, row, column in BROKEN:
        with pytest.raises(ArrayError) as refused:
            read_array(text)
        said = str(refused.value)
        assert said.startswith(f"Row {row}, column {column}: "), (wrong, text, said)
        assert said.count("\n") == 0
        assert said.endswith("."), said


def uneven_texts() -> Iterator[tuple[str, int, int, int]]:
    """(text, row, its numbers, those of the row before): a number is missing or one too many."""
    chance = random.Random(15)
    for separator in (" ", ",", "\t", ";", "brackets", "blanks"):
        for _ in range(20):
            height, width = chance.randint(2, 5), chance.randint(3, 6)
            cells = [[f"{chance.randint(-9, 9)}.5" for _ in range(width)] for _ in range(height)]
            r = chance.randint(2, height)
            cells[r - 1] = cells[r - 1][1:] if chance.random() < 0.5 else [*cells[r - 1], "7"]
            if separator == "brackets":
                whole = f"tensor([[{'],['.join(', '.join(row) for row in cells)}]])"
            elif separator == "blanks":
                whole = "[[" + "]\n [".join(" ".join(row) for row in cells) + "]]"
            else:
                whole = "\n".join(separator.join(row) for row in cells)
            yield whole, r, len(cells[r - 1]), width


def test_uneven_rows_are_refused_with_both_lengths() -> None:
    for text, row, count, before in uneven_texts():
        with pytest.raises(ArrayError) as refused:
            read_array(text)
        assert str(refused.value) == (
            f"Row {row} has {count} numbers, row {row - 1} has {before}."
        ), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are no numbers"),
        (" \n\t ", "There are no numbers"),
        ("[]", "Row 1, column 1: no number"),
        ("[[1, 2], []]", "Row 2, column 1: no number"),
        ("[[1, 2], [3, 4]", "Row 2, column 2: the text ends here without “]”"),
        ("[[1, 2, [3, 4]]", "Row 1, column 3: “[” stands where a number belongs"),
        ("[[1, 2], 3]", "Row 2, column 1: “3” stands where a bracket belongs"),
        ("[[1, 2], [3 4]]", "Row 2, column 2: a comma is missing before “4”"),
        ("[[1, 2], [3,, 4]]", "Row 2, column 2: no number stands before the comma"),
        ("[[1, 2] [3, 4]]", "Row 2, column 1: a comma is missing before “[”"),
        ("[[1, 2], [3, 4]]]", "Row 2, column 2: “]” closes nothing"),
        ("[[1, 2], [3, 4])", "Row 2, column 2: the text ends here without “]”"),
        ("[[[1, 2]], [[1, 2, 3]]]", "Row 1 of block 2 has 3 numbers, the rows before have 2"),
        ("[[[1, 2], [3]]]", "Row 2 of block 1 has 1 numbers, row 1 has 2"),
        ("[[[1, 2]], [[1, 2], [3, 4]]]", "Block 2 has 2 rows or blocks, the block before has 1"),
        ("[[[1], [nan]]]", "Block 1, row 2, column 1: “nan” is not a finite"),
        ("[[[[[1]]]]]", "nested more than 4 deep"),
        ("os.system([[1]])", "“os.system(” stands before the brackets"),
        ("np.array([[1]]).T", "“).T” follows the brackets"),
        ("np.array([[1]]", "Row 1, column 1: “]” follows"),
        ("[[1, 2, ..., 9]]", "Row 1, column 3: “…” leaves numbers out"),
        ("[[1, 2],\n ...,\n [3, 4]]", "Row 2, column 1: “…” leaves numbers out"),
        ("1 2\n...\n3 4", "Row 2, column 1: “…” leaves numbers out"),
        ("1,234\t5", "Row 1, column 1: “1,234” can be read in two ways"),
        ("1,5\t2.5", "Row 1, column 2: “2.5” can be read in two ways"),
        ("1,5;2,5", "can be read in two ways"),
        ("1,5 2,5", "Row 1, column 2: “5 2” is not a number"),
        ("1\t\t3\n4\t5\t6", "Row 1, column 2: no number stands here"),
        ("1 2\n3 4\n\n5 6", "Block 2 has 1 rows or blocks, the block before has 2"),
        ("1 2\n3 4\n\n5 6 7\n7 8 9", "Row 1 of block 2 has 3 numbers, the rows before have 2"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_structure_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ArrayError, match=re.escape(said)):
        read_array(text)


def test_a_printout_that_numpy_shortened_is_refused() -> None:
    for shape in ((2000,), (40, 40), (2, 3, 40, 40)):
        for text in (repr(np.ones(shape)), str(np.ones(shape))):
            with pytest.raises(ArrayError, match=r"leaves numbers out|follows the brackets"):
                read_array(text)


@given(text=st.text(st.sampled_from("[](),;.-e 0123\n\t'nax…"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_array(text)
    except ArrayError as error:
        said = str(error)
    else:
        said = "."
        assert np.isfinite(read).all()
        assert read.size
    assert said.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, " " * 300_000 + "[1]" + " " * 300_000 + "x", "[1]" + "," * 100_000, "(" * 50_000 + "[1]",
     "1" * 400_000, ";" * 300_000, "\t" * 300_000, '"' * 200_000 + "\t1", "[1," * 100_000],
)  # fmt: skip
def test_long_nonsense_is_refused_at_once(text: str) -> None:
    with pytest.raises(ArrayError):
        read_array(text)


def test_the_wanted_number_of_axes_and_of_numbers_is_kept() -> None:
    with pytest.raises(ArrayError, match="The numbers are 2×2, 2 axes: 3 / 4 are needed here"):
        read_array("1 2\n3 4", ndim=(3, 4))
    for text in ("1 2 3 4", "[1, 2, 3, 4]"):
        with pytest.raises(ArrayError, match="more than 3 numbers"):
            read_array(text, most=3)


def test_a_refusal_is_said_whole_in_another_language() -> None:
    with pytest.raises(ArrayError) as refused:
        read_array("1 2\n3 nan")
    use_language("zh")
    assert refused.value.sentence.said == "第 2 行第 2 列：“nan”不是有限的数。"
    use_language("en")
