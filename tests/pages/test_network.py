"""The Network page's script, run without a browser."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.load.parts import data_of
from convviz.export.arrays import arrays_file
from convviz.export.code import ARRAYS, Experiments, numpy_script
from convviz.nets import quick
from convviz.nets.resume import training_bytes
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pages.network.experiments import IMAGES
from convviz.pages.network.train import QUICK
from convviz.pictures.chart import MOST
from convviz.ui.training import jobs
from convviz.ui.training.settings import data_set
from tests.pages.test_outside_text import shown
from tests.parts import plain_of

VIEWS = ["Train", "Every layer", "Scores", "Mistakes", "Experiments", "PyTorch"]
TINY = {"images": "100", "epochs": "2", "filters": "2", "hidden": "4", "size": "3"}


def page(**link: str) -> AppTest:
    def script():
        from convviz.pages.network import page as network
        from convviz.ui.parts import say_notes

        network.render()
        say_notes()

    at = AppTest.from_function(script, default_timeout=60)
    for key, value in {"view": "Train", **link}.items():
        at.query_params[key] = value
    return at


@pytest.fixture
def small_experiments(monkeypatch):
    """Experiments whose networks are trained in a moment."""
    from convviz.pages.network import experiments

    monkeypatch.setattr(experiments, "EPOCHS", 2)
    monkeypatch.setitem(experiments.STACKS, experiments.PLAIN, "conv3-2 affine4")
    monkeypatch.setitem(experiments.STACKS, experiments.HELPED, "conv3-2 norm affine4 dropout0.5")


def job_of(at: AppTest) -> Job[Trainer]:
    """The session's training."""
    return at.session_state["training"].job


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def test_the_training_offered_first_is_what_the_sidebar_begins_with(monkeypatch):
    """It says what was measured, and starts whatever the sidebar has been set to."""
    started = []
    monkeypatch.setattr(jobs, "begin", started.append)
    at = page().run()
    button(at, "Start").click().run()
    assert started == [QUICK]
    at = page(**TINY).run()
    reached = quick.measured()
    assert any(
        f"got {reached.accuracy:.0%} of the validation" in each.value for each in at.markdown
    )
    button(at, "30 seconds").click().run()
    assert started == [QUICK, QUICK]


def train(at: AppTest) -> AppTest:
    """Start and run the page again until the training is done."""
    button(at, "Start").click()
    return until(at, "Trained")


def until(at: AppTest, said: str) -> AppTest:
    """Run the page again until it says something."""
    waiting = threading.Event()
    for _ in range(200):
        at.run()
        assert not at.exception
        if any(said in each.value for each in at.markdown):
            return at
        waiting.wait(0.05)
    raise AssertionError("the training did not end")


def press_twice(at: AppTest, label: str) -> AppTest:
    """The browser delivers one press two times over."""
    button(at, label).click()
    states = at._tree.get_widget_states()
    for _ in range(2):
        at._run(states)
        assert not at.exception
    return at


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens(view):
    at = page(view=view).run()
    assert not at.exception
    assert not at.warning


@pytest.mark.parametrize(
    "link",
    [
        {"network": "Linear classifier"},
        {"network": "Two convolutions, pooled"},
        {"network": "Own stack", "stack": "conv3-8 oops"},
        {"network": "Own stack", "stack": "affine9 pool2"},
        {"network": "Own stack", "stack": "pool64"},
        {"network": "Own stack", "stack": ""},
        {"data": "MNIST", "images": "7", "rate": "x", "epochs": "-3", "sample": "99999"},
        {"source": "A photo", "image": "Dog", "class": "nothing"},
        {"dropout": "50", "norm": "true", "init": "0.01"},
    ],
)
@pytest.mark.parametrize("view", VIEWS)
def test_no_link_brings_the_page_down(link, view):
    at = page(view=view, **link).run()
    assert not at.exception


def test_a_stack_that_cannot_work_is_told_in_a_sentence():
    at = page(network="Own stack", stack="affine9 pool2").run()
    assert [shown(error.value) for error in at.error] == [
        "pool2 needs feature maps but comes after an affine layer: move it before the first affine layer"
    ]


