"""A text or a file becomes an array of numbers, exact to the last digit."""

from convviz.numbers.reading import read_array
from convviz.numbers.refusals import ArrayError

__all__ = ["ArrayError", "read_array"]
