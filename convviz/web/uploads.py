"""How large a file the server accepts: less when it serves others than on one's own machine."""

from __future__ import annotations

import os

from convviz.text.limits import UPLOAD_MB, UPLOAD_MB_SERVED

# Of the environment: another limit, also for servers that say no address.
VARIABLE = "CONVVIZ_UPLOAD_MB"
HOST = "CONVVIZ_HOST"  # of the environment: where ``convviz run`` listens
OWN = ("127.0.0.1", "localhost", "::1")


def upload_limit(host: str | None) -> int:
    """Megabytes of a file that a server listening on an address accepts.

    Examples
    --------
    >>> upload_limit("127.0.0.1"), upload_limit("0.0.0.0"), upload_limit(None)
    (100, 25, 25)
    """
    said = os.environ.get(VARIABLE, "")
    if said.isascii() and said.isdecimal() and len(said) < 5 and int(said):
        return min(int(said), UPLOAD_MB)
    return UPLOAD_MB if host in OWN else UPLOAD_MB_SERVED
