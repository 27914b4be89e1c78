"""SQLite with foreign keys that are checked at the statement, as on our PostgreSQL.

So code that would fail in a county fails on the newcomer's laptop too.
"""

from django.db.backends.sqlite3 import base, features, schema


class DatabaseFeatures(features.DatabaseFeatures):
    """Django assumes 999 parameters a statement; SQLite takes 32,766 since 3.32, which makes batches large."""

    max_query_params = 30_000


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """References without DEFERRABLE."""

    sql_create_inline_fk = "REFERENCES %(to_table)s (%(to_column)s)"
    sql_create_column_inline_fk = sql_create_inline_fk


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with our schema editor and larger batches."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures
