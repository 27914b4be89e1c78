"""Who may import whom. import-linter holds the storeys; here is what it cannot say."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from tests.support import source
from tests.support.shapes import ROOT

CLOCK_ASKERS = {"tasks.py", "views.py", "forms.py", "endpoints.py", "context.py"}
ORM = ("django.db", "django.contrib", "django.utils.timezone", "mulin.kernel.clock", "mulin.kernel.models")
STARTERS = ("commands", "config")  # what starts the house may reach behind every face
FACE = ("face",)
MOUNTED = ("face", "endpoints")  # a door mounts a room's operations, as it does its addresses
SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time"}


def test_every_package_has_its_storey() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = {
        part.strip() for each in contracts for layer in each.get("layers", ()) for part in layer.split("|")
    }
    packages = {
        f"mulin.{folder.name}" for folder in source.MULIN.iterdir() if (folder / "__init__.py").exists()
    }
    assert packages - named == set()


def test_of_another_room_only_its_face_is_used() -> None:
    assert [said for file in source.python("src/mulin") for said in _past_the_face(file)] == []


def test_rules_know_neither_database_nor_clock() -> None:
    wrong = [
        f"{source.name(file)}:{line}: {module}"
        for file in source.python("src/mulin")
        if file.name == "rules.py" or file.parent.name == "rules"
        for line, module in source.imports(file)
        if module.startswith(ORM) or ".models." in f"{module}."
    ]
    assert wrong == []


def test_one_file_asks_the_clock_of_the_machine() -> None:
    wrong = [
        f"{source.name(file)}:{call.lineno}"
        for file in source.python("src/mulin")
        if file != source.MULIN / "kernel" / "clock.py"
        for call in source.calls(source.tree(file))
        if ".".join(source.dotted(call.func).split(".")[-2:]) in CLOCKS
    ]
    assert wrong == []


def test_only_doors_and_tasks_ask_what_time_it_is() -> None:
    wrong = [
        f"{source.name(file)}:{line}"
        for file in source.python("src/mulin")
        if file.name not in CLOCK_ASKERS and source.room_of(file) not in ("doors", "commands", "kernel")
        for line, module in source.imports(file)
        if module.startswith("mulin.kernel.clock")
    ]
    assert wrong == []


def test_nothing_hangs_on_a_signal() -> None:
    wrong = [
        f"{source.name(file)}:{line}"
        for file in source.python("src/mulin")
        for line, module in source.imports(file)
        if module.startswith("django.") and module.split(".")[-1] in SIGNALS
    ]
    assert wrong == []


def test_only_the_actions_of_matters_set_a_state() -> None:
    home = source.MULIN / "matters" / "actions"
    wrong = [
        f"{source.name(file)}:{getattr(node, 'lineno', 0)}"
        for file in source.python("src/mulin")
        if home not in file.parents
        for node in ast.walk(source.tree(file))
        if _sets_state(node)
    ]
    assert wrong == []


def _past_the_face(file: Path) -> list[str]:
    own = source.room_of(file)
    if own in STARTERS:
        return []
    return [
        f"{source.name(file)}:{line}: {module}"
        for line, module in source.imports(file)
        if module.count(".") > 1
        and module.startswith("mulin.")
        and (room := module.split(".")[1]) in source.rooms()
        and room != own
        and module.split(".")[2] not in (MOUNTED if own == "doors" else FACE)
    ]


def _sets_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in node.targets)
    if isinstance(node, ast.Call) and source.called(node) == "update":
        return any(keyword.arg == "state" for keyword in node.keywords)
    return False
