"""What lies in the repository: nothing of one machine, nothing unexplained, no test that does not run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support import source
from tests.support.shapes import ROOT

MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:home|Users)/[a-z][\w-]*/|(?<![\w.-])/root/")
NOT_RUN = {"skip", "skipif", "xfail", "importorskip"}
INSERT_SELECT = re.compile(r"\binsert\s+into\b[^;]*?\bselect\b", re.IGNORECASE | re.DOTALL)


def _texts() -> Iterator[tuple[Path, str]]:
    for file in source.files():
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font


def test_no_path_of_a_machine() -> None:
    here = Path(__file__)
    wrong = [
        source.name(file)
        for file, text in _texts()
        if file != here and (str(ROOT) + "/" in text or MACHINE_PATH.search(text))
    ]
    assert wrong == []


def test_lock_files_name_no_registry() -> None:
    pins = [*(ROOT / "requirements").glob("*.txt")]
    locks = pins + [file for file in source.files() if file.name == "package-lock.json"]
    wrong = [file.name for file in locks if "://" in _without_home_pages(file)]
    assert wrong == []
    assert [source.name(file) for file in source.files() if file.name in ("uv.lock", "poetry.lock")] == []


def _without_home_pages(file: Path) -> str:
    """A package may say in the lock file where its author asks for money; that is no registry."""
    if file.suffix != ".json":
        return file.read_text(encoding="utf-8")
    packages = json.loads(file.read_text(encoding="utf-8"))["packages"].values()
    return json.dumps([{key: value for key, value in each.items() if key != "funding"} for each in packages])


def test_every_requirement_says_what_it_is_for() -> None:
    wrong = [
        f"{file.name}: {line}"
        for file in sorted((ROOT / "requirements").glob("*.in"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#") and not re.search(r"\S\s+# \w", line)
    ]
    assert wrong == []


def test_every_requirement_is_pinned() -> None:
    missing = []
    for file in sorted((ROOT / "requirements").glob("*.in")):
        pinned = file.with_suffix(".txt").read_text(encoding="utf-8").lower()
        asked = re.findall(r"^([\w.-]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        missing += [name for name in asked if f"\n{name.lower()}==" not in f"\n{pinned}"]
    assert missing == [], "run `make lock`"


def test_every_test_runs() -> None:
    wrong = [
        f"{source.name(file)}:{node.lineno}"
        for file in source.python("tests")
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.Attribute)
        and node.attr in NOT_RUN
        and source.dotted(node).startswith("pytest.")
    ]
    assert wrong == []


def test_no_raw_insert_select() -> None:
    """A sharded database plans those badly; see docs on scale."""
    wrong = [
        source.name(file)
        for file in source.python("src/mulin")
        if any(INSERT_SELECT.search(text) for text in source.strings(file))
    ]
    assert wrong == []


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    read = "".join(file.read_text(encoding="utf-8") for file in source.python("src/mulin"))
    pattern = (
        r'\b(?:text|flag|number|words|choices?|folder|issuer|addresses|read)\(\s*"([A-Z_]+)"'
        r'|environ[^"\n]*"([A-Z][A-Z_]+)"'
    )
    settings = {first or second for first, second in re.findall(pattern, read)}
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", page))
    assert settings - documented - {"DJANGO_SETTINGS_MODULE"} == set(), "not in docs/settings.md"
    unknown = {name for name in documented - settings if name.startswith("MULIN_") and "_TEST_" not in name}
    assert unknown == set(), "no such setting"
