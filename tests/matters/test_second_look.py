"""A second look at what was closed: drawn, given to somebody who had no part in it, answered blind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import Entry, facts_of, verify
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.matters.actions.rechecks import answer_recheck
from mulin.matters.face import Matter, Part, ReporterGiven, make_safe
from mulin.matters.models import Recheck
from mulin.matters.queries.rechecks import blind_to, open_rechecks, solved_figures
from mulin.matters.rules.confirmed import MINIMUM, Answer
from mulin.places.face import Level
from tests.matters.world import NOW, a_matter, do, the, the_grid
from tests.portal.pictures import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def everything_is_looked_at_twice(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings
    settings.MULIN_RECHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings


def closed(matter: Matter | None = None, **given: Any) -> Matter:
    matter = do(matter or a_matter().matter, "file", "worker")
    return do(do(matter, "hand_in", "worker"), "confirm", "head", **given)


def drawn() -> Recheck:
    return Recheck.objects.select_related("seat", "matter").get(matter=closed())


def answered(row: Recheck, answer: Answer, **more: object) -> Recheck:
    return answer_recheck(row, answer=answer, by=the("checker"), now=NOW, **more)  # type: ignore[arg-type]  # its own


def test_it_goes_to_the_checker_who_had_no_part_in_it() -> None:
    row = drawn()
    assert (row.seat.role, row.place, row.in_time) == ("checker", row.matter.filed_place, True)
    assert row.due_at > NOW
    assert list(open_rechecks(the("checker"))) == [row]
    assert not open_rechecks(the("worker")).exists()
    drawn_by = Entry.objects.get(subject=row.pk)
    assert (drawn_by.code, drawn_by.by_kind) == ("recheck.drawn", "system")
    assert facts_of(drawn_by)["matter"] == str(row.matter_id)
    assert "matter.recheck" not in "".join(
        Entry.objects.filter(subject=row.matter_id).values_list("code", flat=True)
    )


def test_nothing_is_drawn_of_what_nobody_calls_solved(settings: object) -> None:
    first, second = a_matter().matter, a_matter().matter
    assert not closed(first, outcome="not_feasible").rechecks.exists()
    settings.MULIN_RECHECK_SHARE = 0.0  # type: ignore[attr-defined]  # pytest-django's settings
    assert not closed(second).rechecks.exists()


def test_whoever_checked_it_never_looks_again() -> None:
    """At the town the checker closes: another seat gets it."""
    matter = a_matter().matter
    matter = do(do(matter, "file", "worker"), "hand_in", "worker")
    checker = the("checker").seats[0]
    Matter.objects.filter(pk=matter.pk).update(turn=checker)
    matter.refresh_from_db()
    matter = do(matter, "confirm", "checker")
    row = matter.rechecks.get()
    assert row.seat_id != checker.pk
    assert row.seat.role == "committee_member"


def test_solved_is_written_down_and_troubles_nobody() -> None:
    row = answered(drawn(), Answer.SOLVED, photos=make_safe([a_photo()]))
    assert (row.answer, row.person, row.answered_at) == ("solved", the("checker").user, NOW)
    assert row.matter.photos.get().when == "recheck"
    assert not Part.objects.filter(matter=row.matter, kind="decide").exists()
    assert not open_rechecks(the("checker")).exists()
    with pytest.raises((Conflict, NotAllowed)):
        answered(row, Answer.SOLVED)
    assert verify().problems == []


def test_not_solved_goes_to_the_superior_who_has_it_done_again() -> None:
    row = drawn()
    with pytest.raises(Invalid):
        answered(row, Answer.NOT_SOLVED)
    answered(row, Answer.NOT_SOLVED, note="灯还是坏的。")
    matter = Matter.objects.get(pk=row.matter_id)
    assert (matter.state, matter.solved) == ("closed", None)
    part = Part.objects.get(matter=matter, kind="decide")
    assert (part.ask, part.seat.role) == ("unsatisfied", "grid_head")
    entry = Entry.objects.get(subject=matter.pk, code="matter.found_unsolved")
    assert (entry.by_kind, entry.by) == ("system", None)


def test_a_stranger_and_whoever_had_a_part_are_refused() -> None:
    row = drawn()
    for username in ("worker", "handler", "head"):
        with pytest.raises(NotAllowed):
            answer_recheck(row, answer=Answer.SOLVED, by=the(username), now=NOW)


def test_until_it_is_answered_they_see_nobody() -> None:
    row = drawn()
    assert blind_to(row.matter, the("checker")) == row
    assert blind_to(row.matter, the("head")) is None
    answered(row, Answer.CANNOT_TELL, note="门锁着。")
    assert blind_to(Matter.objects.get(pk=row.matter_id), the("checker")) is None


def test_the_figures_say_of_how_many_and_nothing_of_too_few() -> None:
    matters = [a_matter(reporter=ReporterGiven()).matter for _ in range(MINIMUM + 2)]
    rows = [closed(matter).rechecks.get() for matter in matters]
    answered(rows[0], Answer.CANNOT_TELL, note="门锁着。")
    answered(rows[1], Answer.NOT_SOLVED, note="没有修好。")
    for row in rows[2:5]:
        answered(row, Answer.SOLVED)
    town, since, until = the_grid().path[: Level.TOWN], NOW - timedelta(days=1), NOW + timedelta(days=1)
    whole = solved_figures(town, since, until)[0]
    assert (whole.confirmed.part, whole.confirmed.whole, whole.cannot_tell) == (3, 4, 1)
    assert whole.confirmed.percent is None
    for row in rows[5:]:
        answered(row, Answer.SOLVED)
    whole, village = solved_figures(town, since, until)
    assert (whole.path, village.path) == (town, the_grid().path[: Level.VILLAGE])
    assert (village.confirmed.part, village.confirmed.whole) == (MINIMUM, MINIMUM + 1)
    assert whole.confirmed.interval
    low, high = whole.confirmed.interval
    assert low < (whole.confirmed.percent or 0) < high
    assert whole.in_time.whole >= MINIMUM
