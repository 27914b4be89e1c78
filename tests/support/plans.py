"""How the database goes about what was really asked of it, with the values that were bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection


def plans_of(asks: Callable[[], object], *, of: str) -> list[str]:
    """The plan of each SELECT from this table that `asks` runs."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and f'FROM "{of}"' in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        asks()
    assert asked, f"nothing was read from {of}"
    return [_plan(sql, params) for sql, params in asked]


def _plan(sql: str, params: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows would be read whole
        cursor.execute(f"{explain} {sql}", params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
