"""Copy Streamlit's own files for nginx, each beside its packed copy: ``python -m scripts.static_files FOLDER``."""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path

from streamlit import file_util

PACKED = {".js", ".css", ".svg", ".json", ".wasm"}


def copy_static_files(folder: Path) -> list[Path]:
    """Copy what the app serves below ``/static/``; return the copies.

    The date of a packed copy is fixed, so that every process gives it the same mark.
    """
    found = Path(file_util.get_static_dir()) / "static"
    copies = []
    for file in sorted(path for path in found.rglob("*") if path.is_file()):
        copy = folder / "static" / file.relative_to(found)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)
        copies.append(copy)
        if file.suffix in PACKED:
            packed = copy.with_name(f"{copy.name}.gz")
            packed.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    return copies


if __name__ == "__main__":
    copy_static_files(Path(sys.argv[1]))
