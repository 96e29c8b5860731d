"""Training, one iteration at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.data.dataset import Dataset, Split
from convviz.nets.layer import Params
from convviz.nets.progress import History, Progress
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.ops.errors import SpecError
from convviz.ops.optimisers import Config, rule, updated
from convviz.ops.threads import one_blas_thread

LATEST = 20  # iterations whose speed is averaged


@dataclass(frozen=True)
class Reached:
    """A training as it stood after a whole iteration: training on does not change it."""

    iteration: int  # how many iterations are done
    net: Sequential  # the network
    history: History  # what was measured
    configs: dict[str, Config]  # what the update rule remembers of each parameter
    # rng, net_rng: states of the random numbers that draw the batches, and of those that dropout
    # uses
    rng: Mapping[str, Any]
    net_rng: Mapping[str, Any]


class Trainer:
    """Trains a network, iteration by iteration.

    Parameters
    ----------
    net
        The network. Training puts new arrays into its `params` and never writes to an array.
    data
        The batches come from its training split; accuracy is measured on its validation split too.
    settings
        How to train.

    Attributes
    ----------
    reached
        The training after its last whole iteration. Other threads look at this and at nothing else: everything
        else changes in the middle of an iteration.

    Examples
    --------
    >>> from convviz.nets.data import shapes
    >>> from convviz.nets.three_layer import ThreeLayerConvNet
    >>> data = shapes(train=60, validation=20, test=10)
    >>> trainer = Trainer(ThreeLayerConvNet(num_filters=2, hidden_dim=5), data, Settings(batch_size=20))
    >>> [(progress.iteration, round(progress.loss, 2)) for progress in trainer]
    [(1, 2.3), (2, 2.3), (3, 2.3)]
    """

    def __init__(self, net: Sequential, data: Dataset, settings: Settings):
        if net.input_dim != data.shape or net.shapes[-1] != (len(data.classes),):
            raise SpecError(
                "net",
                (*net.input_dim, *net.shapes[-1]),
                (*data.shape, len(data.classes)),
                "the network's input and classes {value} are not the data's {limit}",
                "build it for this data set",
            )
        self.net, self.data, self.settings = net, data, settings
        self.rng = np.random.default_rng(settings.seed)
        self.configs: dict[str, Config] = {name: {} for name in net.params}
        self.history = History()
        self.iteration = 0
        self._times: list[float] = []
        self.reached = self._now()

    def go_on_from(
        self, iteration: int, history: History, configs: dict[str, Config], rng: Mapping[str, Any]
    ) -> None:
        """Take up a training whose network is `net`; parameters as those of `Reached`."""
        self.iteration, self.history, self.configs = iteration, history, configs
        self.rng.bit_generator.state = rng
        self.reached = self._now()

    def _now(self) -> Reached:
        return Reached(
            self.iteration,
            self.net.snapshot(),
            self.history.copy(),
            dict(self.configs),
            self.rng.bit_generator.state,
            self.net.rng.bit_generator.state,
        )

    @property
    def per_epoch(self) -> int:
        """Iterations in one epoch."""
        return max(len(self.data.train) // self.settings.batch_size, 1)

    @property
    def iterations(self) -> int:
        """Iterations in all."""
        return self.per_epoch * self.settings.epochs

    @property
    def finished(self) -> bool:
        """Whether no iteration is left."""
        return self.iteration >= self.iterations

    def __iter__(self) -> Iterator[Progress]:
        while not self.finished:
            yield self.step()

    @property
    def learning_rate(self) -> float:
        """That of the next iteration."""
        epochs_done = self.iteration // self.per_epoch
        return self.settings.learning_rate * self.settings.decay**epochs_done

    def step(self) -> Progress:
        """Do the next iteration."""
        return self.learn(*self.draw())

    def draw(self) -> tuple[Any, npt.NDArray[np.int64]]:
        """The next batch: inputs and labels."""
        chosen = self.rng.choice(len(self.data.train), self.settings.batch_size)
        x = self.data.inputs(self.data.train.images[chosen], self.net.dtype)
        return x, self.data.train.labels[chosen]

    @one_blas_thread()
    def learn(self, x: Any, y: npt.NDArray[np.int64]) -> Progress:
        """Do an iteration on a batch."""
        start = time.perf_counter()
        run = self.net.run(x, training=True)
        loss, grads = self.net.loss_of(run, y)
        learning_rate = self.learning_rate
        self._update(grads, learning_rate)
        self.iteration += 1
        self.history.losses.append(loss)
        self._times = [*self._times, time.perf_counter() - start][-LATEST:]
        accuracies = self._measure_if_due()
        self.reached = self._now()
        return self._progress(loss, learning_rate, grads, run, accuracies)

    def accuracy(self, split: Split) -> float:
        """Share of the split's images whose largest score is that of their class."""
        scores = self.net.scores(self.data.inputs(split.images, self.net.dtype))
        return float((scores.argmax(axis=1) == split.labels).mean())

    def _update(self, grads: Params, learning_rate: float) -> None:
        update = rule(self.settings.optimiser)
        for name, value in self.net.params.items():
            config = self.configs[name] | {"learning_rate": learning_rate}
            self.net.params[name], self.configs[name] = updated(update, value, grads[name], config)

    def _measure_if_due(self) -> tuple[float, float] | None:
        every = self.settings.check_every or self.per_epoch
        if self.iteration % every and not self.finished:
            return None
        training = self.accuracy(self.data.train.first(self.settings.measured))
        validation = self.accuracy(self.data.validation)
        self.history.measured_at.append(self.iteration)
        self.history.training.append(training)
        self.history.validation.append(validation)
        return training, validation

    def _progress(
        self, loss: float, rate: float, grads: Params, run: Run, accuracies: Any
    ) -> Progress:
        seconds = sum(self._times) / len(self._times)
        return Progress(
            iteration=self.iteration,
            iterations=self.iterations,
            epoch=(self.iteration - 1) // self.per_epoch + 1,
            loss=loss,
            learning_rate=rate,
            gradients={
                name: float(np.linalg.norm(grads[name].ravel())) for name in self.net.decaying
            },
            dead=dead_shares(self.net, run),
            accuracies=accuracies,
            samples_per_second=self.settings.batch_size / seconds,
            seconds_left=seconds * (self.iterations - self.iteration),
        )


def dead_shares(net: Sequential, run: Run) -> dict[int, float]:
    """For each relu, by the number of its layer: the share of filters or units that are 0 all over the batch."""
    shares = {}
    for k, layer in enumerate(net.layers):
        if layer.kind == "relu":
            out = run.outputs[k + 1]
            if out.ndim == 4:
                out = out.reshape(*out.shape[:2], -1).max(axis=2)  # (N, C)
            shares[k] = float((out.max(axis=0) <= 0).mean())
    return shares
