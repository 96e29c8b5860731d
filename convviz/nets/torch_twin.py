"""The same network in PyTorch: as code to read, and, where torch is installed, as a network that trains along.

Both come from one table of ``torch.nn`` calls, so the code shown is the network trained.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.regularising import Dropout
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.torch_modules import torch_calls, torch_modules, written
from convviz.ops.errors import SpecError
from convviz.ops.types import Array

OPTIMISERS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "sgd_momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "rmsprop": ("RMSprop", {"alpha": 0.99}),
    "adam": ("Adam", {}),
}


def torch_code(net: Sequential, settings: Settings) -> str:
    """Python that builds and trains the network with PyTorch.

    Examples
    --------
    >>> from convviz.nets.three_layer import notes_network
    >>> print(torch_code(notes_network(channels=(6, 9)), Settings("sgd", 0.003)))
    import torch
    from torch import nn
    import torch.nn.functional as F
    <BLANKLINE>
    net = nn.Sequential(
        nn.Conv2d(3, 6, 5, padding=2),
        nn.ReLU(),
        nn.Conv2d(6, 9, 3, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(9216, 10),
    )
    optimiser = torch.optim.SGD(net.parameters(), lr=0.003)
    for x, y in batches:  # x (50, 3, 32, 32), y (50,)
        loss = F.cross_entropy(net(x), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    """
    layers = [f"    {module}," for module in torch_modules(net)]
    name, kwargs = OPTIMISERS[settings.optimiser]
    set_to = written((), {"lr": settings.learning_rate, **kwargs})
    batch, image = settings.batch_size, ", ".join(map(str, net.input_dim))
    decay = (
        []
        if not net.reg
        else [f"    loss = loss + {net.reg / 2:g} * sum((w**2).sum() for w in weights)"]
    )
    weights = (
        []
        if not net.reg
        else ["weights = [p for name, p in net.named_parameters() if p.dim() > 1]"]
    )
    schedule = settings.decay != 1
    return "\n".join(
        [
            *("import torch", "from torch import nn", "import torch.nn.functional as F", ""),
            *("net = nn.Sequential(", *layers, ")"),
            *weights,
            f"optimiser = torch.optim.{name}(net.parameters(), {set_to})",
            *(
                [
                    f"schedule = torch.optim.lr_scheduler.ExponentialLR(optimiser, {settings.decay:g})"
                ]
                if schedule
                else []
            ),
            f"for x, y in batches:  # x ({batch}, {image}), y ({batch},)",
            "    loss = F.cross_entropy(net(x), y)",
            *decay,
            *("    optimiser.zero_grad()", "    loss.backward()", "    optimiser.step()"),
            *(["    # after each epoch: schedule.step()"] if schedule else []),
        ]
    )


def has_torch() -> bool:
    """Whether PyTorch is installed."""
    return find_spec("torch") is not None


class TorchTwin:
    """The network in PyTorch, begun with the same numbers.

    Parameters
    ----------
    net
        The network whose numbers are copied.
    settings
        Optimiser and learning rate.

    Raises
    ------
    SpecError
        If the network has dropout: PyTorch draws other random numbers, so that nothing could be compared.
    ModuleNotFoundError
        If PyTorch is not installed: ``pip install '.[torch]'``.
    """

    def __init__(self, net: Sequential, settings: Settings):
        if any(isinstance(layer, Dropout) for layer in net.layers):
            raise SpecError(
                "stack",
                "dropout",
                None,
                "PyTorch and NumPy drop different units",
                "compare a stack without dropout",
            )
        import torch

        self._torch, self.settings, self.reg = torch, settings, net.reg
        dtype = torch.float64 if net.dtype == np.float64 else torch.float32
        modules = [
            getattr(torch.nn, name)(*args, **kwargs) for name, args, kwargs in torch_calls(net)
        ]
        self.net: Any = torch.nn.Sequential(*modules).to(dtype)
        trained = [module for module in modules if list(module.parameters())]
        owned = [names for names in net.names if any(name in net.params for name in names.values())]
        for module, names in zip(trained, owned, strict=True):
            for ours, theirs in (
                ("W", "weight"),
                ("b", "bias"),
                ("gamma", "weight"),
                ("beta", "bias"),
            ):
                if ours in names:
                    value = net.params[names[ours]]
                    value = value.T if ours == "W" and value.ndim == 2 else value
                    getattr(module, theirs).data = torch.tensor(np.ascontiguousarray(value))
        name, kwargs = OPTIMISERS[settings.optimiser]
        make: Callable[..., Any] = getattr(torch.optim, name)
        self.optimiser = make(self.net.parameters(), lr=settings.learning_rate, **kwargs)

    def step(self, x: Array, y: npt.NDArray[np.int64], learning_rate: float) -> float:
        """Do one iteration on a batch and return its loss."""
        torch = self._torch
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate
        loss = torch.nn.functional.cross_entropy(self.net(torch.tensor(x)), torch.tensor(y))
        if self.reg:
            weights = [value for value in self.net.parameters() if value.dim() > 1]
            loss = loss + 0.5 * self.reg * sum((value**2).sum() for value in weights)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return float(loss.detach())
