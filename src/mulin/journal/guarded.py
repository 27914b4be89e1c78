"""Which tables the triggers guard, and how."""

from django.db.models import Model

from mulin.journal.models import (
    Archive,
    ArchivedChain,
    ArchivedEntry,
    Disclosure,
    DisclosureOf,
    Entry,
    EntryText,
    Seal,
)

APPEND_ONLY: tuple[type[Model], ...] = (
    Entry,
    Disclosure,
    DisclosureOf,
    Seal,
    Archive,
    ArchivedChain,
    ArchivedEntry,
)
ERASABLE: tuple[type[Model], ...] = (EntryText,)
MOVED: tuple[type[Model], ...] = (Entry, EntryText)  # into an archive, and nowhere else
EMPTIED = ("text", "salt")  # by an erasure, which must fill the two below; nothing else may differ
ERASURE = ("erased_at", "erased_rule")


def table(model: type[Model]) -> str:
    return model._meta.db_table


def unchanging(model: type[Model]) -> list[str]:
    """The columns of an erasable table that an erasure leaves alone: all that are not part of it."""
    return [column for column in _columns(model).values() if column not in EMPTIED + ERASURE]


def unique_groups(model: type[Model]) -> list[tuple[str, ...]]:
    """The columns by which a row can collide with another: the key, and each unique constraint."""
    columns = _columns(model)
    unique = [tuple(columns[name] for name in each.fields) for each in model._meta.total_unique_constraints]
    return [(columns["id"],), *unique]


def _columns(model: type[Model]) -> dict[str, str]:
    return {field.name: str(field.column) for field in model._meta.concrete_fields}
