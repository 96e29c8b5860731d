"""The text of a loop. The stepper shows it, scripts contain it, and it is what runs: there is no other text."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from textwrap import dedent
from typing import Any

FLIP = "w = w[:, :, ::-1, ::-1]  # convolution: each kernel turned by 180°"
FLIP_BACK = "dw = dw[:, :, ::-1, ::-1]  # turned back: the gradient of each kernel as it was typed"
CHECKS = "check"  # how the names of the functions begin that check arguments


def lines_from_loop(function: Callable[..., Any], last: str) -> tuple[str, ...]:
    """The lines of a function that the stepper shows: from the first loop to the line that starts with ``last``.

    Examples
    --------
    >>> from convviz.ops.naive import receptive_loop
    >>> lines_from_loop(receptive_loop, "r[layer")
    ('for layer in range(L):  # from the input on', '    r[layer + 1] = r[layer] + (e[layer] - 1) * j[layer]')
    """
    lines = inspect.getsource(function).rstrip().split("\n")
    start = next(k for k, line in enumerate(lines) if line.lstrip().startswith("for "))
    end = next(k for k, line in enumerate(lines) if k > start and line.lstrip().startswith(last))
    return tuple(dedent("\n".join(lines[start : end + 1])).split("\n"))


def script_of(function: Callable[..., Any]) -> str:
    """A function as a script for students has it.

    It keeps every line that computes, and the first line of the docstring. It leaves out the types, and the lines
    that check arguments, because only convviz has what they call.

    Examples
    --------
    >>> from convviz.ops.naive import receptive_loop
    >>> script_of(receptive_loop).splitlines()[0]
    'def receptive_loop(e, s):'
    """
    lines, definition = _parsed(function)
    left_out = {
        number
        for statement in definition.body[1:]
        if _checks(statement)
        for number in range(statement.lineno, (statement.end_lineno or 0) + 1)
    }
    first = definition.body[0].end_lineno or 0
    kept = enumerate(lines[first:], start=first + 1)
    body = [text for number, text in kept if number not in left_out]
    summary = (inspect.getdoc(function) or "").split("\n")[0]
    head = [f"def {definition.name}({_arguments(function)}):", f'    """{summary}"""']
    return "\n".join(head + body)


def _parsed(function: Callable[..., Any]) -> tuple[list[str], ast.FunctionDef]:
    """The lines of a function that has a docstring, and its definition."""
    source = dedent(inspect.getsource(function)).rstrip()
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    return source.split("\n"), definition


def _checks(statement: ast.stmt) -> bool:
    """Whether a statement does nothing but call one of the functions that check arguments."""
    call = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return False
    return call.func.id.startswith(CHECKS)


def _arguments(function: Callable[..., Any]) -> str:
    """Names and defaults, without types."""
    parameters = inspect.signature(function).parameters.values()
    bare = [parameter.replace(annotation=parameter.empty) for parameter in parameters]
    return ", ".join(str(parameter).replace("'", '"') for parameter in bare)
