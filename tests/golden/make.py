"""Write golden.npz from PyTorch: ``python -m tests.golden.make`` (needs torch==2.13.0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from tests.golden.cases import CONVS, POOLS

FILE = Path(__file__).with_name("golden.npz")


def main() -> None:
    """Compute every case with PyTorch in float64."""
    rng = np.random.default_rng(13)
    kept: dict[str, np.ndarray] = {}
    for k, (hw, kernel, stride, padding, dilation, groups, mode) in enumerate(CONVS):
        layer = torch.nn.Conv2d(
            4, 6, kernel, stride, padding, dilation, groups, padding_mode=mode
        ).double()
        kept |= {f"conv{k}_x": rng.normal(size=(2, 4, *hw))}
        kept |= {
            f"conv{k}_w": layer.weight.detach().numpy(),
            f"conv{k}_b": layer.bias.detach().numpy(),
        }
        kept |= {f"conv{k}_out": layer(torch.tensor(kept[f"conv{k}_x"])).detach().numpy()}
    for k, (hw, kernel, stride, padding, dilation, ceil) in enumerate(POOLS):
        x = rng.integers(-2, 3, size=(2, 3, *hw)).astype(float)  # ties are common
        out, where = F.max_pool2d(
            torch.tensor(x), kernel, stride, padding, dilation, ceil_mode=ceil, return_indices=True
        )
        kept |= {f"max{k}_x": x, f"max{k}_out": out.numpy(), f"max{k}_where": where.numpy()}
        mean = F.avg_pool2d(torch.tensor(x), kernel, stride, padding, ceil, True)
        bare = F.avg_pool2d(torch.tensor(x), kernel, stride, padding, ceil, False)
        kept |= {f"avg{k}_with": mean.numpy(), f"avg{k}_without": bare.numpy()}
    np.savez_compressed(FILE, **kept)


if __name__ == "__main__":
    torch.manual_seed(0)
    main()
