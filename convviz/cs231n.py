"""The layers of Stanford CS231n, assignment 2, under the course's names."""

from convviz.ops.naive import conv_forward_naive

__all__ = ["conv_forward_naive"]