def test_a_training_runs_to_its_end_and_its_network_can_be_looked_at():
    at = train(page(**TINY).run())
    assert not button(at, "Start").disabled
    assert any("iteration 4 of 4" in each.value for each in at.markdown)
    for view in VIEWS[1:4]:
        at.session_state["view"] = view
        at.run()
        assert not at.exception
        if view == "Every layer":
            assert stack_shown(at) == [
                "input",
                "conv3-2",
                "relu",
                "pool2",
                "affine4",
                "relu",
                "affine10",
            ]


def test_a_look_at_a_training_makes_and_sends_little_beside_its_numbers():
    """It comes every second, and the training waits for it: no figure of Plotly's, at most 400 points a line."""
    at = train(page(**TINY).run())
    job, count = job_of(at), 3001
    latest, reached = job.records[-1], job.trainer.reached
    losses = [2.3 / (k + 1) for k in range(count)]
    job.records = [
        replace(latest, iteration=k + 1, gradients={"W1": k + 0.5}) for k in range(count)
    ]
    job.trainer.reached = replace(reached, history=replace(reached.history, losses=losses))
    at.run()
    assert not at.get("plotly_chart")
    loss, _accuracy, gradients, dead = charts(at)
    across, up = _points(loss)
    assert len(across) == 2 * MOST
    assert across[MOST - 1] == across[-1] == count
    np.testing.assert_array_equal(up[:MOST], [losses[k - 1] for k in across[:MOST]])
    np.testing.assert_array_equal(_points(gradients)[1], _points(gradients)[0] - 0.5)
    for chart in (loss, gradients, dead):
        assert len(chart.bytes) < 12 * len(_points(chart)[0]) + 1200  # 12 bytes a point


def _points(chart):
    """What a chart's lines were sent: places along the axis, and values."""
    data = data_of(chart)
    return data["across"], data["up"]


def test_the_overview_is_sent_every_layer_and_what_the_map_opened_is_made_of():
    at = page(view="Every layer").run()
    assert stack_shown(at)[1] == "conv7-8"
    at.session_state["network map open"] = (0, 3)
    at.run()
    assert not at.exception
    opened = sent(at)["detail"]
    linked = sent(page(view="Every layer", map="0-3").run())["detail"]
    assert linked == opened
    assert (opened["layer"], opened["index"], opened["names"]) == (0, 3, ["R", "G", "B"])


