"""Bodies and the areas they serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Json
from mulin.kernel.refusals import Conflict, Invalid
from mulin.kernel.text import clean
from mulin.places.face import Area
from mulin.posts.actions import ends
from mulin.posts.entries import organisation_entry
from mulin.posts.models import Organisation, OrganisationFunction, Service
from mulin.posts.models.organisation import NAME_LIMIT
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.rules.bodies import BodyFunction, BodyKind
from mulin.posts.who import Who

_TEXTS = (("name", NAME_LIMIT), ("name_en", NAME_LIMIT), ("phone", 40))


class OrganisationChanges(TypedDict, total=False):
    """What may be changed about an organisation."""

    kind: str
    name: str
    name_en: str
    phone: str
    home: Area
    functions: Sequence[str]


@transaction.atomic
def add_organisation(
    *,
    kind: str,
    name: str,
    home: Area,
    by: Who,
    now: datetime,
    name_en: str = "",
    phone: str = "",
    functions: Sequence[str] = (),
    serves: Iterable[Area] = (),
) -> Organisation:
    """Add a body with its home, what it takes care of and the areas it serves."""
    require(by, Permission.ORGANISATION_MANAGE, home, seen_by=Permission.PLACE_READ)
    body = Organisation(home=home, created_at=now)
    _fill(body, {"kind": kind, "name": name, "name_en": name_en, "phone": phone})
    body.save(force_insert=True)
    _set_functions(body, functions)
    words = {"name": body.name, "name_en": body.name_en}
    facts: dict[str, Json] = {"kind": body.kind, "home": home.path, "functions": sorted(functions)}
    organisation_entry("organisation.added", body, facts, by=by, now=now, words=words)
    _serve(body, list(serves), by=by, now=now)
    return body


@transaction.atomic
def change_organisation(
    body: Organisation, *, by: Who, now: datetime, **changes: Unpack[OrganisationChanges]
) -> Organisation:
    """Correct what is kept about a body."""
    _require_managed(by, body)
    if "home" in changes:
        require(by, Permission.ORGANISATION_MANAGE, changes["home"])
    body = Organisation.objects.select_for_update(of=("self",)).select_related("home").get(pk=body.pk)
    before = {name: getattr(body, name) for name in changes}
    _fill(body, changes)
    if "functions" in changes:
        _set_functions(body, changes["functions"])
    changed = sorted(name for name, value in before.items() if getattr(body, name) != value)
    if changed:
        body.save(update_fields=[name for name in changed if name != "functions"])
        words = {name: getattr(body, name) for name in changed if name in ("name", "name_en")}
        facts: dict[str, Json] = {
            "changed": changed,
            "home": body.home.path,
            "functions": body.functions,
            "kind": body.kind,
        }
        organisation_entry("organisation.changed", body, facts, by=by, now=now, words=words)
    return body


@transaction.atomic
def set_serves(body: Organisation, *, areas: Iterable[Area], by: Who, now: datetime) -> Organisation:
    """Say which areas a body serves from now on. Each that is added or taken away must be `by`'s to give."""
    _require_managed(by, body)
    _serve(body, list(areas), by=by, now=now)
    return body


@transaction.atomic
def close_organisation(body: Organisation, *, by: Who, now: datetime) -> Organisation:
    """Close a body: its posts and services end with it."""
    _require_managed(by, body)
    if not Organisation.objects.filter(pk=body.pk, closed_at=None).update(closed_at=now):
        raise Conflict(_("This organisation is closed already."))
    ends.posts_at(body, by=by, now=now)
    Service.objects.filter(organisation=body, to_at=None).update(to_at=now)
    organisation_entry("organisation.closed", body, by=by, now=now)
    body.closed_at = now
    return body


def _require_managed(by: Who, body: Organisation) -> None:
    require(by, Permission.ORGANISATION_MANAGE, body, seen_by=Permission.ORGANISATION_READ)


def _serve(body: Organisation, areas: list[Area], *, by: Who, now: datetime) -> None:
    # The body's row is the lock: two who change the same list come one after the other.
    Organisation.objects.select_for_update().get(pk=body.pk)
    open_now = {row.area_id: row for row in body.services.filter(to_at=None).select_related("area")}
    added = {area.id: area for area in areas if area.id not in open_now}
    ended = {row.area_id: row for row in open_now.values() if row.area_id not in {area.id for area in areas}}
    for area in (*added.values(), *(row.area for row in ended.values())):
        require(by, Permission.ORGANISATION_MANAGE, area)
    if any(area.closed_at for area in added.values()):
        raise Invalid(_("This place is closed."), code="closed_place", field="serves")
    if not (added or ended):
        return
    Service.objects.filter(pk__in=[row.pk for row in ended.values()]).update(to_at=now)
    Service.objects.bulk_create(Service(organisation=body, area=area, from_at=now) for area in added.values())
    facts: dict[str, Json] = {
        "added": _paths(added.values()),
        "ended": _paths(row.area for row in ended.values()),
    }
    organisation_entry("organisation.serves", body, facts, by=by, now=now)


def _paths(areas: Iterable[Area]) -> list[str]:
    return sorted(area.path for area in areas)


def _fill(body: Organisation, changes: OrganisationChanges) -> None:
    for name, limit in _TEXTS:
        if name in changes:
            setattr(body, name, clean(str(changes[name]), limit, lines=False, field=name))  # type: ignore[literal-required]  # the names are those of the TypedDict, in a loop
    if not body.name:
        raise Invalid(_("Please give a name."), code="required", field="name")
    if "kind" in changes:
        if changes["kind"] not in set(BodyKind):
            raise Invalid(_("There is no such kind of organisation."), code="unknown_kind", field="kind")
        body.kind = changes["kind"]
    if "home" in changes:
        body.home = changes["home"]


def _set_functions(body: Organisation, functions: Sequence[str]) -> None:
    wanted = set(functions)
    if not wanted <= set(BodyFunction):
        raise Invalid(_("There is no such function."), code="unknown_function", field="functions")
    body.function_rows.exclude(function__in=wanted).delete()
    have = set(body.function_rows.values_list("function", flat=True))
    OrganisationFunction.objects.bulk_create(
        OrganisationFunction(organisation=body, function=function) for function in sorted(wanted - have)
    )
