"""The NumPy script that a page gives away computes what the page shows. PyTorch's: tests/parity."""

from __future__ import annotations

import re

import numpy as np
import pytest

from convviz import SpecError
from convviz.export.code import GradientCheck, PoolCode, code_files, numpy_script
from convviz.lessons.case import Case
from convviz.lessons.check import check
from convviz.ops.spec import PoolSpec
from tests.codes import CASES, TIED, agree, run


@pytest.mark.parametrize("name", CASES)
def test_the_numpy_script_of_a_page_computes_what_it_shows(
    name, tmp_path, monkeypatch, capsys
) -> None:
    case = CASES[name]
    script = numpy_script(case.code)
    assert set(re.findall(r"^(?:import|from) (\w+)", script, flags=re.M)) == {"numpy"}
    names = run(script, case.code, tmp_path, monkeypatch)
    for variable, value in (case.left | case.numpy_left).items():
        agree(names[variable], value, variable)
    assert capsys.readouterr().out.strip()


def test_both_scripts_and_the_arrays_are_given_away() -> None:
    files = code_files(PoolCode(TIED, "max", PoolSpec.make(2)))
    assert set(files) == {"max_pool_numpy.py", "max_pool_torch.py", "arrays.npz"}


@pytest.mark.parametrize("setting", [{"dilation": 2}, {"padding": ((1, 0), (0, 0))}], ids=str)
def test_pooling_that_the_scripts_do_not_know_is_refused(setting) -> None:
    with pytest.raises(SpecError, match="the scripts of pooling know no dilation"):
        PoolCode(TIED, "max", PoolSpec.make(2, **setting))


def test_a_check_in_float32_stays_in_float32(tmp_path, monkeypatch) -> None:
    case = Case("Convolution", dtype="float32")
    code = GradientCheck(case)
    left = run(numpy_script(code), code, tmp_path, monkeypatch)
    for one in check(case):
        assert left["analytic"][one.name].dtype == left["numeric"][one.name].dtype == np.float32
        np.testing.assert_allclose(left["analytic"][one.name], one.analytic, atol=1e-5)