@pytest.mark.parametrize(
    ("chosen", "cell"), [("0-3", (16, 12)), ("0-3", (0, 31)), ("3-7", (15, 9))]
)
@pytest.mark.parametrize("direction", ["Forward", "Backward"])
def test_a_link_opens_the_stepper_at_the_cell_of_the_map_asked_for(chosen, cell, direction):
    link = {"map": chosen, "cell": "{}-{}".format(*cell), "pass": direction}
    at = page(view="Every layer", **link).run()
    assert not at.exception
    scene, seek = stepper(at)
    said = {each["name"]: each for each in scene["variables"]}
    taps = int(np.prod(scene["tap_grid"]))
    steps = sum(taps if phase["by_tap"] else 1 for phase in scene["phases"])
    visit, columns = seek // steps, scene["loops"][3]["length"]
    assert (seek + 1) % steps == 0  # where the cell has just been written
    places = [said["map_i"]["offset"] + visit // columns, said["map_j"]["offset"] + visit % columns]
    assert places == list(cell)
    assert said["map_f" if chosen[0] == "0" else "map_c"]["offset"] == int(chosen[2])
    assert at.query_params["cell"] == link["cell"]
    button(at, "Back to all layers").click().run()
    assert stack_shown(at)
    assert "cell" not in at.query_params


@pytest.mark.parametrize(
    "asked",
    [
        {"map": "99-99"},
        {"map": "0-x"},
        {"map": "0-3", "cell": "32-0"},
        {"map": "1-3", "cell": "2-2"},
        {"map": "0-3", "cell": "4-" + "9" * 5000},
    ],
)
def test_a_map_or_cell_that_does_not_exist_is_told_and_leaves_the_link(asked):
    at = page(view="Every layer", **asked).run()
    assert not at.exception
    assert any("The link asks for" in each.value for each in at.warning)
    assert list(asked)[-1] not in at.query_params


def stepper(at: AppTest) -> tuple[dict, int]:
    """The scene the stepper was sent, and the step it begins at."""
    for element in at.get("bidi_component"):
        if element.proto.component_name == "convviz.stepper":
            data = plain_of(element.proto)
            return data["scene"], data["seek"]
    raise AssertionError("there is no stepper")


def test_a_training_too_long_for_a_shared_server_is_refused():
    at = page(images="5000", epochs="100", batch="50").run()
    button(at, "Start").click().run()
    assert any("That would take 10000 iterations" in shown(error.value) for error in at.error)


def test_the_first_loss_and_the_gradient_check_are_computed():
    at = page(view="Experiments").run()
    button(at, "Compute it").click().run()
    button(at, "Check").click().run()
    said = "\n".join(each.value for each in at.markdown)
    assert "| 0 | 2.302" in said
    assert "| W3 |" in said


def test_the_experiments_script_begins_with_the_pages_first_loss(tmp_path, monkeypatch):
    """Its other parts are run on smaller networks, in tests/unit/test_code.py: they take half a minute."""
    at = page(view="Experiments", seed="3").run()
    button(at, "Compute it").click().run()
    (table,) = (each.value for each in at.markdown if each.value.startswith("| weight decay"))
    shown = [float(row.split("|")[2]) for row in table.splitlines()[2:]]
    code = Experiments(data_set("shapes", IMAGES, standardised=False), 3)
    (tmp_path / ARRAYS).write_bytes(arrays_file(code.arrays))
    monkeypatch.chdir(tmp_path)
    left = {}
    exec(numpy_script(code).split("# Gradient check")[0], left)
    np.testing.assert_allclose(list(left["first_losses"].values()), shown, rtol=0, atol=2e-6)


def test_the_code_in_pytorch_follows_the_stack():
    at = page(view="PyTorch", filters="9", size="5", reg="0.01").run()
    code = at.code[0].value
    assert "nn.Conv2d(3, 9, 5, padding=2)" in code
    assert "0.005 * sum" in code
    ours = at.code[1].value
    assert "x3 = max_pool2d(x2, 2)" in ours
    assert "loss += 0.005 * ((W1**2).sum()" in ours


def sent(at: AppTest) -> dict:
    """What the overview was sent."""
    for element in at.get("bidi_component"):
        if element.proto.component_name == "convviz.overview":
            return plain_of(element.proto)
    raise AssertionError("there is no overview")


def charts(at: AppTest) -> list:
    """What the charts of a training were sent."""
    made = [each.proto for each in at.get("bidi_component")]
    return [proto for proto in made if proto.component_name == "convviz.chart"]


def diagram(at: AppTest) -> list[str]:
    """Titles of the boxes drawn."""
    for element in at.get("bidi_component"):
        if element.proto.component_name == "convviz.diagram":
            content = element.proto
            return [box["title"] for box in plain_of(content)["boxes"]]
    raise AssertionError("there is no diagram")


def stack_shown(at: AppTest) -> list[str]:
    return sent(at)["stack"]


TOO_LARGE = {
    "affine100000000": "With affine100000000 the network has 307,300,000,000 parameters",
    "conv3-5000": "With conv3-5000 one picture becomes 5,123,072 numbers",
    "conv3-64 conv99-64": "the network has 40,1",
    " ".join(["conv3-2 relu"] * 20): "41 layers are too many",
    "conv3-" + "9" * 5000: "is not a layer",
    "foo": "'foo' is not a layer",
}


@pytest.mark.parametrize(
    ("view", "stack"), [*(("Train", stack) for stack in TOO_LARGE), ("PyTorch", "foo")]
)
def test_a_stack_that_cannot_be_built_is_told_in_a_sentence_and_cannot_be_started(view, stack):
    """Nothing else is drawn in its place: neither its diagram nor another network's."""
    at = page(view=view, network="Own stack", stack=stack).run()
    assert not at.exception
    assert [TOO_LARGE[stack] in shown(error.value) for error in at.error] == [True]
    assert not [each for each in at.button if each.label == "Start" and not each.disabled]
    assert not at.get("bidi_component")


def test_the_first_training_begins_with_weights_that_suit_the_network():
    """Kaiming's let most ReLUs of the three-layer network die in the first iterations; a deep stack needs them."""
    at = page().run()
    assert at.selectbox(key="init").value == "0.01"
    at.selectbox(key="network").select("Own stack").run()
    assert at.selectbox(key="init").value == "Kaiming"
    at.selectbox(key="init").select("0.1").run()
    assert at.selectbox(key="init").value == "0.1"
    at.selectbox(key="network").select("Three layers (CS231n)").run()
    assert at.selectbox(key="init").value == "0.01"
    assert page(network="Own stack", init="0.001").run().selectbox(key="init").value == "0.001"


@pytest.mark.usefixtures("small_experiments")
def test_an_experiment_is_trained_and_its_result_told_beside_its_button():
    at = page(view="Experiments").run()
    assert [each.label for each in at.selectbox] == ["Data set"]
    assert [each.label for each in at.number_input] == ["Seed"]
    button(at, "Overfit 100 pictures").click()
    until(at, "| plain |")
    assert at.session_state["view"] == "Experiments"
    at.session_state["view"] = "Train"
    at.run()
    said = "\n".join(each.value for each in at.markdown)
    assert "Below: the training of **conv3-2 affine4 affine10** on 100 pictures." in said
    assert "of the validation pictures" in said
    assert diagram(at)[1] == "conv7-16"  # what Start would train


def test_the_network_drawn_is_the_one_in_training():
    at = train(page(**TINY).run())
    job = job_of(at)
    job.state = "paused"
    at.number_input(key="filters").set_value(5).run()
    assert diagram(at)[1] == "conv3-2"
    assert any("Training **conv3-2" in each.value for each in at.markdown)
    job.state = "done"
    at.run()
    assert diagram(at)[1] == "conv3-5"


def test_a_stack_that_cannot_be_built_leaves_the_training_going_on_in_reach():
    at = train(page(**TINY).run())
    job_of(at).state = "paused"
    at.selectbox(key="network").select("Own stack").run()
    at.text_input(key="stack").set_value("foo").run()
    assert any("'foo' is not a layer" in shown(error.value) for error in at.error)
    assert button(at, "Start").disabled
    assert not button(at, "Cancel").disabled


def checkpoint(at: AppTest) -> io.BytesIO:
    """What the page would let be taken away, as a file that was dropped on it."""
    training = at.session_state["training"]
    file = io.BytesIO(training_bytes(training.job.trainer, training.settings.where))
    file.name = "training.npz"
    return file


def opened(file: io.BytesIO) -> AppTest:
    """A new session in which the file was opened."""

    def script(file):
        import streamlit as st

        from convviz.pages.network import checkpoint
        from convviz.pages.network import page as network

        if not st.session_state.get("test opened"):
            st.session_state["test opened"] = True
            st.session_state[checkpoint._FILE] = file
            checkpoint._open()
            del st.session_state[checkpoint._FILE]
        network.render()

    at = AppTest.from_function(script, default_timeout=60, args=(file,))
    at.query_params["view"] = "Train"
    return at


def test_a_checkpoint_opened_in_another_session_is_looked_at_and_gone_on_with():
    first = train(page(**TINY).run())
    straight = job_of(first).trainer
    net = first.session_state["training"].settings.build()
    stopped = Trainer(net, straight.data, straight.settings)
    for _ in range(3):
        stopped.step()
    file = io.BytesIO(training_bytes(stopped, "shapes"))
    file.name = "training.npz"
    at = opened(file).run()
    assert not at.exception
    assert not at.error
    assert any("Paused** · iteration 3 of 4" in each.value for each in at.markdown)
    assert diagram(at)[1] == "conv3-2"
    at.session_state["view"] = "Every layer"
    at.run()
    assert stack_shown(at)[1] == "conv3-2"
    assert at.query_params["whose"] == "Trained here"
    at.session_state["view"] = "Train"
    at.run()
    button(at, "Go on").click()
    until(at, "Trained")
    resumed = job_of(at).trainer
    assert resumed.history.losses == straight.history.losses
    for name, value in straight.net.params.items():
        np.testing.assert_array_equal(resumed.net.params[name], value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"where": "cifar10:/etc"},
            "training.npz was trained on cifar10, which this page does not offer",
        ),
        ({"name": "letters"}, "was trained on other data"),
        ({"where": ["shapes"]}, "training.npz is not a checkpoint or is damaged"),
    ],
)
def test_a_checkpoint_of_other_data_is_refused_in_a_sentence(change, sentence):
    file = checkpoint(train(page(**TINY).run()))
    with np.load(file) as read:
        arrays = dict(read)
    meta = json.loads(str(arrays["meta"]))
    meta["data"] |= change
    changed = io.BytesIO()
    np.savez(changed, **arrays | {"meta": np.array(json.dumps(meta))})
    changed.seek(0)
    changed.name = "training.npz"
    at = opened(changed).run()
    assert not at.exception
    assert any(sentence in shown(error.value) for error in at.error)
    assert any("No network is trained yet" in each.value for each in at.markdown)


