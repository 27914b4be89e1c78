"""Time asked and granted, hold and resume, a question to the reporter: every clock keeps what it had."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import verify
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.face import Given, Matter, act, make_safe, resume_due
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.posts.face import Who
from tests.matters.pages.desk import a_photo, brought_to
from tests.matters.pages.ways import asked, on_hold
from tests.matters.world import NOW, do, nobody, refused, seat_of
from tests.support.clock import IN_TWO_WEEKS

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

A_DAY = timedelta(days=1)


def told(matter: Matter, code: str, by: str, why: str, **given: Any) -> None:
    refusal = refused(matter, code, by, **given)
    assert isinstance(refusal, Invalid)
    assert (refusal.code, str(refusal)) == (why, str(WHY_IMPOSSIBLE[why]))


def lead_due(matter: Matter) -> Any:
    return matter.parts.get(kind="lead", to_at=None).due_at


def test_time_that_is_granted_moves_turn_part_and_promise_by_the_same() -> None:
    matter = brought_to("handling")
    due, promise, part = matter.due_at, matter.promise_at, lead_due(matter)
    matter = do(do(matter, "ask_time", "handler", amount=2), "grant_time", "director")
    assert matter.extension_count == 1
    assert matter.due_at
    assert due
    assert matter.due_at > due + A_DAY
    assert lead_due(matter) > part + A_DAY
    assert matter.promise_at > promise + A_DAY
    assert matter.first_promise_at == promise


def test_time_is_asked_before_the_deadline_and_once() -> None:
    matter = brought_to("handling")
    assert matter.due_at
    late = matter.due_at + timedelta(minutes=1)
    with pytest.raises(Invalid) as refusal:
        do(matter, "ask_time", "handler", now=late, amount=1)
    assert refusal.value.code == "too_late_for_time"
    matter = do(matter, "ask_time", "handler", amount=1)
    told(matter, "ask_time", "handler", "asked_already", amount=1)
    told(matter, "ask_hold", "handler", "asked_already", until=IN_TWO_WEEKS)
    with pytest.raises(Invalid) as refusal:
        do(matter, "grant_time", "director", now=late)
    assert refusal.value.code == "too_late_for_time"
    matter = do(matter, "grant_time", "director")
    told(matter, "ask_time", "handler", "enough_time", amount=1)


@pytest.mark.parametrize("amount", [0, -1, 366])
def test_no_more_than_the_limit_itself(amount: int) -> None:
    told(brought_to("handling"), "ask_time", "handler", "amount", amount=amount)


def test_refused_the_deadline_stays_and_it_may_be_asked_again() -> None:
    matter = brought_to("handling")
    due = matter.due_at
    matter = do(do(matter, "ask_time", "handler", amount=1), "refuse_time", "director")
    assert matter.due_at == due
    assert matter.parts.get(kind="decide").answer == "refused"
    assert do(matter, "ask_time", "handler", amount=1).parts.filter(kind="decide", to_at=None).count() == 1


def test_the_handler_never_decides_about_their_own_request() -> None:
    matter = do(brought_to("handling"), "ask_time", "handler", amount=1)
    assert isinstance(refused(matter, "grant_time", "handler"), NotAllowed)
    assert isinstance(refused(matter, "grant_time", "operator"), NotAllowed)


def test_what_was_asked_lapses_when_the_work_is_handed_in() -> None:
    matter = do(do(brought_to("handling"), "ask_time", "handler", amount=1), "hand_in", "handler")
    assert matter.parts.get(kind="decide").answer == "lapsed"


def test_on_hold_every_clock_stands_still_and_keeps_what_it_had() -> None:
    matter = brought_to("handling")
    due, promise = matter.due_at, matter.promise_at
    matter = do(matter, "hold", "operator", until=IN_TWO_WEEKS)
    assert (matter.state, matter.turn, matter.due_from, matter.promise_from) == ("on_hold", None, None, None)
    matter = do(matter, "resume", "operator")
    assert (matter.state, matter.due_at, matter.promise_at) == ("handling", due, promise)
    assert lead_due(matter) == due


def test_it_resumes_by_itself_on_the_day_that_was_named() -> None:
    matter = on_hold()
    day = matter.due_at
    assert day
    before = day - timedelta(seconds=1)
    assert resume_due(by=Who.system(before), now=before) == 0
    assert resume_due(by=Who.system(day), now=day) == 1
    matter.refresh_from_db()
    assert matter.state == "handling"
    assert matter.due_at
    assert matter.due_at > day
    assert resume_due(by=Who.system(day), now=day) == 0
    assert verify().problems == []


def test_a_hold_that_was_asked_for_lasts_until_the_day_that_was_asked() -> None:
    matter = do(brought_to("handling"), "ask_hold", "handler", until=IN_TWO_WEEKS)
    matter = do(matter, "grant_hold", "director")
    assert matter.state == "on_hold"
    assert matter.due_at
    assert matter.due_at.date() == IN_TWO_WEEKS
    assert do(matter, "resume", "operator").parts.get(kind="decide").answer == "granted"


@pytest.mark.parametrize("days", [0, -1, 181, 100_000])
def test_a_day_to_come_at_most_half_a_year_ahead(days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    told(brought_to("handling"), "hold", "operator", "until", until=day)


def test_a_question_waits_for_the_reporter_and_their_answer_goes_on() -> None:
    matter = brought_to("handling")
    due = matter.due_at
    matter = do(matter, "ask_resident", "handler", reason="哪一盏灯？")
    assert (matter.state, matter.turn) == ("waiting", None)
    matter = act(
        matter,
        "answer",
        given=Given(reason="门口那盏"),
        by=nobody(),
        now=NOW + timedelta(days=2),
        as_reporter=True,
    )
    assert matter.state == "handling"
    assert matter.due_at
    assert due
    assert matter.due_at > due + A_DAY
    assert matter.turn
    assert matter.turn.role == seat_of("handler").role


def test_without_an_answer_it_goes_on_when_the_time_is_over() -> None:
    matter = asked()
    over = matter.due_at
    assert over
    assert resume_due(by=Who.system(over), now=over) == 1
    matter.refresh_from_db()
    assert (matter.state, matter.resume_to) == ("handling", "")


def test_nobody_else_answers_for_the_reporter() -> None:
    assert isinstance(refused(asked(), "answer", "checker"), NotAllowed)


def test_a_photo_that_was_asked_for_shows_how_it_is() -> None:
    matter = asked()
    photo = make_safe([a_photo()])
    act(matter, "answer", given=Given(reason="见图"), by=nobody(), now=NOW, photos=photo, as_reporter=True)
    assert [each.when for each in matter.photos.all()] == ["before"]
