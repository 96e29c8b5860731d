"""What a part on a page was sent."""

from __future__ import annotations

import json
from typing import Any


def text_of(proto: Any) -> str:
    """The plain values that an element of a part was sent, as JSON; its arrays are left out."""
    if proto.WhichOneof("data") != "bytes":
        return str(proto.json or proto.mixed.json)
    length = int.from_bytes(proto.bytes[:4], "little")
    return str(proto.bytes[4 : 4 + length].decode())


def plain_of(proto: Any) -> dict[str, Any]:
    """The plain values that an element of a part was sent."""
    values: dict[str, Any] = json.loads(text_of(proto))
    return values
