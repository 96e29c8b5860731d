"""The course's ``solver.py``: trains any of its networks, batch by batch."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.cs231n import optim
from convviz.ops.errors import require_word
from convviz.ops.types import Array

__all__ = ["Solver"]


class Solver:
    """Trains a network on the training images of a data set and measures it on both halves.

    Batches are drawn from NumPy's global generator in the course's order: `np.random.seed` decides them.

    Parameters
    ----------
    model
        Has a dictionary ``params`` and ``loss(X, y)``, as the networks of `convviz.cs231n.classifiers`.
    data
        A dictionary with the arrays "X_train", "y_train", "X_val" and "y_val".
    update_rule
        Name of a rule of `convviz.cs231n.optim`.
    optim_config
        Settings of the rule, for example its "learning_rate".
    lr_decay
        The learning rate is multiplied by it after each epoch.
    batch_size, num_epochs
        Images in a batch; how often to go through the training images.
    num_train_samples, num_val_samples
        How many images to measure accuracy on; None for all.
    checkpoint_name
        If given, a file ``<name>_epoch_<number>.pkl`` is written after each epoch.
    print_every, verbose
        Print the loss after so many iterations; whether to print at all.

    Attributes
    ----------
    loss_history, train_acc_history, val_acc_history
        Loss of each iteration; accuracies before and after each epoch.
    best_val_acc, best_params
        The best accuracy, and the parameters with it. At the end the model has these.

    Examples
    --------
    >>> from convviz.cs231n.classifiers.fc_net import TwoLayerNet
    >>> rng = np.random.RandomState(0)
    >>> X, y = rng.randn(40, 4), np.arange(40) % 2
    >>> X[:, 0] += 6 * y
    >>> data = {"X_train": X, "y_train": y, "X_val": X, "y_val": y}
    >>> np.random.seed(0)
    >>> how = {"update_rule": "adam", "optim_config": {"learning_rate": 0.05}, "verbose": False}
    >>> solver = Solver(TwoLayerNet(4, 8, 2, 0.1), data, batch_size=20, num_epochs=20, **how)
    >>> solver.train()
    >>> solver.best_val_acc > 0.9, len(solver.loss_history)
    (True, 40)
    """

    def __init__(
        self,
        model: Any,
        data: dict[str, Any],
        *,
        update_rule: str = "sgd",
        optim_config: dict[str, Any] | None = None,
        lr_decay: float = 1.0,
        batch_size: int = 100,
        num_epochs: int = 10,
        num_train_samples: int | None = 1000,
        num_val_samples: int | None = None,
        checkpoint_name: str | None = None,
        print_every: int = 10,
        verbose: bool = True,
    ):
        require_word("update_rule", update_rule, optim.__all__)
        self.model, self.update_rule = model, getattr(optim, update_rule)
        self.X_train, self.y_train = data["X_train"], data["y_train"]
        self.X_val, self.y_val = data["X_val"], data["y_val"]
        self.lr_decay, self.batch_size, self.num_epochs = lr_decay, batch_size, num_epochs
        self.num_train_samples, self.num_val_samples = num_train_samples, num_val_samples
        self.checkpoint_name, self.print_every, self.verbose = checkpoint_name, print_every, verbose
        self.epoch, self.best_val_acc = 0, 0.0
        self.best_params: dict[str, Array] = {}
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []
        self.optim_config = optim_config or {}
        self.optim_configs = {name: dict(self.optim_config) for name in model.params}

    def train(self) -> None:
        """Go through the training images `num_epochs` times."""
        per_epoch = max(len(self.X_train) // self.batch_size, 1)
        iterations = self.num_epochs * per_epoch
        for t in range(iterations):
            self._step()
            if self.verbose and t % self.print_every == 0:
                print(f"(Iteration {t + 1} / {iterations}) loss: {self.loss_history[-1]:f}")
            epoch_end = (t + 1) % per_epoch == 0
            if epoch_end:
                self._end_epoch()
            if t == 0 or epoch_end or t == iterations - 1:
                self._measure()
        self.model.params = self.best_params or self.model.params

    def check_accuracy(
        self,
        X: Array,
        y: npt.NDArray[np.integer[Any]],
        num_samples: int | None = None,
        batch_size: int = 100,
    ) -> float:
        """Share of images X whose largest score is that of their class y, of `num_samples` or of all."""
        if num_samples is not None and len(X) > num_samples:
            chosen = np.random.choice(len(X), num_samples)
            X, y = X[chosen], y[chosen]
        best = [
            np.argmax(self.model.loss(X[k : k + batch_size]), axis=1)
            for k in range(0, len(X), batch_size)
        ]
        return float(np.mean(np.concatenate(best) == y))

    def _step(self) -> None:
        """Draw a batch and update every parameter."""
        chosen = np.random.choice(len(self.X_train), self.batch_size)
        loss, grads = self.model.loss(self.X_train[chosen], self.y_train[chosen])
        self.loss_history.append(loss)
        for name, w in self.model.params.items():
            config = self.optim_configs[name]
            self.model.params[name], self.optim_configs[name] = self.update_rule(
                w, grads[name], config
            )

    def _end_epoch(self) -> None:
        self.epoch += 1
        for config in self.optim_configs.values():
            config["learning_rate"] *= self.lr_decay

    def _measure(self) -> None:
        """Measure both accuracies, keep the best parameters, and write a checkpoint if one is wanted."""
        training = self.check_accuracy(self.X_train, self.y_train, self.num_train_samples)
        validation = self.check_accuracy(self.X_val, self.y_val, self.num_val_samples)
        self.train_acc_history.append(training)
        self.val_acc_history.append(validation)
        self._save_checkpoint()
        if self.verbose:
            epochs = f"(Epoch {self.epoch} / {self.num_epochs})"
            print(f"{epochs} train acc: {training:f}; val_acc: {validation:f}")
        if validation > self.best_val_acc:
            self.best_val_acc = validation
            self.best_params = {name: w.copy() for name, w in self.model.params.items()}

    def _save_checkpoint(self) -> None:
        if self.checkpoint_name is None:
            return
        left_out = {"X_train", "y_train", "X_val", "y_val"}
        kept = {name: value for name, value in vars(self).items() if name not in left_out}
        with open(f"{self.checkpoint_name}_epoch_{self.epoch}.pkl", "wb") as file:
            pickle.dump(kept, file)
