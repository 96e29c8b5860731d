"""What a timing depends on."""

from __future__ import annotations

import os

import numpy as np


def blas() -> str:
    """The BLAS library NumPy uses and the core it was tuned for."""
    library = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    chosen = os.environ.get("OPENBLAS_CORETYPE", "chosen at run time")
    return f"{library['name']} {library['version']} (core {chosen})"
