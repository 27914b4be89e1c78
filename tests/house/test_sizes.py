"""Files stay under 400 lines and functions under 40, without exceptions: split at the second noun."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

from tests.support import source
from tests.support.shapes import ROOT

FILE_LINES = 400
FUNCTION_LINES = 40


def test_files_are_short() -> None:
    written = [*source.python(), *source.typescript()]
    lengths = {source.name(file): _lines(file) for file in written}
    assert {name: length for name, length in lengths.items() if length >= FILE_LINES} == {}


def test_python_functions_are_short() -> None:
    assert [said for file in source.python() for said in _long_functions(file)] == []


def test_typescript_functions_are_short() -> None:
    # A test file's outermost function is its list of tests.
    files = [source.name(file) for file in source.typescript() if ".test." not in file.name]
    if not files:
        return
    command = [str(ROOT / ".venv/bin/node"), "tests/house/functions.mjs", *files]
    said = subprocess.check_output(command, cwd=ROOT, text=True)
    functions = [json.loads(line) for line in said.splitlines()]
    assert functions, "the parser found no function at all"
    assert [f"{file}:{line}: {length}" for file, line, length in functions if length >= FUNCTION_LINES] == []


def _long_functions(file: Path) -> list[str]:
    functions = [
        node
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = [(node, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [
        f"{source.name(file)}:{node.lineno}: {node.name} has {length} lines"
        for node, length in lengths
        if length >= FUNCTION_LINES
    ]


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())
