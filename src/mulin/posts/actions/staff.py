"""Taking in a staff list: kept between the dry run and the yes, then done as a whole or not at all."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Conflict, Invalid, Refusal
from mulin.kernel.sheets import Row, Table
from mulin.kernel.text import clean
from mulin.posts.actions.appointments import appoint, end_post
from mulin.posts.actions.duties import assign_duty
from mulin.posts.actions.people import PersonChanges, add_person, change_person
from mulin.posts.models import StaffDraft, User
from mulin.posts.permits import require
from mulin.posts.queries.staff_plan import Plan, Step
from mulin.posts.queries.staff_reading import plan_of
from mulin.posts.rules import Permission
from mulin.posts.rules.staff import AT_MOST, ROWS
from mulin.posts.who import Who

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def keep_draft(table: Table, *, file: str, by: Who, now: datetime) -> StaffDraft:
    """Keep a list until its sender says yes. Older ones of theirs go, and whatever anybody forgot."""
    require(by, Permission.PERSON_MANAGE)
    check_size(table)
    if by.user is None:
        raise Invalid
    StaffDraft.objects.filter(user=by.user).delete()
    StaffDraft.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    name = clean(file.replace("\\", "/").rpartition("/")[2][:200], 200, lines=False)[:120]
    return StaffDraft.objects.create(user=by.user, file=name, rows=_packed(table), made_at=now)


def table_of(draft: StaffDraft) -> Table:
    """The list as it was sent."""
    kept = json.loads(draft.rows)
    rows = [Row(number, values) for number, values in kept["rows"]]
    return Table(kept["sheet"], rows, kept["letters"], kept["unknown"])


def take_in_draft(draft: StaffDraft, *, by: Who, now: datetime) -> dict[str, int]:
    """Do what the dry run said; whoever comes second finds that it is done."""
    with transaction.atomic():
        done = take_in(table_of(draft), by=by, now=now)
        if not StaffDraft.objects.filter(pk=draft.pk).delete()[0]:
            raise Conflict(_("This list was taken in already, or thrown away."))
    return done


@transaction.atomic
def take_in(table: Table, *, by: Who, now: datetime) -> dict[str, int]:
    """Take in a list as a whole. One row that cannot be done, and nothing is."""
    require(by, Permission.PERSON_MANAGE)
    check_size(table)
    plan = plan_of(table, by)
    if plan.problems:
        raise _refused(plan)
    check_changes(plan)
    for step in plan.steps:
        if step.does_nothing:
            continue
        try:
            _do(step, by=by, now=now)
        except Refusal as refusal:
            words = _("Row %(row)d: %(why)s") % {"row": step.row, "why": refusal.message}
            raise Invalid(words, code="row", field="file") from None
    record("staff_list.applied", _subject(by), by=by.actor(), at=now, facts={**plan.counts})
    return plan.counts


def check_size(table: Table) -> None:
    """Refuse a list that would keep everybody else waiting, and one that has nothing in it."""
    if not table.rows:
        raise Invalid(_("There are no people in this list."), code="empty", field="file")
    if len(table.rows) > ROWS:
        message = _("At most %(count)d rows are taken at once. Send one list for each community, say.")
        raise Invalid(message % {"count": ROWS}, code="too_many_rows", field="file")


def check_changes(plan: Plan) -> None:
    """Refuse what would hold up everybody else for more than some seconds; rows that change nothing cost nothing."""
    if sum(not step.does_nothing for step in plan.steps) > AT_MOST:
        message = _("This list changes more than %(count)d people at once. Send one for each community, say.")
        raise Invalid(message % {"count": AT_MOST}, code="too_many_rows", field="file")


def _subject(by: Who) -> Subject:
    """The chain of whoever sent it: lists have none of their own."""
    assert by.user is not None  # noqa: S101 - the permission is a person's
    return Subject("person", by.user.id)


def _refused(plan: Plan) -> Invalid:
    first = plan.problems[0]
    message = ngettext(
        "%(count)d cell has something wrong. %(where)s: %(words)s",
        "%(count)d cells have something wrong. The first: %(where)s: %(words)s",
        len(plan.problems),
    )
    said = {"count": len(plan.problems), "where": first.where, "words": first.words}
    return Invalid(message % said, code="rows", field="file")


def _do(step: Step, *, by: Who, now: datetime) -> None:
    user = _person(step, by=by, now=now)
    for end in step.ends:
        end_post(end.post, at=end.at, by=by, now=now)
    for post in step.posts:
        appoint(
            user, role=post.role, area=post.area, organisation=post.organisation, from_at=post.from_at,
            to_at=post.to_at, by=by, now=now,
        )  # fmt: skip
    for area in step.duties:
        assign_duty(user, area=area, by=by, now=now)


def _person(step: Step, *, by: Who, now: datetime) -> User:
    if step.user is None:
        return add_person(username=step.username, home=step.home, by=by, now=now, **step.details)  # type: ignore[arg-type]  # texts by the names of its arguments
    changes: PersonChanges = {**step.details}  # type: ignore[typeddict-item]  # the keys are those of PersonChanges
    if step.home:
        changes["home"] = step.home
    return change_person(step.user, by=by, now=now, **changes) if changes else step.user


def _packed(table: Table) -> str:
    rows = [[row.number, {key: value for key, value in row.values.items() if value}] for row in table.rows]
    kept = {"sheet": table.sheet, "letters": table.letters, "unknown": table.unknown[:20], "rows": rows}
    return json.dumps(kept, ensure_ascii=False)
