"""A pipeline as text, for a link, and back without trusting the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from convviz.ops.errors import SpecError
from convviz.pipeline.banks import Chosen
from convviz.pipeline.chain import Pipeline
from convviz.pipeline.generated import Gabor, Random
from convviz.pipeline.own import Own
from convviz.pipeline.stages import Conv, Pool, Relu
from convviz.pipeline.trained import Trained

KINDS: dict[str, type] = {
    "conv": Conv,
    "relu": Relu,
    "pool": Pool,
    "chosen": Chosen,
    "gabor": Gabor,
    "random": Random,
    "trained": Trained,
}
OWN = "own"  # by its digest alone: its weights are too many for a link
LONGEST = 10_000  # characters
Lookup = Callable[[str], Own | None]


def to_text(pipeline: Pipeline) -> str:
    """The pipeline as JSON, without the settings that have their usual value.

    Examples
    --------
    >>> to_text(Pipeline((Conv(Gabor(4), padding=4), Relu(), Pool("max", 3))))
    '[["conv",{"bank":["gabor",{"count":4}],"padding":4}],["relu",{}],["pool",{"size":3}]]'
    """
    return json.dumps([_plain(stage) for stage in pipeline.stages], separators=(",", ":"))


def from_text(text: str, own: Lookup = lambda _digest: None) -> Pipeline:
    """The pipeline that `to_text` wrote.

    Parameters
    ----------
    text
        As a link holds it.
    own
        The filters of a person's own network by their digest. Where it has none, those of the network that comes
        with convviz stand in.

    Raises
    ------
    SpecError
        If the text is anything else, or a setting is out of range.

    Examples
    --------
    >>> from_text('[["conv",{"bank":["gabor",{"count":4}]}]]').stages[0].bank
    Gabor(count=4, size=9, wavelength=4.0)
    """
    try:
        if len(text) > LONGEST:
            raise ValueError
        stages = tuple(_built(entry, own) for entry in json.loads(text))
        if not all(isinstance(stage, Conv | Relu | Pool) for stage in stages):
            raise TypeError
        return Pipeline(stages)
    except SpecError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise SpecError(
            "pipeline",
            text,
            "a list of stages",
            "the stages in the link cannot be read",
            "copy the whole link again, or build them here",
        ) from None


def _plain(part: Any) -> list[Any]:
    """[kind, settings] of a stage or a bank."""
    if isinstance(part, Own):
        return [OWN, {"digest": part.digest}]
    kind = next(name for name, cls in KINDS.items() if cls is type(part))
    settings = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if value != field.default:
            settings[field.name] = _plain(value) if field.name == "bank" else value
    return [kind, settings]


def _built(entry: Any, own: Lookup) -> Any:
    kind, settings = entry
    if kind == OWN:
        return own(str(settings["digest"])) or Trained()
    values = {
        name: _built(value, own) if name == "bank" else _tuples(value)
        for name, value in settings.items()
    }
    made = KINDS[kind](**values)
    hash(made)  # a list or a dict where a number belongs ends here
    return made


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
