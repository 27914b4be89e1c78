"""The project's own files, for tests that read code instead of running it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.shapes import ROOT

MULIN = ROOT / "src" / "mulin"
GROUND = ("kernel", "look")  # open to every room, file by file
NO_ROOMS = ("config", "commands", "doors", "cli", "kernel", "look")


@cache
def files() -> tuple[Path, ...]:
    """What is tracked, or would be if it were added now."""
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, text=True
    )
    return tuple(file for name in listed.split("\0") if name and (file := ROOT / name).is_file())


def python(folder: str = "") -> list[Path]:
    """Hand-written Python: migrations are not."""
    return [file for file in _ending(".py", folder) if "migrations" not in file.parts]


def templates() -> list[Path]:
    return [file for file in _ending(".html", "src") if "templates" in file.parts]


def typescript() -> list[Path]:
    return [file for ending in (".ts", ".mts", ".mjs") for file in _ending(ending, "frontend")]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=name(file))


def rooms() -> list[str]:
    """The rooms above the ground that have a face of their own."""
    inside = (folder.name for folder in MULIN.iterdir() if (folder / "__init__.py").exists())
    return sorted(room for room in inside if room not in NO_ROOMS)


def room_of(file: Path) -> str:
    """`places` for src/mulin/places/queries.py; a door counts as a whole."""
    return file.relative_to(MULIN).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Each imported module, with what is taken from it: (line, "mulin.places.face.Area")."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `create` for `Area.objects.create(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def dotted(node: ast.AST) -> str:
    """`django.utils.timezone.now` for the expression that says so, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def strings(file: Path) -> Iterator[str]:
    """Every string of a file, the fixed parts of an f-string as one."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _ending(ending: str, folder: str) -> list[Path]:
    return [file for file in files() if file.suffix == ending and (ROOT / folder) in file.parents]
