"""The migration operation that makes a search table."""

import re
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from mulin.kernel.search import postgresql, sqlite

_NAME = re.compile(r"\A[a-z][a-z0-9_]{2,40}\Z")


class CreateSearchTable(Operation):
    """Make the table `name`, in the form the database needs; Django's models know nothing of it."""

    reversible = True

    def __init__(self, name: str) -> None:
        if not _NAME.match(name):
            raise ValueError(f"{name!r} is no name for a search table")
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing changes in the models."""

    def database_forwards(
        self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: Any, _to: Any
    ) -> None:
        dialect = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
        for statement in dialect.create(self.name):
            schema_editor.execute(statement)

    def database_backwards(
        self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: Any, _to: Any
    ) -> None:
        schema_editor.execute(f'DROP TABLE "{self.name}"')

    def describe(self) -> str:
        return f"Create search table {self.name}"


def search_table_operations(name: str) -> list[Operation]:
    """Return the migration operations that make a search table."""
    return [CreateSearchTable(name)]
