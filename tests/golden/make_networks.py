"""Write networks.json from PyTorch: ``python -m tests.golden.make_networks`` (needs torch==2.13.0)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.golden.networks import NETWORKS, build, losses_in_torch

FILE = Path(__file__).with_name("networks.json")


def main() -> None:
    """Train every network 20 iterations and keep its losses, each exactly as Python prints it."""
    kept = {name: losses_in_torch(*build(name)) for name in NETWORKS}
    FILE.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
