"""The triggers, as PostgreSQL has them. Their functions look only at NEW and OLD, so they run on any shard."""

from typing import Any

from django.db.models import Model

from mulin.journal.guarded import APPEND_ONLY, EMPTIED, ERASABLE, MOVED, table, unchanging

# pg_trigger.tgtype: each row 1, before 2, delete 8, update 16, truncate 32
BEFORE_CHANGE, BEFORE_TRUNCATE = 1 + 2 + 8 + 16, 2 + 32
_EVENTS = {
    BEFORE_CHANGE: "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW",
    BEFORE_TRUNCATE: "BEFORE TRUNCATE ON {} FOR EACH STATEMENT",
}
# 23001, restrict_violation, reaches Django as IntegrityError.
_RAISE = "RAISE EXCEPTION 'journal: % is never changed', TG_TABLE_NAME USING ERRCODE = '23001';"
_THERE = """
SELECT t.tgname, c.relname, t.tgtype, p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)
"""


class Dialect:
    """A function each for refusing and for erasing only, and the triggers that call them."""

    def statements(self) -> list[str]:
        made = [_function(name, body) for name, body in _functions().items()]
        for name, (model, kind, function) in _triggers().items():
            event = _EVENTS[kind].format(f'"{table(model)}"')
            made.append(f'CREATE OR REPLACE TRIGGER "{name}" {event} EXECUTE FUNCTION {function}()')
            made.append(f'ALTER TABLE "{table(model)}" ENABLE TRIGGER "{name}"')
        return made

    def wanted(self) -> dict[str, str]:
        functions = _functions()
        return {
            name: _seen(table(model), kind, functions[function])
            for name, (model, kind, function) in _triggers().items()
        }

    def lifting(self) -> list[str]:
        """So that entries and their texts can be deleted."""
        return [
            f'ALTER TABLE "{table(model)}" DISABLE TRIGGER "{name}"'
            for name, (model, kind, _function) in _triggers().items()
            if model in MOVED and kind == BEFORE_CHANGE
        ]

    def there(self, cursor: Any) -> dict[str, str]:
        cursor.execute(_THERE)
        return {name: _seen(relation, kind, body) for name, relation, kind, body in cursor.fetchall()}


def _seen(relation: str, kind: int, body: str) -> str:
    return f"{relation} {kind} {body}"


def _triggers() -> dict[str, tuple[type[Model], int, str]]:
    triggers: dict[str, tuple[type[Model], int, str]] = {}
    for model in APPEND_ONLY:
        triggers[f"{table(model)}_no_change"] = (model, BEFORE_CHANGE, "journal_refuse")
    for model in ERASABLE:
        triggers[f"{table(model)}_erase_only"] = (model, BEFORE_CHANGE, _erase_function(model))
    for model in APPEND_ONLY + ERASABLE:
        triggers[f"{table(model)}_no_truncate"] = (model, BEFORE_TRUNCATE, "journal_refuse")
    return triggers


def _functions() -> dict[str, str]:
    erasing = {_erase_function(model): _erase_only(model) for model in ERASABLE}
    return {"journal_refuse": f"BEGIN {_RAISE} END", **erasing}


def _erase_function(model: type[Model]) -> str:
    return f"{table(model)}_erase_only"


def _erase_only(model: type[Model]) -> str:
    emptied = [f"NEW.\"{column}\" = ''" for column in EMPTIED]
    kept = [f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"' for column in unchanging(model)]
    erased = ["OLD.erased_at IS NULL", "NEW.erased_at IS NOT NULL", "NEW.erased_rule <> ''"]
    right = " AND ".join(erased + emptied + kept)
    return f"BEGIN IF TG_OP = 'UPDATE' THEN IF {right} THEN RETURN NEW; END IF; END IF; {_RAISE} END"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $trigger${body}$trigger$"
