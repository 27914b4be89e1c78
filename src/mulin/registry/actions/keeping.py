"""What all acts on records share: the row as it is now, what a change touches, when it was last confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.kernel.crypto import blind
from mulin.kernel.refusals import Conflict, Invalid, NotYours
from mulin.kernel.unreadable import Unreadable
from mulin.posts.face import Permission, Who, require
from mulin.registry.codes import Source
from mulin.registry.columns import EARLIEST
from mulin.registry.models import Dwelling, Household, Merchant, Resident
from mulin.registry.models.dwelling import OWNER_PHONE
from mulin.registry.models.kept import Kept
from mulin.registry.models.merchant import MERCHANT_PHONE
from mulin.registry.models.resident import DOCUMENT, PHONE
from mulin.registry.rules.facts import FACTS, Seen, facts_of_columns, mark_of

K = TypeVar("K", Dwelling, Household, Resident, Merchant)
R = TypeVar("R", bound=models.Model)

CHANGED_SINCE = "changed_since"
INDEXES: Mapping[type[Kept], Mapping[str, tuple[str, str]]] = {
    Dwelling: {"owner_phone": ("owner_phone_index", OWNER_PHONE)},
    Household: {},
    Resident: {"document": ("document_index", DOCUMENT), "phone": ("phone_index", PHONE)},
    Merchant: {"operator_phone": ("operator_phone_index", MERCHANT_PHONE)},
}
CONFIRMED = ("confirmed_at", "confirmed_by", "source", "facts_confirmed")


def today(now: datetime) -> date:
    return timezone.localdate(now)


def again(thing: R) -> R:
    """The row as it is now, locked until the act is done."""
    found = type(thing)._default_manager.select_for_update().filter(pk=thing.pk).first()
    if found is None:
        raise NotYours
    return found


def to_change(thing: K, version: int | None, *, by: Who, permission: Permission) -> K:
    """The row to change, locked, if `by` may. Who says which version they saw is refused where it is another now."""
    found = again(thing)
    require(by, permission, found, seen_by=Permission.REGISTRY_READ)
    check_version(found, version)
    return found


def check_version(thing: Kept, version: int | None) -> None:
    """Refuse where somebody changed it since it was looked at."""
    if version is not None and thing.version != version:
        message = _("Somebody changed this while you had it open. Look at both, and send what is right.")
        raise Conflict(message, code=CHANGED_SINCE)


def refuse_bad_day(on: date, since: date | None, *, now: datetime) -> None:
    """What ends, ended by today, and not before it began."""
    if not (since or EARLIEST) <= on <= today(now):
        raise Invalid(_("This day is not possible."), code="bad_day", field="on")


def refuse_closed(is_open: bool) -> None:
    """What is over is only read."""
    if not is_open:
        raise Invalid(_("This record is closed."), code="closed")


def fill(thing: Kept, values: Mapping[str, Any]) -> set[str]:
    """Write columns into a row, encrypted ones with their index; which of them are others now. A mark is no value."""
    given = {name for name, value in values.items() if not isinstance(value, Unreadable)}
    changed = {name for name in given if getattr(thing, name) != values[name]}
    for name in changed:
        setattr(thing, name, values[name])
    for name, (index, context) in INDEXES[type(thing)].items():
        if name in changed:
            value = getattr(thing, name)
            setattr(thing, index, blind(value, context=context) if value else "")
    return changed


def with_indexes(kind: type[Kept], changed: Collection[str]) -> set[str]:
    """The columns to save for these."""
    return {*changed, *(index for name, (index, _) in INDEXES[kind].items() if name in changed)}


def kind_of(thing: Kept) -> str:
    """As the tables of facts and the journal call it."""
    return type(thing).__name__.lower()


def new(kind: type[K], *, place: str, by: Who, now: datetime, source: str) -> K:
    """A record that nobody knew before: entered is confirmed, too, but for what comes from a list."""
    person = by.user.pk if by.user else None
    return kind(place=place, entered_at=now, confirmed_at=now, confirmed_by=person, source=Source(source))


def mark(thing: Kept, facts: Collection[str] | None, *, by: Who, now: datetime, source: str) -> None:
    """Note that these facts were confirmed just now; None: the record as a whole."""
    known = {fact.code for fact in FACTS[kind_of(thing)]}
    if facts is not None and not set(facts) <= known:
        raise Invalid(_("There is no such fact."), code="unknown_fact", field="facts")
    seen = Seen(now, by.user.pk if by.user else None, Source(source).value)
    if facts is None or set(facts) == known:
        _whole(thing, seen)
        return
    thing.facts_confirmed = thing.facts_confirmed | {fact: mark_of(seen) for fact in sorted(facts)}
    oldest = min((thing.seen(fact) for fact in known), key=lambda each: each.at)
    if (
        oldest.at > thing.confirmed_at
    ):  # the last of them, one by one: then the whole is as fresh as the oldest
        _as_old_as(thing, oldest)


def _whole(thing: Kept, seen: Seen) -> None:
    thing.facts_confirmed = {}
    _as_old_as(thing, seen)


def _as_old_as(thing: Kept, seen: Seen) -> None:
    thing.confirmed_at, thing.confirmed_by, thing.source = seen.at, seen.by, seen.source


def mark_changed(thing: Kept, changed: Collection[str], *, by: Who, now: datetime, source: str) -> None:
    """Whoever writes a fact anew has confirmed it."""
    touched = facts_of_columns(kind_of(thing), set(changed))
    if touched:
        mark(thing, touched, by=by, now=now, source=source)


def save(thing: Kept, columns: Collection[str], *, changed: bool = True) -> None:
    """Write these columns; a change of what is known counts as a version."""
    written = with_indexes(type(thing), columns)
    if changed:
        thing.version += 1
        written.add("version")
    thing.save(update_fields=written)


def before_and_after(before: Mapping[str, Any], thing: models.Model) -> dict[str, str]:
    """The words of a change: what the columns were and what they are, to be kept encrypted."""
    after = {name: getattr(thing, name) for name in before}
    return {"before": written_out(before), "after": written_out(after)}


def written_out(values: Mapping[str, Any]) -> str:
    """Columns as one text that can be read back."""
    plain = {
        name: value if isinstance(value, bool | int) else str(value or "") for name, value in values.items()
    }
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def person_of(by: Who) -> UUID | None:
    return by.user.pk if by.user else None
