"""Records that a list only brought up to date are as they were before it, where nobody has touched them since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Model

from mulin.journal.face import chain_lengths
from mulin.kernel.refusals import Conflict, Refusal
from mulin.kernel.unreadable import Unreadable
from mulin.posts.face import Who
from mulin.registry.actions.taking_back import Before, Confirmed, Homes, restore_merchant, restore_resident
from mulin.registry.models import HomeImportBefore, HomeImportPart, Merchant, Residence, Resident
from mulin.registry.models.importing import ListKind
from mulin.registry.rules.facts import Seen


def kept_of(part: HomeImportPart) -> list[HomeImportBefore]:
    """What is kept of the records that this batch brought up to date, the last first."""
    rows = part.made.get("changed", ())
    return list(HomeImportBefore.objects.filter(source=part.source_id, row__in=rows).order_by("-id"))


def residences_of(kept: Iterable[HomeImportBefore]) -> set[UUID]:
    """Where these people came to by the list, and what they left."""
    homes = [read["homes"] for each in kept if (read := _content(each)) and read["homes"]]
    return {UUID(id) for each in homes for id in (*each["made"], *each["ended"])}


def restore(
    part: HomeImportPart, kept: list[HomeImportBefore], *, by: Who, now: datetime
) -> tuple[int, list[Model]]:
    """Restore what nobody touched since, in the caller's transaction. Returns how many, and what stays as it is.

    What was kept for it is kept no longer.
    """
    model: type[Any] = Merchant if part.source.kind == ListKind.MERCHANTS else Resident
    records = model._default_manager.in_bulk({each.record for each in kept})
    before = _by_record(part, kept)
    done, stay = 0, list[Model]()
    for each in kept:
        record = records.get(each.record)
        if record is None:
            continue
        try:
            with transaction.atomic():
                _restore(record, each, by=by, now=now)
                _go_on(before[each.record], each)
            done += 1
        except Refusal:  # touched, or elsewhere by now, or its number is somebody else's: it is named
            stay.append(record)
    HomeImportBefore.objects.filter(pk__in=[each.pk for each in kept]).delete()
    return done, stay


def _by_record(
    part: HomeImportPart, kept: Iterable[HomeImportBefore]
) -> dict[UUID, list[HomeImportBefore]]:  # fmt: skip
    """All that is kept of these records, for another batch may have changed them too; the last first."""
    here = {each.pk: each for each in kept}
    people = {each.record for each in here.values()}
    found: dict[UUID, list[HomeImportBefore]] = {}
    for each in HomeImportBefore.objects.filter(source=part.source_id, record__in=people).order_by("-id"):
        found.setdefault(each.record, []).append(here.get(each.pk, each))
    return found


def _go_on(theirs: Sequence[HomeImportBefore], restored: HomeImportBefore) -> None:
    """Nobody but this list had come between: what it changed of them before is undone in its turn."""
    earlier = next((each for each in theirs if each.pk < restored.pk), None)
    content = _content(restored)
    if earlier and content and content.get("entries") == earlier.entries:
        earlier.entries = chain_lengths([earlier.record])[earlier.record]
        earlier.save(update_fields=["entries"])


def _restore(record: Resident | Merchant, kept: HomeImportBefore, *, by: Who, now: datetime) -> None:
    content = _content(kept)
    if content is None or chain_lengths([kept.record]) != {kept.record: kept.entries}:
        raise Conflict
    was = _read(type(record), content, kept)
    if isinstance(record, Merchant):
        restore_merchant(record, was, by=by, now=now)
        return
    if content["homes"]:
        _refuse_changed_homes(content["homes"]["made"])
    restore_resident(record, was, by=by, now=now)


def _refuse_changed_homes(made: dict[str, str]) -> None:
    """Somebody may have said who heads the household that they came to."""
    now = Residence.objects.there().filter(pk__in=list(made)).values_list("pk", "relation")
    if {str(id): relation for id, relation in now} != made:
        raise Conflict


def _content(kept: HomeImportBefore) -> dict[str, Any] | None:
    if isinstance(kept.content, Unreadable):
        return None
    found: dict[str, Any] = orjson.loads(kept.content)
    return found


def _read(model: type[Model], content: dict[str, Any], kept: HomeImportBefore) -> Before:
    columns = {name: _field(model, name).to_python(value) for name, value in content["values"].items()}
    told = {"import": str(kept.source_id)}
    return Before(columns, _confirmed(content["seen"]), told, _homes(content, kept.place))


def _confirmed(seen: Mapping[str, Any]) -> Confirmed:
    whole = Seen(datetime.fromisoformat(seen["at"]), _id(seen["by"]), seen["source"])
    return Confirmed(whole, seen["facts"])


def _homes(content: Mapping[str, Any], place: str) -> Homes | None:
    homes = content["homes"]
    if not homes:
        return None
    households = {
        UUID(id): (_confirmed(each["was"]), _confirmed(each["is"]))
        for id, each in content.get("households", {}).items()
    }
    left = date.fromisoformat(homes["left_on"]) if homes["left_on"] else None
    made, ended = [UUID(id) for id in homes["made"]], [UUID(id) for id in homes["ended"]]
    return Homes(made, ended, _id(homes["main"]), place, left, households)


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
