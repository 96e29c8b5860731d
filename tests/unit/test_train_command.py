"""``convviz train``: what it prints and writes, what it refuses, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from PIL import Image

from convviz.cli import main
from convviz.nets import data
from convviz.nets.checkpoint import load_network

ROOT = Path(__file__).resolve().parents[2]
SMALL = [
    "train",
    "--layers",
    "conv3-2 relu pool4",
    "--train",
    "100",
    "--epochs",
    "2",
    "--batch",
    "20",
]


@pytest.fixture(scope="module", autouse=True)
def drawn_once() -> Iterator[None]:
    """The command draws all of its pictures whenever it runs. Here they are drawn once."""
    with patch.object(data, "shapes", cache(data.shapes)):
        yield


def test_it_trains_reports_and_writes_a_checkpoint_and_curves(tmp_path, capsys):
    assert main([*SMALL, "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert "conv3-2 relu pool4 affine10: 1,346 parameters" in printed.out
    assert "iterations           10" in printed.out
    assert "test accuracy        0." in printed.out
    assert "10/10" in printed.err
    assert Image.open(tmp_path / "curves.png").size == (1232, 578)
    assert load_network(tmp_path / "checkpoint.npz")[0].size == 1346


def test_gone_on_with_after_the_end_it_only_reports(tmp_path, capsys):
    main([*SMALL, "--out", str(tmp_path)])
    first = capsys.readouterr().out.split("iterations")[1].split("time")[0]
    checkpoint = str(tmp_path / "checkpoint.npz")
    assert main(["train", "--out", str(tmp_path), "--resume", checkpoint]) == 0
    assert first == capsys.readouterr().out.split("iterations")[1].split("time")[0]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_leaves_a_checkpoint_from_which_the_same_numbers_follow(tmp_path):
    longer = [*SMALL[:-4], "--epochs", "40", *SMALL[-2:], "--out"]
    assert main([*longer, str(tmp_path / "straight")]) == 0
    stopped = subprocess.Popen(
        [sys.executable, "-m", "convviz.cli", *longer, str(tmp_path / "stopped")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert stopped.stderr is not None
    stopped.stderr.readline()  # the first epoch is done
    stopped.send_signal(signal.SIGINT)
    printed, _ = stopped.communicate(timeout=60)
    assert stopped.returncode == 130
    assert "To go on: convviz train" in printed
    checkpoint = tmp_path / "stopped" / "checkpoint.npz"
    resume = ["train", "--out", str(tmp_path / "stopped"), "--resume", str(checkpoint)]
    assert main(resume) == 0
    ends = [load_network(tmp_path / kind / "checkpoint.npz")[0] for kind in ("straight", "stopped")]
    for name, value in ends[0].params.items():
        np.testing.assert_array_equal(ends[1].params[name], value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--data", "letters"], "there is no data set letters"),
        (["--data", "cifar10:/nowhere"], "there is no /nowhere"),
        (["--layers", "conv3"], "'conv3' is not a layer"),
        (["--weight-scale", "big"], "weight scale 'big' is not a number"),
        (
            ["--weight-scale", "nan"],
            "weight_scale nan is not a number of at least 0: use 0, or a small one",
        ),
        (["--reg", "-1"], "reg -1.0 is not a number of at least 0"),
        (["--reg", "inf"], "reg inf is not a number of at least 0"),
        (["--seed", "-1"], "seed -1 is too small: use seed of at least 0"),
        (["--train", "0"], "train 0 is too small: use train of at least 1"),
        (["--train", "-5"], "train -5 is too small"),
        (["--batch", "0"], "batch_size 0 is too small"),
        (["--learning-rate", "0"], "learning_rate 0.0 is not a positive number"),
        (["--resume", "/nowhere.npz"], "there is no file /nowhere.npz"),
    ],
)
def test_what_cannot_work_is_refused_with_one_sentence(arguments, sentence, tmp_path, capsys):
    assert main(["train", "--out", str(tmp_path / "out"), *arguments]) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell limits the files")
def test_a_full_disk_is_said_in_a_sentence(tmp_path):
    command = ["sh", "-c", 'ulimit -f 1 && exec "$0" "$@"', sys.executable, "-m", "convviz.cli"]
    done = subprocess.run(
        [*command, *SMALL, "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert f"The training cannot be written to {tmp_path}: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [*tmp_path.iterdir()] == []
