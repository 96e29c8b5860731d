"""What a part that runs in the browser was sent."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt


def data_of(component: Any) -> dict[str, Any]:
    """What a part gets, with its arrays; of the element of a live run, the plain values alone."""
    if component.WhichOneof("data") != "bytes":
        return dict(json.loads(component.json)[0])
    head, arrays = _taken(component.bytes)
    data = head.get("data", head)
    return {
        name: arrays[value["array"]] if isinstance(value, dict) and "array" in value else value
        for name, value in data.items()
    }


def _taken(packed: bytes) -> tuple[dict[str, Any], list[npt.NDArray[Any]]]:
    """A line of JSON, its length before it, and then the arrays, each at a multiple of 8 bytes."""
    end = 4 + int.from_bytes(packed[:4], "little")
    head, arrays = dict(json.loads(packed[4:end])), []
    for kind, count in head["kinds"]:
        arrays.append(np.frombuffer(packed, kind, count, -(-end // 8) * 8))
        end = -(-end // 8) * 8 + arrays[-1].nbytes
    return head, arrays[len(head["marks"]) :]
