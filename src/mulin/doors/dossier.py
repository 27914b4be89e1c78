"""One household, one dossier (一户一册): what all rooms know of a household, a person, a merchant; for desk and API.

Whoever calls this has written the reading down before (`read_household`, `read_resident`, `read_merchant`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from mulin.journal.face import Purpose, Reading
from mulin.kernel.masking import mask_name
from mulin.kernel.refusals import NotAllowed, NotYours
from mulin.matters.face import Filters, Matter, Show, listed
from mulin.places.face import Area, lineage
from mulin.posts.face import Duty, Permission, Who, WhoAnswers, who_answers
from mulin.registry.face import (
    CareNeed,
    Due,
    DueWhat,
    Dwelling,
    FactLine,
    Household,
    Masked,
    Member,
    Merchant,
    Residence,
    Resident,
    care_of,
    dues_of,
    events_of,
    fact_lines,
    former_members,
    masked,
    members_of,
    note_reading,
    openable,
    opens,
    residences_of,
    runs_out,
)
from mulin.visits.face import Visit, planned_for, planned_for_merchant, visits_of, visits_of_merchant

MATTERS = 10
M = TypeVar("M", Household, Resident, Merchant, Dwelling)
_WITH: dict[type, tuple[str, ...]] = {
    Household: ("dwelling__area",),
    Resident: ("merged_into",),
    Merchant: ("area", "dwelling"),
    Dwelling: ("area",),
}


@dataclass(frozen=True)
class Left:
    """Who moved out: masked, as in a list. `opens`: their own page may be opened, which is a reading of them."""

    residence: Residence
    name: str
    opens: bool


@dataclass(frozen=True)
class HouseholdDossier:
    """Everything about one household that `who` may read."""

    household: Household
    dwelling: Dwelling
    way: list[Area]
    members: list[Member]
    former: list[Left]
    owner_phone: Masked
    duties: list[Duty]
    answers: WhoAnswers
    visits: Sequence[Visit]
    planned: Sequence[Visit]
    matters: list[Matter]
    care: list[CareNeed]
    due: list[Due]
    facts: dict[UUID, list[FactLine]]
    events: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class ResidentDossier:
    """Everything about one person that `who` may read."""

    resident: Resident
    phone: Masked
    document: Masked
    residences: list[Residence]
    care: list[CareNeed]
    facts: list[FactLine]
    events: list[dict[str, object]]


@dataclass(frozen=True)
class MerchantDossier:
    """Everything about one merchant that `who` may read."""

    merchant: Merchant
    way: list[Area]
    operator_phone: Masked
    safety_phone: Masked
    answers: WhoAnswers
    visits: Sequence[Visit]
    planned: Sequence[Visit]
    matters: list[Matter]
    facts: list[FactLine]
    events: list[dict[str, object]]


def the_one(model: type[M], id: UUID, who: Who) -> M:
    """The record that one may open; 404 where one may not even see it in a list, 403 where only that."""
    rows = openable(model, who, Permission.REGISTRY_READ)
    found = rows.select_related(*_WITH[model]).filter(pk=id).first()
    if found is None or (isinstance(found, Resident) and found.erased_at):
        raise NotYours
    if not opens(who, Permission.REGISTRY_OPEN, found):
        raise NotAllowed
    return found


def read_household(
    household: Household, who: Who, *, kind: Reading = Reading.PAGE, purpose: str = Purpose.DUTY
) -> None:
    """Write down whose data is about to be seen: of everybody who lives there. Who moved out stands there masked.

    Where nobody lives it shows the owner: then it is the dwelling's.
    """
    people = dict.fromkeys(household.residences.there().values_list("resident_id", flat=True))
    whose = list(people) or [household.dwelling_id]
    note_reading(whose, kind=kind, by=who, now=who.now, purpose=purpose, about=household)


def read_one(
    thing: Resident | Merchant, who: Who, *, kind: Reading = Reading.PAGE, purpose: str = Purpose.DUTY
) -> None:
    """Write down that a person's or a merchant's page is about to be seen."""
    note_reading([thing.pk], kind=kind, by=who, now=who.now, purpose=purpose, about=thing)


def household_dossier(household: Household, who: Who) -> HouseholdDossier:
    """All rooms together; a bounded number of statements, however many live there."""
    dwelling = household.dwelling
    may_reveal = opens(who, Permission.REGISTRY_REVEAL, household)
    members = members_of(household, who, may_reveal=may_reveal)
    care = care_of([member.resident.pk for member in members], who)
    planned = planned_for(household, who)
    things = [household, dwelling, *(member.resident for member in members)]
    return HouseholdDossier(
        household,
        dwelling,
        lineage(dwelling.area),
        members,
        _left(household, who),
        masked(dwelling, "owner_phone", who, may_reveal=may_reveal),
        duties_of([household.pk], who).get(household.pk, []),
        who_answers(dwelling.area, who.now),
        visits_of(household, who),
        planned,
        _matters(dwelling.place, who),
        care,
        [*dues_of(household, members, care, who), *_visits_due(planned, who)],
        fact_lines(things, who),
        events_of(household),
    )


def _left(household: Household, who: Who) -> list[Left]:
    """They live elsewhere by now: what this household owes them is over, and their names are nobody's business here."""
    rows = former_members(household)
    mine = openable(Resident, who, Permission.REGISTRY_OPEN).filter(pk__in=[row.resident_id for row in rows])
    may_open = set(mine.values_list("pk", flat=True)) if rows else set()
    return [Left(row, mask_name(row.resident.name), row.resident_id in may_open) for row in rows]


