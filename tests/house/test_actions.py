"""Every act that a room offers says who does it, and writes its line in the journal."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType, ModuleType

import pytest

from tests.support import source

WRITES = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}
RECORDS = {"record", "record_many", "bulk", "erase", "disclose"}
# The journal is what others record in; the demo is built by one documented bulk path.
ROOMS = [room for room in source.rooms() if room not in ("journal", "demo")]


def _offered(room: str) -> list[FunctionType]:
    """The functions of the room's actions that its face offers."""
    try:
        face: ModuleType = importlib.import_module(f"mulin.{room}.face")
    except ModuleNotFoundError:
        return []
    functions = [each for each in vars(face).values() if inspect.isfunction(each)]
    return [each for each in functions if each.__module__.startswith(f"mulin.{room}.actions")]


@pytest.mark.parametrize("room", ROOMS)
def test_each_act_says_who(room: str) -> None:
    anonymous = [
        act.__qualname__ for act in _offered(room) if _reaches(room, act, _writes) and not _has_by(act)
    ]
    assert anonymous == []


@pytest.mark.parametrize("room", ROOMS)
def test_each_act_is_recorded(room: str) -> None:
    silent = [
        act.__qualname__
        for act in _offered(room)
        if _reaches(room, act, _writes) and not _reaches(room, act, _records)
    ]
    assert silent == []


def _has_by(act: FunctionType) -> bool:
    by = inspect.signature(act).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY


def _writes(call: ast.Call) -> bool:
    # A dictionary's update takes a mapping, a queryset's takes columns by name.
    return source.called(call) in WRITES or (source.called(call) == "update" and bool(call.keywords))


def _records(call: ast.Call) -> bool:
    return source.called(call) in RECORDS


def _reaches(room: str, act: FunctionType, wanted: Callable[[ast.Call], bool]) -> bool:
    """Whether the act, or what it calls in its room by whatever name, makes such a call."""
    known, seen, waiting = _functions(room), set(), [act.__name__]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for call in (call for node in known.get(name, ()) for call in source.calls(node)):
            if wanted(call):
                return True
            waiting.append(source.called(call))
    return False


@cache
def _functions(room: str) -> dict[str, list[ast.FunctionDef]]:
    found: dict[str, list[ast.FunctionDef]] = {}
    for file in source.python(f"src/mulin/{room}"):
        if "views" in file.parts or file.name.startswith("endpoints"):
            continue  # a page calls acts; no act calls a page
        for node in ast.walk(source.tree(file)):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found