def test_a_link_to_a_network_trained_in_another_session_says_what_is_missing():
    at = page(view="Every layer", whose="Trained here").run()
    assert stack_shown(at)[1] == "conv7-8"
    assert any("If you have its checkpoint, open it" in each.value for each in at.warning)
    own = train(page(**TINY).run())
    own.session_state["view"] = "Every layer"
    own.run()
    assert own.query_params["whose"] == "Trained here"
    own.segmented_control(key="whose").set_value("Pretrained").run()
    assert "whose" not in own.query_params
    assert stack_shown(own)[1] == "conv7-8"


def test_the_making_of_a_score_is_called_by_its_class():
    assert sent(page(view="Every layer", map="7-9").run())["detail"]["title"] == "affine10 ripples"


def test_mistakes_says_of_which_pictures_each_percentage_is():
    said = "\n".join(each.value for each in page(view="Mistakes").run().markdown)
    assert "right on 82.5% of 1000 test pictures" in said
    assert (
        "mistakes show the 500 validation pictures. The 1000 test pictures are different ones"
        in said
    )


# 5000 iterations: more than any of these tests waits for.
LONG = TINY | {"batch": "2", "epochs": "100"}


def test_a_press_that_is_delivered_twice_asks_for_one_thing():
    """Above all Pause: its second half once let the training go on behind the word Paused, to its end."""
    at = press_twice(page(**LONG).run(), "Start")
    training = job_of(at)
    assert training.state == "running"
    press_twice(at, "Pause")
    assert job_of(at) is training
    until(at, "Paused")
    for _ in range(2):
        at.run()
        assert training.state == "paused"
    press_twice(at, "Go on")
    until(at, "Training")
    press_twice(at, "Cancel")
    assert training.state == "cancelled"