def resident_dossier(resident: Resident, who: Who) -> ResidentDossier:
    may_reveal = opens(who, Permission.REGISTRY_REVEAL, resident)
    care = care_of([resident.pk], who)
    return ResidentDossier(
        resident,
        masked(resident, "phone", who, may_reveal=may_reveal),
        masked(resident, "document", who, may_reveal=may_reveal),
        residences_of(resident),
        care,
        fact_lines([resident], who)[resident.pk],
        events_of(resident, [need.pk for need in care]),
    )


def merchant_dossier(merchant: Merchant, who: Who) -> MerchantDossier:
    may_reveal = opens(who, Permission.REGISTRY_REVEAL, merchant)
    return MerchantDossier(
        merchant,
        lineage(merchant.area),
        masked(merchant, "operator_phone", who, may_reveal=may_reveal),
        masked(merchant, "safety_phone", who, may_reveal=may_reveal),
        who_answers(merchant.area, who.now),
        visits_of_merchant(merchant, who),
        planned_for_merchant(merchant, who),
        _matters(merchant.place, who),
        fact_lines([merchant], who)[merchant.pk],
        events_of(merchant),
    )


def duties_of(households: Sequence[UUID], who: Who) -> dict[UUID, list[Duty]]:
    """Who answers for each household by name (包户), in one statement."""
    rows = Duty.objects.open_at(who.now).filter(household__in=households, user__is_active=True)
    found: dict[UUID, list[Duty]] = {}
    for duty in rows.select_related("user").order_by("from_at", "id"):
        if duty.household:
            found.setdefault(duty.household, []).append(duty)
    return found


def _matters(place: str, who: Who) -> list[Matter]:
    """What was raised at this entrance, the newest first; for whoever reads matters."""
    if not who.has(Permission.MATTER_READ):
        return []
    return listed(who, Filters(show=Show.ALL, area=place), limit=MATTERS).rows


def _visits_due(planned: Sequence[Visit], who: Who) -> list[Due]:
    today = timezone.localdate(who.now)
    found = [runs_out(DueWhat.VISIT, visit.planned_on, today) for visit in planned]
    return [each for each in found if each]
