"""The trainer: reproducible, resumable to the last bit, and equal to what PyTorch gave."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import replace

import numpy as np
import pytest

from convviz.cli.curves import draw_curves
from convviz.nets.checkpoint import load_network, save_network
from convviz.nets.data import DataError, shapes
from convviz.nets.progress import History
from convviz.nets.resume import data_of, load_training, save_training, training_bytes
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.three_layer import ThreeLayerConvNet
from convviz.nets.trainer import Trainer, dead_shares
from convviz.ops.errors import SpecError
from convviz.ops.optimisers import rule
from convviz.pipeline.own import first_filters

DATA = shapes(100, 40, 20)
TINY = Settings(batch_size=20, epochs=2, check_every=3)


def trainer(settings: Settings = TINY, **options) -> Trainer:
    net = ThreeLayerConvNet(
        num_filters=3, filter_size=3, hidden_dim=8, weight_scale=1e-2, **options
    )
    return Trainer(net, DATA, settings)


def test_an_epoch_has_as_many_iterations_as_batches_fit():
    run = list(trainer())
    assert [progress.iteration for progress in run] == list(range(1, 11))
    assert [progress.epoch for progress in run] == [1] * 5 + [2] * 5
    assert {progress.iterations for progress in run} == {10}


def test_the_speed_is_that_of_the_latest_iterations(monkeypatch):
    """A clock that shows half a second for each iteration: 20 images in it, and 0.5 s for each to come."""
    clock = iter(np.arange(0, 100, 0.5))
    monkeypatch.setattr("convviz.nets.trainer.time.perf_counter", lambda: float(next(clock)))
    training = trainer()
    for left, progress in zip((9, 8, 7), training, strict=False):
        assert progress.samples_per_second == 40
        assert progress.seconds_left == left / 2


def test_accuracies_are_measured_when_due_and_at_the_end():
    training = trainer()
    measured = [progress.iteration for progress in training if progress.accuracies]
    assert measured == training.history.measured_at == [3, 6, 9, 10]
    expected = (
        training.net.loss(DATA.inputs(DATA.validation.images)).argmax(axis=1)
        == DATA.validation.labels
    ).mean()
    assert training.history.validation[-1] == expected


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others():
    runs = [trainer(replace(TINY, seed=seed)) for seed in (1, 1, 2)]
    losses = [[progress.loss for progress in run] for run in runs]
    assert losses[0] == losses[1] != losses[2]


def test_the_learning_rate_decays_after_each_epoch():
    rates = [progress.learning_rate for progress in trainer(replace(TINY, decay=0.5))]
    assert rates == [1e-3] * 5 + [5e-4] * 5


@pytest.mark.parametrize("optimiser", ["sgd", "sgd_momentum", "nesterov", "rmsprop", "adam"])
def test_resumed_from_a_checkpoint_the_numbers_are_those_of_never_stopping(optimiser, tmp_path):
    settings = replace(TINY, optimiser=optimiser, decay=0.9)
    options = {"batchnorm": True, "dropout": 0.3, "reg": 0.01}
    straight = trainer(settings, **options)
    losses = [progress.loss for progress in straight]
    stopped = trainer(settings, **options)
    for _ in range(4):
        stopped.step()
    save_training(stopped, tmp_path / "half.npz", "shapes")
    resumed = load_training(tmp_path / "half.npz", DATA)
    rest = [progress.loss for progress in resumed]
    assert rest == losses[4:]
    assert resumed.history == straight.history
    for name, value in straight.net.params.items():
        np.testing.assert_array_equal(resumed.net.params[name], value)
    for name, value in straight.net.state.items():
        np.testing.assert_array_equal(resumed.net.state[name], value)


def test_a_checkpoint_made_with_other_data_is_refused(tmp_path):
    save_training(trainer(), tmp_path / "a.npz", "shapes")
    with pytest.raises(
        DataError, match=r"trained on other data .*train 100.* than this .*train 60"
    ):
        load_training(tmp_path / "a.npz", DATA.smaller(60))


def test_a_checkpoint_is_never_a_pickle_and_a_damaged_one_is_refused(tmp_path):
    path = tmp_path / "net.npz"
    save_network(trainer().net, path, note="x")
    assert load_network(path)[1] == {"note": "x"}
    with np.load(path, allow_pickle=False) as file:
        assert all(file[name].dtype != object for name in file.files)
    whole = path.read_bytes()
    evil = io.BytesIO()
    np.savez(evil, meta=np.array([{"a": 1}], dtype=object))
    for damaged in (whole[:100], whole[:-500], b"", b"no", evil.getvalue()):
        path.write_bytes(damaged)
        with pytest.raises(DataError, match="not a checkpoint or is damaged"):
            load_network(path)
    with pytest.raises(DataError, match="there is no file"):
        load_network(tmp_path / "nowhere.npz")


def test_a_network_without_a_training_cannot_be_gone_on_with(tmp_path):
    save_network(trainer().net, tmp_path / "net.npz")
    with pytest.raises(DataError, match="holds a network but no training"):
        load_training(tmp_path / "net.npz", DATA)


def test_a_network_read_back_gives_the_same_scores(tmp_path):
    net = trainer(batchnorm=True).net
    x = DATA.inputs(DATA.train.images[:7])
    net.loss(x, DATA.train.labels[:7])
    save_network(net, tmp_path / "net.npz")
    again, _ = load_network(tmp_path / "net.npz")
    np.testing.assert_array_equal(again.loss(x), net.loss(x))


def test_dead_relus_are_the_filters_and_units_that_let_nothing_through():
    net = Sequential(parse_stack("conv3-4 relu affine5 relu affine10"), (3, 32, 32))
    net.params["b1"] = np.array([-1e6, 0, -1e6, 0], dtype=np.float32)
    net.params["b2"] = np.array([-1e6, 1e6, 1e6, 1e6, 1e6], dtype=np.float32)
    run = net.run(DATA.inputs(DATA.train.images[:10]), training=True)
    assert dead_shares(net, run) == {1: 0.5, 3: pytest.approx(0.2)}


def test_overfitting_a_few_pictures_reaches_nearly_all_of_them_and_not_the_others():
    """As in the course, but 30 epochs for 15: 100 images, Adam at 1e-3, weight scale 1e-2; there 0.99 and 0.22."""
    data = shapes(100, 200, 10)
    net = ThreeLayerConvNet(weight_scale=1e-2)
    training = Trainer(net, data, Settings(epochs=30, batch_size=50, check_every=1000))
    list(training)
    assert training.history.training[-1] >= 0.95
    assert training.history.validation[-1] < 0.4


def test_a_network_for_other_images_or_classes_is_refused():
    for net in (ThreeLayerConvNet((3, 16, 16)), ThreeLayerConvNet(num_classes=7)):
        with pytest.raises(SpecError, match="are not the data's"):
            Trainer(net, DATA, TINY)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"batch_size": 0}, "batch_size 0 is too small"),
        ({"epochs": 0}, "epochs 0 is too small"),
        ({"learning_rate": -1.0}, "learning_rate -1.0 is not a positive number"),
        ({"learning_rate": float("nan")}, "is not a positive number"),
        ({"optimiser": "adamw"}, "there is no update rule"),
    ],
)
def test_settings_that_cannot_work_are_refused(setting, sentence):
    with pytest.raises(SpecError, match=sentence):
        Settings(**setting)


def test_curves_are_drawn_of_a_training_of_any_length_and_of_one_that_blew_up():
    blank = draw_curves(History(), "nothing yet")
    for history in (
        History([2.3], [1], [0.1], [0.1]),
        History([2.3, float("inf"), float("nan")], [3], [0.1], [0.1]),
        History(list(np.linspace(3, 1, 500)), [250, 500], [0.3, 0.6], [0.2, 0.5]),
    ):
        image = draw_curves(history, "title")
        assert image.size == blank.size
        assert image.tobytes() != blank.tobytes()


@pytest.mark.parametrize(
    "damage",
    [
        {"history": {"losses": ["x"], "measured_at": [], "training": [], "validation": []}},
        {"history": {"losses": [1.0], "measured_at": [1], "training": [], "validation": []}},
        {"data": {"where": "shapes", "train": "many", "standardised": True}},
        {"settings": {"batch_size": 0}},
    ],
)
def test_a_checkpoint_with_nonsense_in_it_is_refused(damage, tmp_path):
    made = trainer()
    path = tmp_path / "training.npz"
    save_training(made, path, "shapes")
    with np.load(path) as read:
        arrays = dict(read)
    meta = json.loads(str(arrays["meta"])) | damage
    np.savez(path, **arrays | {"meta": np.array(json.dumps(meta))})
    if damage.keys() == {"data"}:
        with pytest.raises(DataError, match="not a checkpoint or is damaged"):
            data_of(path)
    else:
        with pytest.raises(DataError, match="not a checkpoint or is damaged"):
            load_training(path, DATA)


def test_a_compressed_archive_is_refused_before_it_unfolds(tmp_path):
    path = tmp_path / "training.npz"
    np.savez_compressed(path, meta=np.array("{}"), bomb=np.zeros(10**6))
    with pytest.raises(DataError, match="not a checkpoint or is damaged"):
        load_network(path)


def test_a_checkpoint_is_read_from_an_open_file_too(tmp_path):
    made = trainer()
    made.step()
    path = tmp_path / "training.npz"
    save_training(made, path, "shapes")
    with path.open("rb") as file:
        assert data_of(file)["train"] == 100
        file.seek(0)
        assert load_training(file, DATA).history == made.history


def test_what_others_see_of_a_training_is_of_one_whole_iteration(monkeypatch):
    """Both networks begin with the same numbers; one is held up between two parameters of its second update."""
    options = {"batchnorm": True, "dropout": 0.3}
    straight, watched = trainer(**options), trainer(**options)
    straight.step()
    half, on = threading.Event(), threading.Event()
    update, calls = rule(TINY.optimiser), []

    def slow(*arguments):
        calls.append(1)
        if len(calls) == len(watched.net.params) + 2:
            half.set()
            assert on.wait(20)
        return update(*arguments)

    monkeypatch.setattr("convviz.nets.trainer.rule", lambda _name: slow)
    thread = threading.Thread(target=lambda: (watched.step(), watched.step()), daemon=True)
    thread.start()
    assert half.wait(20)
    seen, own = watched.reached.net, first_filters(watched)
    file = io.BytesIO(training_bytes(watched, "shapes"))
    file.name = "training.npz"
    on.set()
    thread.join(20)
    monkeypatch.undo()
    for name, value in (straight.net.params | straight.net.state).items():
        np.testing.assert_array_equal((seen.params | seen.state)[name], value)
    assert own.iteration == 1
    np.testing.assert_array_equal(own.weights(3), straight.net.params["W1"].astype(float))
    taken_up = load_training(file, DATA)
    assert taken_up.history == straight.history
    assert [each.loss for each in taken_up] == [each.loss for each in straight]
    assert watched.reached.iteration == len(watched.reached.history.losses) == 2
