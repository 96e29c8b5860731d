"""nginx in front of several processes of the app, with the configuration of ``deploy/``, on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scripts.serving import ROOT, Server, free_port, running
from scripts.static_files import copy_static_files

NGINX = ROOT / "deploy" / "nginx"
MISSING = "nginx is not installed: apt-get install nginx-light"


def find() -> str | None:
    """The path of nginx; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def in_front_of(servers: Sequence[Server], folder: Path) -> Iterator[Server]:
    """Run nginx until the ``with`` block ends.

    Only what a container has at a fixed place is replaced: its port, its folders and the names of its processes.

    Parameters
    ----------
    servers
        The processes. The rooms live in the first.
    folder
        For what nginx writes, and for Streamlit's own files.
    """
    nginx = find()
    if nginx is None:
        raise RuntimeError(MISSING)
    port = free_port()
    addresses = [urlsplit(server.url).netloc for server in servers]
    made = subprocess.run(
        ["sh", str(NGINX / "servers.sh"), addresses[0], *addresses],
        check=True,
        capture_output=True,
        text=True,
    )
    (folder / "servers.conf").write_text(made.stdout)
    copy_static_files(folder / "files")
    text = (NGINX / "nginx.conf").read_text()
    for place, here in (
        ("/tmp/", f"{folder}/"),
        ("/srv/convviz", str(folder / "files")),
        ("listen 8080", f"listen 127.0.0.1:{port}"),
    ):
        assert place in text
        text = text.replace(place, here)
    configuration = folder / "nginx.conf"
    configuration.write_text(text)
    # Started by root, nginx works as another user, who may not write into this folder.
    user = "user root; " if os.geteuid() == 0 else ""
    options = f"{user}daemon off;"
    command = [nginx, "-e", "/dev/stderr", "-c", str(configuration), "-g", options]
    with running(command, folder / "nginx.log", url=f"http://127.0.0.1:{port}") as server:
        yield server
