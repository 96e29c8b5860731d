"""YAML as a lesson needs it. What could take minutes or gigabytes to read is refused while it is read."""

from __future__ import annotations

from typing import Any

import yaml

from convviz.text.limits import LONGEST_NUMBER

MOST_VALUES, DEEPEST = 5_000, 8
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class TooMuch(Exception):
    """What a lesson does not need; its text says what to do."""


def plain_yaml(text: str) -> Any:
    """What a text holds.

    Raises
    ------
    TooMuch
        If it holds too many values, nests them too deeply, names some to use them again, or has a number
        of too many digits.
    yaml.YAMLError, ValueError
        If it is not YAML.

    Examples
    --------
    >>> plain_yaml("minutes: 5")
    {'minutes': 5}
    """
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML says nothing of its types
    """Counts values, and how deep they stand in one another."""

    def __init__(self, text: str):
        super().__init__(text)
        self.values = self.depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Read one value."""
        if self.check_event(yaml.AliasEvent):
            raise TooMuch("it uses a value again by *; write the value out")
        self.values += 1
        self.depth += 1
        if self.values > MOST_VALUES:
            raise TooMuch(f"it holds more than {MOST_VALUES} values; make two lessons of it")
        if self.depth > DEEPEST:
            raise TooMuch(f"it nests more than {DEEPEST} lists in one another")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_scalar(self, node: Any) -> Any:
        """A text, or what a number is made of."""
        value = super().construct_scalar(node)
        if node.tag in NUMBERS and len(value) > LONGEST_NUMBER:
            raise TooMuch(f"it holds a number of {len(value)} digits; use at most {LONGEST_NUMBER}")
        value.encode()  # halves of characters cannot be shown
        return value
