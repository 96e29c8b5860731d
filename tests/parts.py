"""What a part on a page was sent."""

from __future__ import annotations

import json
from typing import Any


def text_of(proto: Any) -> str:
    """The plain values that an element of a part was sent, as JSON; its arrays are left out."""
    if proto.WhichOneof("data") != "bytes":
        return str(proto.json)
    length = int.from_bytes(proto.bytes[:4], "little")
    return str(proto.bytes[4 : 4 + length].decode())


def plain_of(proto: Any, **reading: Any) -> dict[str, Any]:
    """The plain values that an element of a part was sent, read by `json.loads`."""
    sent = json.loads(text_of(proto), **reading)
    values: dict[str, Any] = sent[0] if isinstance(sent, list) else sent.get("data", sent)
    return values
