"""The NumPy script that a page gives away computes what the page shows. PyTorch's: tests/parity."""

from __future__ import annotations

import re

import pytest

from convviz import SpecError
from convviz.export.code import Pool, code_files, numpy_script
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
    files = code_files(Pool(TIED, "max", PoolSpec.make(2)))
    assert set(files) == {"max_pool_numpy.py", "max_pool_torch.py", "arrays.npz"}


@pytest.mark.parametrize("setting", [{"dilation": 2}, {"padding": ((1, 0), (0, 0))}], ids=str)
def test_pooling_that_the_scripts_do_not_know_is_refused(setting) -> None:
    with pytest.raises(SpecError, match="the scripts of pooling know no dilation"):
        Pool(TIED, "max", PoolSpec.make(2, **setting))
