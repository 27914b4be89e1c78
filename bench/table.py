"""What was seen, as JSON for programs and as a table for people."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from bench import cluster
from bench.places import ROOT
from bench.server import WEB_WORKERS

COLUMNS = (
    "db", "rows", "operation", "concurrency", "rps", "p50_ms", "p95_ms", "app_cpu_ms", "work_cpu_ms", "db_cpu_ms",
    "statements", "floor_rps", "floor_ratio",
)  # fmt: skip
RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "bench.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def line(row: dict[str, Any]) -> str:
    share = f"1/{1 / row['floor_ratio']:.1f}" if row["floor_ratio"] else "-"
    return (
        f"{row['db']:<9}{row['rows']:>9,} {row['operation']:<12}{row['concurrency']:>3}  {row['rps']:>7.1f}/s"
        f"  p50 {row['p50_ms']:>6.1f}  p95 {row['p95_ms']:>6.1f}  web {row['app_cpu_ms']:>5.1f}"
        f"  db {row['db_cpu_ms']:>5.1f}  work {row['work_cpu_ms']:>4.1f}  {row['statements']:>5} st  {share} of floor"
    )


def write(rows: list[dict[str, Any]], notes: list[str], asked: argparse.Namespace, *, keep: bool) -> None:
    told = _told(rows, [*_settings(asked), *notes])
    print(told)
    if not keep:
        return
    body = ",\n".join(json.dumps({name: row[name] for name in COLUMNS}) for row in rows)
    RESULTS.write_text(f"[\n{body}\n]\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{told}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _settings(asked: argparse.Namespace) -> list[str]:
    """The machine by its cores and memory only."""
    memory = next(
        text for text in Path("/proc/meminfo").read_text().splitlines() if text.startswith("MemTotal")
    )
    said = [
        f"Machine: {os.cpu_count()} cores, {round(int(memory.split()[1]) / 1024**2)} GB of memory",
        f"`mulin serve` with {WEB_WORKERS} web workers and its worker; every other setting of Mulin as it comes",
        f"{asked.seconds:g} s of load for each line, in two slices, each followed by a slice of the floor",
    ]
    if "postgres" in asked.databases:
        cluster.start()
        said.append(
            "PostgreSQL: " + ", ".join(f"{name} {value}" for name, value in cluster.settings().items())
        )
        cluster.stop()
    if "sqlite" in asked.databases:
        said.append("SQLite: WAL, synchronous NORMAL, IMMEDIATE transactions, as Mulin sets it")
    return said


def _told(rows: list[dict[str, Any]], said: list[str]) -> str:
    parts = ["\n".join(f"- {each}" for each in said)]
    for db in dict.fromkeys(row["db"] for row in rows):
        for count in dict.fromkeys(row["rows"] for row in rows if row["db"] == db):
            some = [row for row in rows if (row["db"], row["rows"]) == (db, count)]
            parts.append(
                f"### {'PostgreSQL' if db == 'postgres' else 'SQLite'}, {count:,} matters\n\n{_table(some)}"
            )
    return "\n\n".join(parts) + "\n"


def _table(rows: list[dict[str, Any]]) -> str:
    head = (
        "| operation | at once | a second | p50 ms | p95 ms | web CPU ms | worker CPU ms | database CPU ms "
        "| statements | floor a second | of the floor |"
    )
    lines = [head, "|---|" + "---:|" * 10]
    for row in rows:
        share = f"1/{1 / row['floor_ratio']:.1f}" if row["floor_ratio"] else ""
        values = [
            row["operation"].replace("_", " "), row["concurrency"], row["rps"], row["p50_ms"], row["p95_ms"],
            row["app_cpu_ms"], row["work_cpu_ms"], row["db_cpu_ms"], row["statements"], row["floor_rps"], share,
        ]  # fmt: skip
        lines.append("| " + " | ".join(map(str, values)) + " |")
    return "\n".join(lines)