def test_a_training_that_ends_while_the_page_is_drawn_can_be_followed_by_another(monkeypatch):
    """Its buttons are drawn first, and the line that says where it stands last."""
    from convviz.pages.network import train as network_train

    at = page(**TINY).run()

    def later():
        if training := jobs.current():
            jobs.pool().wait_for_rest(training.job, 60)

    monkeypatch.setattr(network_train, "open_control", later)
    button(at, "Start").click().run()
    assert any("Trained" in each.value for each in at.markdown)
    assert not button(at, "Start").disabled


@pytest.mark.usefixtures("small_experiments")
def test_the_result_of_an_experiment_is_there_whatever_is_trained_next():
    at = page(view="Experiments", **TINY).run()
    button(at, "Overfit 100 pictures").click().run()
    at.session_state["view"] = "Train"
    until(at, "Trained")
    button(at, "Start").click()
    until(at, "Trained")
    at.session_state["view"] = "Experiments"
    at.run()
    (plain,) = results(at)
    button(at, "The same with batch norm and dropout 0.5").click()
    until(at, "| batch norm, dropout |")
    assert results(at)[0] == plain
    assert len(results(at)) == 2
    assert [plain_of(chart)["title"].split(":")[0] for chart in charts(at)] == [
        "plain",
        "batch norm, dropout",
    ]


@pytest.mark.usefixtures("small_experiments")
def test_a_result_is_shown_beside_the_seed_it_was_computed_with():
    at = page(view="Experiments").run()
    button(at, "Overfit 100 pictures").click()
    until(at, "| plain |")
    button(at, "Compute it").click().run()
    shown = results(at)
    at.number_input(key="seed").set_value(1).run()
    assert results(at) == []
    at.number_input(key="seed").set_value(0).run()
    assert results(at) == shown


def results(at: AppTest) -> list[str]:
    """Each row of the experiments' tables but their heads."""
    return [
        row
        for each in at.markdown
        if each.value.startswith("| ")
        for row in each.value.splitlines()[2:]
    ]
