"""What a timing depends on."""

from __future__ import annotations

import ctypes
import platform
from pathlib import Path

import numpy as np


def blas() -> str:
    """The BLAS library NumPy uses, and the core whose kernels it runs."""
    library = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return f"{library['name']} {library['version']} (core {_core()})"


def _core() -> str:
    """What OpenBLAS chose at run time, or was told to by ``OPENBLAS_CORETYPE``."""
    for path in (Path(np.__file__).parents[1] / "numpy.libs").glob("*openblas*"):
        name = getattr(ctypes.CDLL(str(path)), "scipy_openblas_get_corename64_", None)
        if name is not None:
            name.restype = ctypes.c_char_p
            return str(name().decode())
    return "unknown"


def processor() -> str:
    """Its name, as Linux says it, or what Python knows of it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} processors" if names else platform.processor()
