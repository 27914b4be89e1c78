"""The six steps through the actions, in each circulation, by the people whose turn it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import Entry, facts_of, verify
from mulin.kernel import numbers
from mulin.kernel.refusals import Conflict
from mulin.matters.face import (
    Given,
    Matter,
    Part,
    Raised,
    act,
    close_unchecked,
    offers,
    opens,
    report,
    settle,
    whereabouts,
)
from mulin.places.face import Level
from mulin.posts.face import Permission, Post, Seat, Who, may
from mulin.posts.rules.permissions import RECORDS
from tests.matters.world import (
    LATER,
    NOW,
    ReporterGiven,
    a_kind,
    a_matter,
    do,
    leave_vacant,
    nobody,
    refused,
    seat_of,
    the,
    the_building,
    the_grid,
    the_workers_seat,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def everything_is_checked(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings


def codes(matter: Matter) -> list[str]:
    return list(Entry.objects.filter(subject=matter.pk).order_by("seq").values_list("code", flat=True))


def whole_town_loop() -> Matter:
    matter = a_matter(start=Level.TOWN).matter
    matter = do(matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    matter = do(matter, "accept", "handler")
    matter = do(matter, "hand_in", "handler")
    return do(matter, "confirm", "worker")


def test_a_report_gets_a_number_a_promise_an_owner_and_a_code() -> None:
    raised = a_matter()
    matter = raised.matter
    assert numbers.parse(matter.number) == matter.number
    assert matter.promise_at == matter.first_promise_at > NOW
    assert matter.due_at
    assert matter.turn
    assert (matter.turn.role, matter.turn.area) == ("grid_worker", the_grid())
    assert matter.place == the_building().path
    assert opens(matter, raised.code.lower())
    assert not opens(matter, "AAAAAAAA")


def test_micro_circulation_stays_in_the_grid() -> None:
    matter = a_matter().matter
    matter = do(matter, "file", "worker")
    assert (matter.state, matter.turn) == ("handling", the_workers_seat())
    matter = do(matter, "hand_in", "worker")
    assert matter.turn
    assert (matter.state, matter.turn.role) == ("handled", "grid_head")
    matter = do(matter, "confirm", "head")
    assert (matter.state, matter.outcome, matter.turn) == ("closed", "solved", None)
    assert codes(matter) == ["matter.reported", "matter.filed", "matter.handed_in", "matter.confirmed"]


def test_the_worker_may_name_the_building_head() -> None:
    matter = do(a_matter().matter, "file", "worker", seat=seat_of("building"))
    assert matter.turn
    assert matter.turn.role == "building_head"
    assert do(matter, "hand_in", "building").state == "handled"


def test_small_circulation_is_checked_by_another_member_of_the_committee() -> None:
    matter = do(a_matter().matter, "pass_up", "worker")
    assert (matter.state, matter.held_level) == ("reported", Level.VILLAGE)
    matter = do(matter, "file", "head")
    matter = do(matter, "dispatch", "head", seat=seat_of("committee"))
    matter = do(matter, "accept", "committee")
    matter = do(matter, "hand_in", "committee")
    assert matter.turn
    assert matter.turn.role == "committee_member"
    assert refused(matter, "confirm", "committee").code == "excluded"
    member = Post.objects.open_at(NOW).filter(seat=matter.turn).exclude(user__username="committee")[0]
    assert do(matter, "confirm", member.user.username).state == "closed"


def test_large_circulation_goes_to_a_body_and_is_checked_on_the_spot() -> None:
    matter = whole_town_loop()
    assert (matter.state, matter.held_level) == ("closed", Level.TOWN)
    lead = Part.objects.get(matter=matter)
    assert (lead.person, lead.to_at) == (the("handler").user, NOW)
    matter = do_as_reporter(matter, "rate")
    assert (matter.state, matter.rating, matter.solved) == ("assessed", 5, True)
    assert verify().problems == []


def do_as_reporter(matter: Matter, code: str, **given: object) -> Matter:
    from mulin.matters.face import Given, act

    plain: dict[str, object] = {"rating": 5, "solved": True, "reason": "谢谢"}
    return act(matter, code, given=Given(**(plain | given)), by=nobody(), now=NOW, as_reporter=True)  # type: ignore[arg-type]  # the named fields of Given


def test_settling_on_the_spot_is_one_act() -> None:
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    matter = settle(kind, text="清掉楼道杂物", done="已搬走", where=where, by=the("worker"), now=NOW).matter
    assert matter.turn
    assert (matter.state, matter.turn.role) == ("handled", "grid_head")
    assert codes(matter) == ["matter.settled"]
    assert do(matter, "confirm", "head").state == "closed"


def test_only_the_grids_own_people_settle_on_the_spot() -> None:
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    with pytest.raises(Exception, match="worker or head of this grid"):
        settle(kind, text="x", done="y", where=where, by=the("operator"), now=NOW)


def test_what_nobody_drew_for_a_check_closes_by_itself_when_its_time_is_over(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 0.0  # type: ignore[attr-defined]  # pytest-django's settings
    matter = do(do(a_matter().matter, "file", "worker"), "hand_in", "worker")
    assert (matter.state, matter.turn) == ("handled", None)
    assert matter.due_at
    just_before = matter.due_at - LATER
    close_unchecked(by=Who.system(just_before), now=just_before)
    matter.refresh_from_db()
    assert matter.state == "handled"
    assert close_unchecked(by=Who.system(matter.due_at), now=matter.due_at) >= 1
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == ("closed", "solved")
    assert facts_of(Entry.objects.filter(subject=matter.pk).latest("seq"))["outcome"] == "solved"


def test_declined_tells_the_reporter_why() -> None:
    matter = a_matter().matter
    assert refused(matter, "decline", "worker", reason="").code == "missing"
    matter = do(matter, "decline", "worker", reason="请找物业：010 号窗口")
    assert (matter.state, matter.turn, matter.due_at) == ("declined", None, None)


def test_returned_goes_back_to_whoever_dispatched() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    matter = do(matter, "return", "handler", note="应由供水公司处理")
    assert matter.turn
    assert (matter.state, matter.turn.role, matter.return_count) == ("filed", "centre_operator", 1)
    assert Part.objects.filter(matter=matter, to_at=None).count() == 0


def test_sent_back_is_counted_and_keeps_the_same_hands() -> None:
    matter = do(do(a_matter().matter, "file", "worker"), "hand_in", "worker")
    matter = do(matter, "send_back", "head")
    assert (matter.state, matter.rework_count, matter.turn) == ("handling", 1, the_workers_seat())


def test_passed_down_again_after_passing_up() -> None:
    matter = do(a_matter().matter, "pass_up", "worker")
    matter = do(matter, "pass_down", "head")
    assert (matter.state, matter.held_level, matter.passed_count) == ("reported", Level.GRID, 1)


def test_passing_up_keeps_the_promise_and_starts_a_new_turn() -> None:
    matter = a_matter().matter
    promise = matter.promise_at
    passed = do(matter, "pass_up", "worker", now=NOW + LATER)
    assert passed.promise_at == promise
    assert passed.due_at
    assert matter.due_at
    assert passed.due_at > matter.due_at


def test_reopened_within_the_window_and_not_after_it() -> None:
    from datetime import timedelta

    matter = whole_town_loop()
    again = do_as_reporter(matter, "reopen", reason="又坏了")
    assert (again.state, again.closed_at, again.reopen_count, again.held_level) == (
        "filed",
        None,
        1,
        Level.TOWN,
    )
    other = whole_town_loop()
    late = NOW + timedelta(days=31)
    from mulin.kernel.refusals import Invalid
    from mulin.matters.face import Given, act

    with pytest.raises(Invalid, match="too long ago"):
        act(other, "reopen", given=Given(reason="x"), by=nobody(late), now=late, as_reporter=True)


def test_reopened_it_gets_a_new_promise_and_is_judged_anew() -> None:
    matter = do_as_reporter(whole_town_loop(), "rate", solved=False)
    first, later = matter.first_promise_at, NOW + timedelta(days=7)
    again = act(matter, "reopen", given=Given(reason="又坏了"), by=nobody(later), now=later, as_reporter=True)
    assert (again.rating, again.solved) == (None, None)
    assert again.first_promise_at == first < later
    assert again.promise_at - later >= first - NOW
    entry = Entry.objects.filter(subject=matter.pk).latest("seq")
    assert facts_of(entry)["promise"] == again.promise_at.isoformat()


def test_whoever_handled_their_own_report_does_not_rate_it() -> None:
    matter = settled().matter
    matter = do(matter, "confirm", "head")
    assert refused(matter, "rate", "worker").code == "excluded"
    assert "rate" not in {offer.code for offer in offers(matter, the("worker"))}
    assert do(matter, "reopen", "worker").state == "filed"


def settled(**more: Any) -> Raised:
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    return settle(kind, text="清掉楼道杂物", done="已搬走", where=where, by=the("worker"), now=NOW, **more)


def test_settled_for_a_resident_it_is_theirs_to_follow_and_to_rate() -> None:
    raised = settled(reporter=ReporterGiven.with_contact("王女士", "154 0000 1234"))
    assert raised.matter.reporters.get().kind == "contact"
    assert opens(raised.matter, raised.code)
    assert refused(raised.matter, "confirm", "worker").status == 403
    matter = do(raised.matter, "confirm", "head")
    assert do_as_reporter(matter, "rate").state == "assessed"


def test_withdrawn_by_its_reporter_only_before_it_is_filed() -> None:
    matter = a_matter().matter
    assert refused(matter, "withdraw", "operator").status == 403
    assert do_as_reporter(matter, "withdraw").state == "withdrawn"
    filed = do(a_matter().matter, "file", "worker")
    with pytest.raises(Exception, match="not possible now"):
        do_as_reporter(filed, "withdraw")


def test_a_staff_reporter_does_not_file_their_own() -> None:
    second = Post.objects.filter(seat=the_workers_seat()).exclude(user__username="worker")
    second.update(to_at=NOW)
    matter = a_matter(the("worker")).matter
    assert matter.turn
    assert matter.turn.role == "grid_head", "the grid has no second worker: its head files"
    assert refused(matter, "file", "worker").status == 403


def test_only_whoever_has_the_turn_moves() -> None:
    matter = a_matter().matter
    for stranger in ("handler", "committee", "checker", "police"):
        assert refused(matter, "file", stranger).status in (403, 404)


def test_a_vacant_seat_waits_for_its_superior() -> None:
    leave_vacant(the_workers_seat())
    matter = a_matter().matter
    assert matter.turn
    assert matter.turn.role == "grid_head", "the turn moved up"
    assert matter.held_level == Level.GRID, "the matter did not"
    assert do(matter, "file", "head", seat=seat_of("building")).state == "handling"


def test_a_seat_that_falls_vacant_later_shows_to_its_superior() -> None:
    matter = a_matter().matter
    leave_vacant(the_workers_seat())
    assert refused(matter, "file", "worker").status == 403
    assert do(matter, "file", "head", seat=seat_of("building")).state == "handling"


def test_a_head_who_handles_it_for_want_of_others_leaves_the_check_to_the_centre() -> None:
    leave_vacant(the_workers_seat())
    for seat in Seat.objects.filter(role__in=("committee_member", "checker")):
        Post.objects.filter(seat=seat, to_at=None, from_at__lte=NOW).update(to_at=NOW)
    matter = do(do(a_matter().matter, "file", "head"), "hand_in", "head")
    assert refused(matter, "confirm", "head").status == 403
    assert do(matter, "confirm", "operator").state == "closed"


def test_whoever_gave_it_back_keeps_sight_of_it_and_nothing_else() -> None:
    raised = a_matter(start=Level.TOWN, reporter=ReporterGiven.with_contact("王女士", "154 0000 1234"))
    matter = do(raised.matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    handler = the("handler")
    assert may(handler, Permission.CONTACT_REVEAL, matter)
    matter = do(matter, "return", "handler")
    may_now = {permission for permission in Permission if may(handler, permission, matter)}
    assert may_now & RECORDS == {Permission.MATTER_READ, Permission.MATTER_RAISE}
    assert matter in Matter.objects.visible_to(handler)


def test_a_resident_who_was_too_late_is_told_no_name() -> None:
    matter = a_matter().matter
    do(matter, "file", "worker")
    with pytest.raises(Conflict) as told:
        act(matter, "withdraw", given=Given(), by=nobody(), now=NOW, version=1, as_reporter=True)
    user = the("worker").user
    assert user
    assert user.label not in str(told.value)
    assert "someone else" in str(told.value)
    with pytest.raises(Conflict, match=rf"{user.label}, \d{{4}}-\d\d-\d\d \d\d:\d\d"):
        act(matter, "decline", given=Given(reason="x"), by=the("head"), now=NOW, version=1)


def test_a_vacant_body_leaves_its_turn_to_whoever_dispatched() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    Post.objects.filter(seat=matter.turn).update(to_at=NOW)
    assert do(matter, "return", "operator").state == "filed"


def test_a_seat_that_may_not_handle_it_is_refused() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    assert refused(matter, "dispatch", "operator", seat=seat_of("head")).code == "seat"


def test_the_contact_is_encrypted_and_apart() -> None:
    from django.db import connection

    from mulin.matters.models import Contact

    raised = a_matter(reporter=ReporterGiven.with_contact("王女士", "154 0000 1234"))
    contact = Contact.objects.get(reporter__matter=raised.matter)
    assert (contact.name, contact.phone) == ("王女士", "15400001234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM matters_contact")
        rows = cursor.fetchall()
    assert all(str(name).startswith("v1:") and str(phone).startswith("v1:") for name, phone in rows)


def test_the_journal_tells_every_step_with_codes_and_no_words() -> None:
    matter = whole_town_loop()
    for entry in Entry.objects.filter(subject=matter.pk):
        assert "说明" not in entry.text
        assert "给居民的话" not in entry.text
        assert facts_of(entry)["to"]


def test_a_grid_level_kind_passed_to_the_town_by_steps_is_never_above_the_county() -> None:
    matter = a_matter(start=Level.TOWN).matter
    matter = do(matter, "pass_up", "operator")
    assert matter.held_level == Level.COUNTY
    assert refused(matter, "pass_up", "county").code == "no_level_above"


def test_text_that_is_empty_or_too_long_is_refused() -> None:
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    for text in ("", "   ", "长" * 10_000):
        with pytest.raises(Exception, match=r"say what|long"):
            report(kind, text=text, where=where, channel="portal", by=nobody(), now=NOW)
    assert not Matter.objects.filter(reported_at=NOW, text__startswith="长").exists()
