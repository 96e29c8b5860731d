"""A module is short enough to be read at one go."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST = 200  # lines of code: comments, docstrings and blank lines are not counted
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def python_lines(text: str) -> int:
    """Lines of a Python module that hold code."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
        for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {
        line
        for token in tokens
        if token.type not in SILENT and token.string
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - docstrings)


def script_lines(text: str) -> int:
    """Lines of a script that hold code; its comments of several lines begin and end on lines of their own."""
    count, inside = 0, False
    for line in map(str.strip, text.splitlines()):
        inside = inside or line.startswith("/*")
        count += bool(line) and not inside and not line.startswith("//")
        inside = inside and "*/" not in line
    return count


def files(ending: str) -> list[Path]:
    return sorted((ROOT / "convviz").rglob(f"*{ending}"))


@pytest.mark.parametrize(
    ("ending", "lines"), [(".py", python_lines), (".js", script_lines)], ids=["python", "scripts"]
)
def test_no_module_has_more_than_200_lines_of_code(ending, lines) -> None:
    counted = {
        str(path.relative_to(ROOT)): lines(path.read_text("utf-8")) for path in files(ending)
    }
    assert counted
    assert {path: count for path, count in counted.items() if count > MOST} == {}


def test_lines_of_code_leave_out_what_only_explains() -> None:
    python = '"""Title.\n\nMore.\n"""\n\n# why\nx = """a\nb"""  # two\n\ndef f():\n    """Say."""\n    return x\n'
    assert python_lines(python) == 4
    script = "// why\n/** one */\nconst a = 1; // said\n\n/*\n * more\n */\nconst b = `\n`;\n"
    assert script_lines(script) == 3
