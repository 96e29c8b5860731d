"""Code is taken away from a page and run by itself, as a person would."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from convviz.photos.samples import sample
from tests import oracles
from tests.e2e.helpers import App
from tests.e2e.test_share import SOBEL, download, open_bar


def digit() -> np.ndarray:
    """The digit in three channels, (3, 28, 28): too many numbers to be written into a script."""
    return sample("digit").pixels.transpose(2, 0, 1).astype(float)


def pooled() -> np.ndarray:
    """The mean of each 3×3 window at stride 2, of the zeros around it as well, worked out number by number."""
    return oracles.pool(digit(), (3, 3), (2, 2), (1, 1), (1, 1), False, "avg", True)[0]


def edges() -> np.ndarray:
    """What Sobel x answers to the sum of the channels, worked out number by number."""
    weights, sides = np.tile(SOBEL, (1, 3, 1, 1)), ((1, 1), (1, 1))
    return oracles.conv(digit()[None], weights, [0.0], (1, 1), sides, (1, 1), 1, "zeros")[0, 0]


@pytest.mark.parametrize(
    ("path", "script", "variable", "expected"),
    [
        (
            "/pooling?image=Digit&pool=Average&kernel=3&stride=2&pad=1",
            "average_pool_numpy.py",
            "out[0]",
            pooled,
        ),
        (
            "/feature-maps?images=Digit&show=One+map",
            "feature_maps_numpy.py",
            "shown",
            edges,
        ),
    ],
)
def test_the_script_of_a_page_computes_the_same_numbers_by_itself(
    app: App, tmp_path: Path, path: str, script: str, variable: str, expected
) -> None:
    page = app(path)
    open_bar(page)
    with zipfile.ZipFile(download(page, "Code (.zip)", tmp_path)) as archive:
        names = {script, script.replace("numpy", "torch"), "arrays.npz"}
        assert set(archive.namelist()) == names
        archive.extractall(tmp_path)
    page.keyboard.press("Escape")
    with (tmp_path / script).open("a") as file:
        file.write(f'\nnp.save("left.npy", {variable})\n')
    subprocess.run([sys.executable, script], cwd=tmp_path, check=True, capture_output=True)
    np.testing.assert_allclose(np.load(tmp_path / "left.npy"), expected(), rtol=0, atol=1e-6)
