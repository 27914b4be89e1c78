"""The triggers, as SQLite has them."""

from typing import Any

from django.db.models import Model

from mulin.journal.guarded import APPEND_ONLY, EMPTIED, ERASABLE, MOVED, table, unchanging, unique_groups


class Dialect:
    """One CREATE TRIGGER a trigger, compared word by word with what the database holds."""

    def statements(self) -> list[str]:
        return [
            each
            for name, create in self.wanted().items()
            for each in (f'DROP TRIGGER IF EXISTS "{name}"', create)
        ]

    def wanted(self) -> dict[str, str]:
        triggers: dict[str, str] = {}
        for model in APPEND_ONLY:
            triggers |= _refusals(model, ("update", "delete"))
        for model in ERASABLE:
            triggers |= _refusals(model, ("delete",)) | _erase_only(model)
        for model in APPEND_ONLY + ERASABLE:
            triggers |= _no_replacement(model)
        return triggers

    def lifting(self) -> list[str]:
        """So that entries and their texts can be deleted."""
        return [f'DROP TRIGGER "{table(model)}_no_delete"' for model in MOVED]

    def there(self, cursor: Any) -> dict[str, str]:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _refusals(model: type[Model], acts: tuple[str, ...]) -> dict[str, str]:
    return {f"{table(model)}_no_{act}": _trigger(model, f"no_{act}", f"BEFORE {act.upper()}") for act in acts}


def _erase_only(model: type[Model]) -> dict[str, str]:
    emptied = [f"NEW.\"{column}\" = ''" for column in EMPTIED]
    kept = [f'NEW."{column}" IS OLD."{column}"' for column in unchanging(model)]
    erased = ["OLD.erased_at IS NULL", "NEW.erased_at IS NOT NULL", "NEW.erased_rule <> ''"]
    when = f"WHEN NOT ({' AND '.join(erased + emptied + kept)}) "
    return {f"{table(model)}_erase_only": _trigger(model, "erase_only", "BEFORE UPDATE", when)}


def _no_replacement(model: type[Model]) -> dict[str, str]:
    """INSERT OR REPLACE removes the row in its way without asking the delete trigger, so it is met here."""
    matches = (
        " AND ".join(f'"{column}" = NEW."{column}"' for column in group) for group in unique_groups(model)
    )
    # our own names, no one's input
    exists = " OR ".join(f'EXISTS (SELECT 1 FROM "{table(model)}" WHERE {each})' for each in matches)  # noqa: S608
    when = f"WHEN {exists} "
    return {f"{table(model)}_no_replace": _trigger(model, "no_replace", "BEFORE INSERT", when)}


def _trigger(model: type[Model], name: str, event: str, when: str = "") -> str:
    message = f"journal: {table(model)} is never changed"
    return (
        f'CREATE TRIGGER "{table(model)}_{name}" {event} ON "{table(model)}" FOR EACH ROW {when}'
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
