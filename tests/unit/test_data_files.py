"""Readers of CIFAR-10 and MNIST, on small files in the exact formats, sound and unsound."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import struct
import tarfile
from pathlib import Path

import numpy as np
import pytest

from convviz.nets.data import DataError, load, load_cifar10, load_mnist
from convviz.nets.data.files import LARGEST, unzip
from convviz.nets.data.idx import read_idx
from convviz.nets.data.unpickle import MOST_MEMOS, unpickle_batch

TRAIN = [f"data_batch_{k}" for k in range(1, 6)]


def records(count: int, seed: int) -> tuple[np.ndarray, list[int]]:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (count, 3072), dtype=np.uint8)
    return pixels, [int(label) for label in rng.integers(0, 10, count)]


def python2_pickle(pixels: np.ndarray, labels: list[int]) -> bytes:
    """A batch as Python 2 and the NumPy of the time pickled it: protocol 2, byte strings, old module names."""
    short = lambda text: b"U" + bytes([len(text)]) + text  # noqa: E731 SHORT_BINSTRING
    integer = lambda value: b"J" + struct.pack("<i", value)  # noqa: E731 BININT
    dtype = (
        b"cnumpy\ndtype\n" + short(b"u1") + b"K\0K\1\x87R(" + b"K\3" + short(b"|") + b"NNN"
        b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb"
    )
    raw = b"T" + struct.pack("<i", pixels.size) + pixels.tobytes()  # BINSTRING
    state = b"(K\1" + integer(len(pixels)) + integer(3072) + b"\x86" + dtype + b"\x89" + raw + b"tb"
    made = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85" + short(b"b") + b"\x87R"
    )
    listed = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    names = b"](" + b"".join(short(b"a.png") for _ in labels) + b"e"
    return (
        b"\x80\x02}q\x01("
        + short(b"batch_label")
        + short(b"training batch 1 of 5")
        + short(b"labels")
        + listed
        + short(b"data")
        + made
        + state
        + short(b"filenames")
        + names
        + b"u."
    )


def binary(pixels: np.ndarray, labels: list[int]) -> bytes:
    return np.column_stack([np.array(labels, dtype=np.uint8), pixels]).tobytes()


def cifar_files(form: str, sizes: tuple[int, ...] = (4, 3, 5, 2, 6, 3)) -> dict[str, bytes]:
    """Five training batches and a test batch of a few records each."""
    write = binary if form == "binary" else python2_pickle
    suffix = ".bin" if form == "binary" else ""
    names = [name + suffix for name in (*TRAIN, "test_batch")]
    return {
        name: write(*records(n, k)) for k, (name, n) in enumerate(zip(names, sizes, strict=True))
    }


def folder_of(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def archive_of(files: dict[str, bytes], path: Path, inside: str = "cifar-10-batches-py") -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"{inside}/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def test_lists_that_hold_one_another_are_refused_at_once():
    shared: list = []
    for _ in range(200):
        shared = [shared, shared]
    with pytest.raises(
        DataError, match="holds a list with a list in it: use the file as published"
    ):
        unpickle_batch(pickle.dumps({"labels": shared}), "data_batch_1")


@pytest.mark.parametrize("form", ["python", "binary"])
@pytest.mark.parametrize("packed", [False, True])
def test_cifar_10_is_read_in_both_formats_from_folder_and_archive(form, packed, tmp_path):
    files = cifar_files(form)
    place = archive_of if packed else folder_of
    data = load(f"cifar10:{place(files, tmp_path / 'set.tar.gz')}")
    pixels = np.concatenate([records(n, k)[0] for k, n in enumerate((4, 3, 5, 2, 6))])
    labels = np.concatenate([records(n, k)[1] for k, n in enumerate((4, 3, 5, 2, 6))])
    both = np.concatenate([data.train.images, data.validation.images])
    np.testing.assert_array_equal(both, pixels.reshape(-1, 3, 32, 32))
    np.testing.assert_array_equal(
        np.concatenate([data.train.labels, data.validation.labels]), labels
    )
    assert (len(data.train), len(data.validation), len(data.test)) == (18, 2, 3)
    assert data.classes[3] == "cat"


def test_a_batch_pickled_by_today_s_python_is_read_too(tmp_path):
    files = cifar_files("python")
    pixels, labels = records(4, 0)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        files["data_batch_1"] = pickle.dumps({b"data": pixels, b"labels": labels}, protocol)
        data = load_cifar10(folder_of(files, tmp_path))
        np.testing.assert_array_equal(data.train.images[:4].reshape(4, -1), pixels)


def test_the_official_split_keeps_the_last_thousand_for_validation_and_tests_on_the_first(tmp_path):
    files = cifar_files("binary", (2300, 2300, 2300, 2300, 2300, 1200))
    data = load_cifar10(folder_of(files, tmp_path))
    assert (len(data.train), len(data.validation), len(data.test)) == (10500, 1000, 1000)
    first = records(1200, 5)[0][:1000].reshape(-1, 3, 32, 32)
    np.testing.assert_array_equal(data.test.images, first)


def test_inputs_are_minus_the_mean_training_image_and_standardised_ones_have_unit_deviation(
    tmp_path,
):
    folder = folder_of(cifar_files("binary", (300, 30, 30, 30, 30, 30)), tmp_path)
    data = load_cifar10(folder)
    mean = data.train.images.mean(axis=0, dtype=np.float64)
    np.testing.assert_allclose(data.inputs(data.test.images, np.float64), data.test.images - mean)
    assert data.inputs(data.test.images).dtype == np.float32
    unit = load_cifar10(folder, standardised=True)
    inputs = unit.inputs(unit.train.images, np.float64)
    np.testing.assert_allclose(inputs.std(axis=(0, 2, 3)), 1, atol=1e-9)
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-9)


class RunsSomething:
    """What a malicious file would hold."""

    def __reduce__(self):
        return os.mkdir, ("convviz-was-here",)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_would_run_something_is_refused_and_runs_nothing(
    protocol, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    files = cifar_files("python")
    evil = pickle.dumps({"data": RunsSomething(), "labels": []}, protocol)
    files["data_batch_2"] = evil
    with pytest.raises(DataError, match=r"data_batch_2 asks to run \w+\.mkdir"):
        load_cifar10(folder_of(files, tmp_path))
    assert not Path("convviz-was-here").exists()


@pytest.mark.parametrize(
    "evil",
    [
        pytest.param(
            b"\x80\x02}r" + struct.pack("<I", MOST_MEMOS + 1) + b".",
            id="reserves memory by a large memo number",
        ),
        pytest.param(b"\x80\x04X\xff\xff\xff\xff" + b"a" * 20, id="claims a text of 4 GB"),
        pytest.param(b"\x80\x05\x96" + struct.pack("<Q", 1 << 62), id="claims bytes of 2**62"),
        pytest.param(python2_pickle(*records(4, 0))[:-9000], id="is incomplete"),
        pytest.param(b"", id="is empty"),
        pytest.param(b"<html>not found</html>", id="is no pickle"),
        pytest.param(b"\x80\x02U\x01aQ.", id="asks for something persistent"),
        pytest.param(b"\x80\x02\x82\x01.", id="names an extension"),
        pytest.param(
            b"\x80\x04\x8c\x05numpy\x8c\x11ndarray.__class__\x93.", id="reaches for an attribute"
        ),
    ],
)
def test_a_damaged_or_hostile_pickle_is_refused(evil):
    with pytest.raises(DataError, match=r"^data_batch_1 "):
        unpickle_batch(evil, "data_batch_1")


@pytest.mark.parametrize(
    ("batch", "sentence"),
    [
        ({"data": np.zeros((2, 3072), np.uint8), "labels": [1]}, "2 images but 1 labels"),
        ({"data": np.zeros((1, 3072), np.uint8), "labels": [10]}, "not from 0 to 9"),
        ({"data": np.zeros((1, 3072), np.uint8), "labels": [-1]}, "not from 0 to 9"),
        ({"data": np.zeros((1, 3072), np.uint8), "labels": [2**80]}, "not from 0 to 9"),
        ({"data": np.zeros((1, 3072), np.uint8), "labels": ["1"]}, "no list of labels"),
        ({"data": np.zeros((1, 3072), np.uint8), "labels": [True]}, "no list of labels"),
        ({"data": np.zeros((1, 3072), np.uint8)}, "no list of labels"),
        ({"data": np.zeros((1, 3071), np.uint8), "labels": [1]}, "no pixels of shape"),
        ({"data": np.zeros((1, 3072), np.float32), "labels": [1]}, "not made of bytes"),
        ({"data": np.array([None, {}]), "labels": [1]}, "not made of bytes"),
        ({"data": np.zeros((1, 3072), np.uint8), "fine_labels": [1]}, "CIFAR-100"),
        ([1, 2], "does not hold a dictionary"),
        ({"labels": {1: 2}}, "holds a dict"),
    ],
)
def test_a_mislabelled_batch_is_refused_with_a_sentence(batch, sentence, tmp_path):
    files = cifar_files("python") | {"data_batch_3": pickle.dumps(batch)}
    with pytest.raises(DataError, match=sentence):
        load_cifar10(folder_of(files, tmp_path))


def test_a_binary_batch_cut_short_or_mislabelled_is_refused(tmp_path):
    files = cifar_files("binary")
    with pytest.raises(DataError, match="not a multiple of 3073"):
        load_cifar10(
            folder_of(files | {"test_batch.bin": files["test_batch.bin"][:-1]}, tmp_path / "a")
        )
    wrong = b"\x0a" + files["data_batch_1.bin"][1:]
    with pytest.raises(DataError, match="not from 0 to 9"):
        load_cifar10(folder_of(files | {"data_batch_1.bin": wrong}, tmp_path / "b"))


def test_missing_and_mixed_files_are_named(tmp_path):
    files = cifar_files("python")
    test = files.pop("test_batch")
    with pytest.raises(DataError, match="holds no test_batch"):
        load_cifar10(folder_of(files, tmp_path / "a"))
    with pytest.raises(DataError, match="holds no data_batch_1"):
        load_cifar10(folder_of({"test_batch": test}, tmp_path / "b"))
    with pytest.raises(DataError, match="both formats"):
        load_cifar10(folder_of(cifar_files("python") | cifar_files("binary"), tmp_path / "c"))
    with pytest.raises(DataError, match="there is no "):
        load_cifar10(tmp_path / "nowhere")


def test_an_archive_can_write_nowhere_and_its_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(cifar_files("python")["test_batch"])
    path = tmp_path / "evil.tar.gz"
    files = cifar_files("python")
    del files["test_batch"]
    archive_of(files, path, inside="../../..")
    with tarfile.open(tmp_path / "linked.tar.gz", "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("test_batch")
        link.type, link.linkname = tarfile.SYMTYPE, str(secret)
        archive.addfile(link)
    before = sorted(tmp_path.rglob("*"))
    for name in ("evil", "linked"):
        with pytest.raises(DataError, match="holds no test_batch"):
            load_cifar10(tmp_path / f"{name}.tar.gz")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_archive_and_one_file_twice_are_refused(tmp_path):
    good = archive_of(cifar_files("python"), tmp_path / "good.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(good[: len(good) // 2])
    (tmp_path / "no.tar.gz").write_bytes(b"not an archive")
    for name in ("cut", "no"):
        with pytest.raises(DataError, match="damaged or not an archive"):
            load_cifar10(tmp_path / f"{name}.tar.gz")
    folder = folder_of(cifar_files("python"), tmp_path / "twice")
    folder_of({"data_batch_1": b""}, folder / "more")
    with pytest.raises(DataError, match="holds data_batch_1 twice"):
        load_cifar10(folder)


def test_a_gz_that_swells_beyond_the_limit_is_refused():
    packer = gzip.compress(bytes(LARGEST + 1), compresslevel=1)
    with pytest.raises(DataError, match="holds more than 200 MB"):
        unzip(packer, "bomb.gz")


def idx(values: np.ndarray, kind: int = 8) -> bytes:
    header = bytes([0, 0, kind, values.ndim]) + struct.pack(f">{values.ndim}I", *values.shape)
    return header + values.tobytes()


def mnist_files() -> dict[str, bytes]:
    rng = np.random.default_rng(5)
    images = rng.integers(0, 256, (25, 28, 28), dtype=np.uint8)
    labels = (np.arange(25) % 10).astype(np.uint8)
    return {
        "train-images-idx3-ubyte": idx(images[:20]),
        "train-labels-idx1-ubyte": idx(labels[:20]),
        "t10k-images-idx3-ubyte": idx(images[20:]),
        "t10k-labels-idx1-ubyte": idx(labels[20:]),
    }


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_mnist_is_read_plain_and_gzipped_from_folder_and_archive(zipped, packed, tmp_path):
    files = mnist_files()
    images = np.frombuffer(files["t10k-images-idx3-ubyte"][16:], np.uint8).reshape(5, 1, 28, 28)
    if zipped:
        files = {f"{name}.gz": gzip.compress(data) for name, data in files.items()}
    place = archive_of if packed else folder_of
    data = load(f"mnist:{place(files, tmp_path / 'set.tar.gz')}")
    assert data.shape == (1, 28, 28)
    assert (len(data.train), len(data.validation), len(data.test)) == (18, 2, 5)
    np.testing.assert_array_equal(data.test.images, images)
    np.testing.assert_array_equal(data.test.labels, [0, 1, 2, 3, 4])


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("t10k-images-idx3-ubyte", lambda data: data[:-1], "header says"),
        ("t10k-images-idx3-ubyte", lambda data: data + b"\0", "header says"),
        ("t10k-images-idx3-ubyte", lambda data: data[:10], "is too short for its header"),
        ("t10k-images-idx3-ubyte", lambda data: b"\1" + data[1:], "not an IDX file"),
        ("t10k-images-idx3-ubyte", lambda data: b"\0\0\x0d" + data[3:], "type 0x0D"),
        (
            "t10k-labels-idx1-ubyte",
            lambda _: mnist_files()["train-labels-idx1-ubyte"],
            "20 labels",
        ),
        ("t10k-labels-idx1-ubyte", lambda data: data[:-1] + b"\x0a", "not from 0 to 9"),
        (
            "t10k-labels-idx1-ubyte",
            lambda _: mnist_files()["t10k-images-idx3-ubyte"],
            "no labels",
        ),
        (
            "t10k-images-idx3-ubyte",
            lambda _: mnist_files()["t10k-labels-idx1-ubyte"],
            "no images",
        ),
    ],
)
def test_a_damaged_or_swapped_idx_file_is_refused(name, change, sentence, tmp_path):
    files = mnist_files()
    files[name] = change(files[name])
    with pytest.raises(DataError, match=sentence):
        load_mnist(folder_of(files, tmp_path))


def test_a_header_whose_size_overflows_is_refused():
    with pytest.raises(DataError, match="header says"):
        read_idx(bytes([0, 0, 8, 3]) + struct.pack(">3I", 2**31, 2**31, 4), "images")


def test_a_gz_cut_short_is_refused(tmp_path):
    files = mnist_files()
    cut = gzip.compress(files.pop("t10k-labels-idx1-ubyte"))[:-9]
    with pytest.raises(DataError, match="incomplete"):
        load_mnist(folder_of(files | {"t10k-labels-idx1-ubyte.gz": cut}, tmp_path))
