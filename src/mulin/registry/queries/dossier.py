"""What the registry knows of one household, one person, one door: as a page shows it that was written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from mulin.journal.face import Line, Subject, timeline
from mulin.places.face import Area, Level, lineages
from mulin.posts.face import Who, people_by_id
from mulin.registry.codes import Source
from mulin.registry.masked import Masked, masked
from mulin.registry.models import CareNeed, Dwelling, Household, Residence, Resident
from mulin.registry.models.kept import Kept
from mulin.registry.rules.ages import age_on
from mulin.registry.rules.due import Due, DueWhat, in_order, runs_out, to_confirm
from mulin.registry.rules.facts import FACTS
from mulin.registry.rules.staleness import Age, age_of

FORMER, EVENTS = 50, 30


@dataclass(frozen=True)
class Member:
    """Somebody who lives in the household, with what lies masked."""

    residence: Residence
    resident: Resident
    age: int | None
    phone: Masked
    document: Masked
    permit: Masked | None


@dataclass(frozen=True)
class FactLine:
    """One fact, and when, by whom and from where it was last confirmed."""

    label: str | Promise
    at: datetime
    who: str
    source: str | Promise
    age: Age


def members_of(household: Household, who: Who, *, may_reveal: bool) -> list[Member]:
    """Who lives there now: the householder first, then by age."""
    rows = household.residences.there().select_related("resident").order_by("resident__born_on", "id")
    today = timezone.localdate(who.now)
    found = [_member(row, who, today, may_reveal=may_reveal) for row in rows]
    return sorted(
        found, key=lambda member: (member.residence.relation != "0", member.residence.relation or "9")
    )


def lodgers_of(dwelling: Dwelling, who: Who, *, may_reveal: bool) -> list[Member]:
    """Who lives behind this door without belonging to a household."""
    rows = dwelling.residences.there().filter(household=None).select_related("resident").order_by("id")
    today = timezone.localdate(who.now)
    return [_member(row, who, today, may_reveal=may_reveal) for row in rows]


def _member(row: Residence, who: Who, today: date, *, may_reveal: bool) -> Member:
    person = row.resident
    return Member(
        row,
        person,
        age_on(person.born_on, today) if person.born_on else None,
        masked(person, "phone", who, may_reveal=may_reveal),
        masked(person, "document", who, may_reveal=may_reveal),
        masked(row, "permit", who, may_reveal=may_reveal) if row.permit else None,
    )


def former_members(household: Household) -> list[Residence]:
    """Who lived there and moved out, the latest first; whoever stands for nobody any more is left out."""
    rows = household.residences.filter(to_on__isnull=False, resident__erased_at=None)
    return list(rows.select_related("resident").order_by("-to_on", "-id")[:FORMER])


def residences_of(resident: Resident) -> list[Residence]:
    """Where somebody lives and lived, the latest first."""
    rows = resident.residences.select_related("dwelling__area", "household").defer("dwelling__area__border")
    return sorted(
        rows, key=lambda row: (row.to_on is None, row.main, row.to_on or date.max, row.id), reverse=True
    )


def care_of(people: Iterable[UUID], who: Who) -> list[CareNeed]:
    """The needs of these people that `who` was named to read, and that are in force."""
    today = timezone.localdate(who.now)
    rows = CareNeed.objects.filter(resident__in=list(people)).in_force(today).readable_by(who)
    return list(
        rows.select_related("resident").prefetch_related("readers__seat__area").order_by("until_on", "id")
    )


def fact_lines(things: Sequence[Kept], who: Who) -> dict[UUID, list[FactLine]]:
    """Each fact of each record with when and by whom it was confirmed; the names of all in one statement."""
    seen = [(thing, fact, thing.seen(fact.code)) for thing in things for fact in FACTS[_kind(thing)]]
    names = people_by_id({each.by for _thing, _fact, each in seen if each.by})
    sources = dict(Source.choices)
    found: dict[UUID, list[FactLine]] = {}
    for thing, fact, each in seen:
        name = names[each.by].label if each.by in names else ""
        line = FactLine(fact.label, each.at, name, sources.get(each.source, ""), age_of(each.at, who.now))
        found.setdefault(thing.pk, []).append(line)
    return found


def dues_of(household: Household, members: Sequence[Member], care: Sequence[CareNeed], who: Who) -> list[Due]:
    """What is to be confirmed, and what runs out; planned visits are added by whoever knows them."""
    today = timezone.localdate(who.now)
    found: list[Due | None] = [
        _stale(household, "", who),
        _stale(household.dwelling, household.dwelling.number, who),
    ]
    for member in members:
        person, name = member.resident, member.resident.name
        found.append(_stale(person, name, who))
        found.append(runs_out(DueWhat.PERMIT, member.residence.permit_until, today, name))
        found.append(runs_out(DueWhat.DOCUMENT, person.document_until, today, name))
        found.append(runs_out(DueWhat.LEAVES, person.leaves_on, today, name))
    found += [runs_out(DueWhat.CARE, need.until_on, today, need.resident.name) for need in care]
    return in_order(found)


def _stale(thing: Kept, of: str, who: Who) -> Due | None:
    age = age_of(thing.confirmed_at, who.now)
    if age is Age.FRESH:
        return None
    return to_confirm(timezone.localdate(thing.confirmed_at), of, late=age is Age.OLD)


def events_of(thing: Kept, care: Collection[UUID] = ()) -> list[dict[str, object]]:
    """What was done about a record, the latest first. Of a care need only those learn who may read it (`care`)."""
    lines = [line for line in timeline(Subject(_kind(thing), thing.pk)) if _may_tell(line, care)]
    shown = lines[-EVENTS:][::-1]
    names = people_by_id({line.by for line in shown if line.by})
    return [_event(line, names[line.by].label if line.by in names else "") for line in shown]


def _may_tell(line: Line, care: Collection[UUID]) -> bool:
    return not line.code.startswith("care.") or str(line.facts.get("need")) in {str(id) for id in care}


def _event(line: Line, name: str) -> dict[str, object]:
    note = line.words.get("note")
    return {
        "title": line.label,
        "at": line.at,
        "who": name,
        "icon": "point",
        "text": note.text if note else "",
    }


def doors_named(dwellings: Iterable[Dwelling]) -> dict[UUID, str]:
    """Compound, building, unit and door of many dwellings: one statement (their areas are read already)."""
    dwellings = list(dwellings)
    ways = lineages({dwelling.area.pk: dwelling.area for dwelling in dwellings}.values())
    return {dwelling.pk: f"{named(ways[dwelling.area.path])} {dwelling.number}" for dwelling in dwellings}


def named(way: Sequence[Area]) -> str:
    """The compound, the building and the unit, of the way to them."""
    near = [area for area in way if area.level >= Level.BUILDING]
    labels = [area.label for area in near]
    # Mostly the name of a building has that of its compound within.
    apart = next((area for area in near if area.compound and area.compound not in area.name), None)
    if apart:
        labels.insert(0, apart.compound_label)
    return " ".join(labels) or (way[-1].label if way else "")


def _kind(thing: Kept) -> str:
    return type(thing).__name__.lower()
