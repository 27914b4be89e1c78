"""Reads the data files of the demo and takes their "中文 English" entries apart."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"


class Words(NamedTuple):
    """One name in both languages."""

    zh: str
    en: str


def both(entry: str) -> Words:
    """`龙山路 Longshan Road` as Chinese and English."""
    zh, _, en = entry.partition(" ")
    return Words(zh, en)


@cache
def word_list(name: str) -> tuple[Words, ...]:
    """A list of `names.toml`."""
    return tuple(both(entry) for entry in table("names.toml")[name])


@cache
def table(file: str) -> dict[str, Any]:
    """A TOML file of the data folder."""
    return tomllib.loads((DATA / file).read_text(encoding="utf-8"))


@cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """A CSV file of the data folder, a dict a row."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
