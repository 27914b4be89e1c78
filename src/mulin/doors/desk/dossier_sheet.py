"""What stands on the printed dossier of a household: the same as on its page, numbers masked, without links."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.doors.dossier import HouseholdDossier
from mulin.journal.face import Purpose
from mulin.places.face import Level
from mulin.posts.face import Who
from mulin.registry.face import Due, Member, named

PRINTS_AN_HOUR, AN_HOUR = 60, timedelta(hours=1)
NONE = "–"


def sheet_of(dossier: HouseholdDossier, who: Who, purpose: Purpose) -> dict[str, Any]:
    """For `desk/dossier.typ`, in the language of whoever prints. At the foot: who printed it, when, what for."""
    dwelling = dossier.dwelling
    printed = _("Printed by %(name)s, %(when)s, for: %(purpose)s") % {
        "name": who.user.label if who.user else "",
        "when": date_format(timezone.localtime(who.now), "DATETIME_FORMAT"),
        "purpose": purpose.label,
    }
    return {
        "title": f"{named(dossier.way)} {dwelling.number}",
        "head": " ".join(area.label for area in dossier.way if Level.TOWN <= area.level < Level.BUILDING),
        "aside": pgettext("paper", "One household, one dossier"),
        "foot": printed,
        "facts": _facts(dossier),
        "sections": [
            _table(_("Who lives here"), _member_heads(), [_member(each) for each in dossier.members]),
            _list(_("What is due"), [_due(each) for each in dossier.due]),
            _list(_("Care needs that you may read"), [_care(dossier, n) for n in range(len(dossier.care))]),
            _list(_("Who answers"), _answers(dossier)),
            _table(_("Visits"), [_("When"), _("Who"), _("What was agreed")], _visits(dossier)),
            _table(_("Matters at this entrance"), [_("Number"), _("Matter"), _("Raised")], _matters(dossier)),
        ],
    }


def _facts(dossier: HouseholdDossier) -> list[dict[str, str]]:
    dwelling, household = dossier.dwelling, dossier.household
    size = f", {dwelling.square_metres} m²" if dwelling.square_metres else ""
    rows = [
        (_("Use"), f"{dwelling.get_use_display()}{size}"),
        (_("Floor"), str(dwelling.floor)),
        (_("Owner"), f"{dwelling.owner_name} {dossier.owner_phone.masked}".strip() or NONE),
        (_("Kind of household"), household.get_kind_display()),
        (_("Household number"), household.number or NONE),
        (pgettext("registry", "Confirmed"), _day(household.confirmed_at)),
    ]
    if dwelling.hazard:
        rows.append((_("Danger"), dwelling.get_hazard_display()))
    return [{"key": key, "value": value} for key, value in rows]


def _member_heads() -> list[str]:
    return [
        pgettext("person", "Name"),
        _("Relation"),
        _("Sex, age"),
        _("Phone"),
        _("Document"),
        _("Lives here since"),
        pgettext("registry", "Confirmed"),
    ]


def _member(member: Member) -> list[str]:
    person, lives = member.resident, member.residence
    age = "" if member.age is None else f", {member.age}"
    return [
        person.name,
        lives.get_relation_display() or NONE,
        f"{person.get_sex_display()}{age}",
        member.phone.masked or NONE,
        member.document.masked or NONE,
        f"{_day(lives.from_on)} {lives.get_kind_display()}",
        _day(person.confirmed_at),
    ]


def _due(due: Due) -> str:
    return f"{_day(due.on)}  {due.of + ': ' if due.of else ''}{due.what.label}"


def _care(dossier: HouseholdDossier, n: int) -> str:
    need = dossier.care[n]
    until = _("until %(day)s") % {"day": _day(need.until_on)}
    return f"{need.resident.name}: {need.get_kind_display()}, {until}. {need.note}".strip()


def _answers(dossier: HouseholdDossier) -> list[str]:
    found = [f"{_('Looks after this household')}: {duty.user.label}" for duty in dossier.duties]
    for role, area, people in dossier.answers.seats:
        names = ", ".join(f"{each.name} {each.phone}".strip() for each in people)
        found.append(f"{role} ({area.label}): {names or NONE}")
    return found + [
        f"{body.name}: {', '.join(str(each) for each in body.does)} {body.phone}".strip()
        for body in dossier.answers.bodies
    ]


def _visits(dossier: HouseholdDossier) -> list[list[str]]:
    return [
        [
            _day(visit.visited_at),
            visit.person.label if visit.person else NONE,
            visit.agreed or visit.get_stage_display(),
        ]
        for visit in dossier.visits[:10]
    ]


def _matters(dossier: HouseholdDossier) -> list[list[str]]:
    return [[matter.number, matter.title, _day(matter.reported_at)] for matter in dossier.matters]


def _table(title: str, header: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "header": header, "rows": rows, "lines": [], "none": _("None")}


def _list(title: str, lines: list[str]) -> dict[str, Any]:
    return {"title": title, "header": [], "rows": [], "lines": lines, "none": _("None")}


def _day(at: date | datetime | None) -> str:
    if at is None:
        return NONE
    return date_format(timezone.localtime(at) if isinstance(at, datetime) else at, "SHORT_DATE_FORMAT")
