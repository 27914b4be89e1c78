"""What the journal writes about people, posts and organisations: the codes, and in which words they are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Entry, Json, Subject, Word, record, register
from mulin.places.face import Area
from mulin.posts.models import Organisation, Seat, User
from mulin.posts.who import Who

NAMES = {"name": Word.INTERNAL, "name_en": Word.INTERNAL, "username": Word.INTERNAL, "note": Word.INTERNAL}

RESIDENTS = {
    "resident.code_sent": _("A sign-in code was sent by email"),
    "resident.code_issued": _("A paper code was issued"),
    "resident.paper_issued": _("A paper code was issued for this account"),
    "resident.code_used": _("A sign-in code was used"),
    "resident.code_wrong": _("A sign-in code was tried in vain"),
    "resident.code_withdrawn": _("A paper code was withdrawn"),
    "resident.number_wrong": _("An account number was tried in vain"),
    "resident.try_failed": _("A paper code that nobody issued was tried"),
    "resident.opened": _("A resident's account was opened"),
    "resident.signed_in": _("A resident signed in"),
    "resident.signed_out": _("A device of a resident was signed out"),
    "resident.email_set": _("A resident proved an email address"),
    "resident.link_failed": _("A report was not linked: wrong code"),
    "resident.closed": _("A resident's account was closed"),
}


def declare() -> None:
    """Register the codes; called when the application starts."""
    register("person.added", _("Account opened"), words=NAMES)
    register("person.changed", _("Details changed"), words=NAMES)
    register("person.password_set", _("Password set"))
    register("person.deactivated", _("Account closed"))
    register("person.reactivated", _("Account opened again"))
    register("person.signed_in", _("Signed in"))
    register("person.signed_out", _("Signed out"))
    register("person.session_ended", _("Sessions ended"))
    register("person.factor_added", _("Second step set up"))
    register("person.factor_removed", _("Second step removed"))
    register("person.codes_made", _("New recovery codes made"))
    register("person.factors_reset", _("Second steps reset by an administrator"))
    register("person.bound", _("Bound to the single sign-on"))
    register("person.unbound", _("No longer bound to the single sign-on"))
    register("person.lockout_lifted", _("May try to sign in again"))
    register("person.slip_issued", _("Sign-in slip printed"))
    register("person.slip_used", _("Signed in by a slip, chose a password"))
    register("person.slip_failed", _("A sign-in slip did not fit"))
    register("person.slip_withdrawn", _("Sign-in slip withdrawn"))
    for code, words in RESIDENTS.items():
        register(code, words)
    _declare_posts()


def _declare_posts() -> None:
    register("staff_list.applied", _("Staff list taken in"))
    register("post.begun", _("Appointed to a post"))
    register("post.ended", _("Post ended"))
    register("leave.entered", _("Leave entered"))
    register("leave.uncovered", _("Away without a deputy"))
    register("leave.ended", _("Leave over, or called off"))
    register("duty.assigned", _("Made to answer for a place"))
    register("duty.ended", _("No longer answers for a place"))
    register("token.made", _("API token made"), words={"name": Word.INTERNAL})
    register("token.revoked", _("API token revoked"))
    register("organisation.added", _("Organisation added"), words=NAMES)
    register("organisation.changed", _("Organisation changed"), words=NAMES)
    register("organisation.serves", _("Areas it serves changed"))
    register("organisation.closed", _("Organisation closed"))
    register(
        "area.numbers_set",
        _("Public numbers set"),
        words={"contact": Word.INTERNAL, "supervision": Word.INTERNAL},
    )


def person_entry(
    code: str,
    user: User,
    facts: Mapping[str, Json] | None = None,
    *,
    by: Who,
    now: datetime,
    words: Mapping[str, str] | None = None,
) -> Entry:
    """An entry on a person's own chain: their account, posts, duties and tokens."""
    return record(code, Subject("person", user.id), by=by.actor(), at=now, facts=facts, words=words)


def organisation_entry(
    code: str,
    body: Organisation,
    facts: Mapping[str, Json] | None = None,
    *,
    by: Who,
    now: datetime,
    words: Mapping[str, str] | None = None,
) -> None:
    """An entry on an organisation's chain."""
    record(code, Subject("organisation", body.id), by=by.actor(), at=now, facts=facts, words=words)


def area_entry(
    code: str, area: Area, *, by: Who, now: datetime, words: Mapping[str, str] | None = None
) -> None:
    """An entry on an area's own chain, where the entries of places stand too."""
    facts: dict[str, Json] = {"path": area.path}
    record(code, Subject("area", area.id), by=by.actor(), at=now, facts=facts, words=words)


def seat_facts(seat: Seat) -> dict[str, Json]:
    """Which seat: its role and where it is, for an area with today's path, which will be a past one."""
    path = seat.area.path if seat.area else None
    return {"role": seat.role, "path": path, "area": seat.area_id, "organisation": seat.organisation_id}
