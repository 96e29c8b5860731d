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
from convviz.pipeline.stored import Given, Stored
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
# Of an own network a link has the digest alone: its weights are too many.
OWN, GIVEN = "own", "given"
LONGEST, LONGEST_WRITTEN = 10_000, 7000  # characters that are read, and that are written
Lookup = Callable[[str], Stored | None]


def to_text(pipeline: Pipeline) -> str:
    """The pipeline as JSON, without the settings that have their usual value.

    Weights of a person's own are written out, or, where they are too many, named by their digest.

    Examples
    --------
    >>> to_text(Pipeline((Conv(Gabor(4), padding=4), Relu(), Pool("max", 3))))
    '[["conv",{"bank":["gabor",{"count":4}],"padding":4}],["relu",{}],["pool",{"size":3}]]'
    """
    text = _written(pipeline, in_full=True)
    return text if len(text) <= LONGEST_WRITTEN else _written(pipeline, in_full=False)


def _written(pipeline: Pipeline, *, in_full: bool) -> str:
    stages = [_plain(stage, in_full=in_full) for stage in pipeline.stages]
    return json.dumps(stages, separators=(",", ":"))


def from_text(text: str, own: Lookup = lambda _digest: None) -> Pipeline:
    """The pipeline that `to_text` wrote.

    Parameters
    ----------
    text
        As a link holds it.
    own
        Filters of a person's own network, or many weights of their own, by their digest. Where it has none, those
        of the network that comes with convviz stand in.

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


def _plain(part: Any, *, in_full: bool) -> list[Any]:
    """[kind, settings] of a stage or a bank."""
    if isinstance(part, Given) and in_full:
        return [GIVEN, {"weights": part.text}]
    if isinstance(part, Stored):
        return [OWN if isinstance(part, Own) else GIVEN, {"digest": part.digest}]
    kind = next(name for name, cls in KINDS.items() if cls is type(part))
    settings = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if value != field.default:
            settings[field.name] = _plain(value, in_full=in_full) if field.name == "bank" else value
    return [kind, settings]


def _built(entry: Any, own: Lookup) -> Any:
    kind, settings = entry
    if kind == GIVEN and "weights" in settings:
        return Given.read(settings["weights"])
    if kind in (OWN, GIVEN):
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
