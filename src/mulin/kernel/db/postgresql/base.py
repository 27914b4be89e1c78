"""PostgreSQL with foreign keys that are checked at once.

Django makes foreign keys DEFERRABLE INITIALLY DEFERRED: a broken reference is noticed at commit, far from
the line that broke it, and on a sharded database under some plans not at all. Here they are plain: the
statement fails. Foreign keys therefore need their target stored first, which application-made keys make
easy.
"""

from typing import Any

from django.db.backends.ddl_references import Statement
from django.db.backends.postgresql import base, operations, schema
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model

PREPARED_FROM = 3  # from so many times on, a statement is worth a plan of its own


class DatabaseOperations(operations.DatabaseOperations):
    """Constraints without DEFERRABLE."""

    def deferrable_sql(self) -> str:
        return ""


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Statements that do not assume deferrable constraints."""

    sql_create_column_inline_fk = "CONSTRAINT %(name)s REFERENCES %(to_table)s(%(to_column)s)%(deferrable)s"
    sql_delete_fk = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"
    sql_update_with_default = "UPDATE %(table)s SET %(column)s = %(default)s WHERE %(column)s IS NULL"

    def _field_db_check(self, field: "Field[object, object]", field_db_params: dict[str, Any]) -> str | None:
        """Compare checks as fields have them: Django looks only at those of its own types of field.

        Otherwise a new limit of a text column would change nothing here.
        """
        check: str | None = field_db_params["check"]
        return check and check.replace(self.quote_name(str(field.column)), self.quote_name("__column_name__"))

    def _create_like_index_sql(self, model: type[Model], field: "Field[object, object]") -> Statement | None:
        """No second index for LIKE where the column is in byte order already: its own index serves."""
        if field.db_parameters(self.connection).get("collation") == "C":
            return None
        return super()._create_like_index_sql(model, field)  # type: ignore[misc, no-any-return]  # Django's stubs leave this method untyped


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend with our schema editor and operations."""

    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations

    def prepared_cursor(self) -> CursorWrapper:
        """For statements whose text is always the same: the server keeps their plans, values go apart from the text."""
        self.ensure_connection()
        self.connection.prepare_threshold = PREPARED_FROM
        with self.wrap_database_errors:
            made: CursorWrapper = self._prepare_cursor(base.ServerBindingCursor(self.connection))  # type: ignore[attr-defined, call-arg]  # unknown to Django's stubs
            return made
