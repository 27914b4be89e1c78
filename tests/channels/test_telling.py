"""From an act to the inbox: in one transaction, at the right time, to the right people, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mulin.channels import tasks
from mulin.channels.actions import choose
from mulin.channels.deciding import decide
from mulin.channels.face import Message, inbox, told_to_reporters, unread_count
from mulin.channels.reading import mark_all_read, mark_read
from mulin.journal.face import Outbox, outbox_due
from mulin.kernel.refusals import NotYours
from mulin.matters.face import Matter, Reporter, climb, note, withdraw_voice
from mulin.places.face import Level
from mulin.posts.face import Post, Seat, User, Who
from tests.channels.world import MORNING, NIGHT, in_outbox, kinds_to_reporters, kinds_told, told, work
from tests.matters.world import (
    NOW,
    ReporterGiven,
    a_kind,
    a_matter,
    body_of,
    do,
    leave_vacant,
    nobody,
    seat_of,
    the,
    the_workers_seat,
)

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def nothing_from_before(settings: Any) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0
    Outbox.objects.all().delete()


def dispatched(**more: Any) -> Matter:
    matter = do(a_matter(start=Level.TOWN, **more).matter, "file", "operator")
    return do(matter, "dispatch", "operator", seat=seat_of("handler"))


def test_an_act_leaves_one_row_in_its_own_transaction() -> None:
    matter = a_matter().matter
    assert in_outbox(matter) == ["matter.reported"]
    with transaction.atomic():
        do(matter, "file", "worker")
        assert in_outbox(matter) == ["matter.reported", "matter.filed"]
        transaction.set_rollback(True)
    assert in_outbox(matter) == ["matter.reported"]
    matter = do(Matter.objects.get(pk=matter.pk), "file", "worker")
    assert in_outbox(matter) == ["matter.reported", "matter.filed"]


def test_telling_costs_an_act_one_statement() -> None:
    with CaptureQueriesContext(connection) as at_birth:
        matter = a_matter().matter
    with CaptureQueriesContext(connection) as at_a_move:
        do(matter, "pass_up", "worker")
    for captured in (at_birth, at_a_move):
        said = [str(each["sql"]) for each in captured]
        assert len([sql for sql in said if "journal_outbox" in sql]) == 1, said
        assert not [sql for sql in said if "channels_" in sql]


def test_whoever_has_the_turn_is_told_and_reads_it() -> None:
    matter = a_matter(text="楼道的灯坏了三天。").matter
    assert work() == 1
    [first] = told("worker")
    assert matter.number in first.text
    assert "楼道的灯坏了三天" in first.text
    assert (first.is_unread, unread_count(the("worker"))) == (True, 1)
    mark_read(first.message.pk, by=the("worker"), now=NOW)
    assert unread_count(the("worker")) == 0
    assert not told("worker")[0].is_unread
    assert unread_count(the("head")) == 0


def test_nobody_marks_what_is_somebody_elses() -> None:
    a_matter()
    work()
    [first] = told("worker")
    with pytest.raises(NotYours):
        mark_read(first.message.pk, by=the("head"), now=NOW)
    assert mark_all_read(by=the("head"), now=NOW) == 0
    assert mark_all_read(by=the("worker"), now=NOW) == 1


def dies(*_given: object) -> None:
    raise RuntimeError


def test_a_worker_that_dies_in_between_tells_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    a_matter()
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "outbox_done_many", dies)
        work()
    assert told("worker") == []
    later = NOW + timedelta(hours=1)
    work(later)
    assert len(told("worker")) == 1
    Outbox.objects.update(done_at=None)  # as if it had died just before it said so
    work(later)
    assert len(told("worker")) == 1
    assert Message.objects.filter(kind="reporter.received").count() == 1


def test_one_row_that_cannot_be_worked_out_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = a_matter().matter, a_matter().matter

    def stumbles(rows: Any, now: Any) -> Any:
        if any(row.subject == bad.pk for row in rows):
            raise RuntimeError
        return decide(rows, now)

    monkeypatch.setattr(tasks, "decide", stumbles)
    tasks.send(NOW)
    assert [each.number for each in told("worker")] == [good.number]
    assert Outbox.objects.get(subject=bad.pk).due_at > NOW


def test_at_night_it_waits_and_several_become_one() -> None:
    matters = [a_matter(by=nobody(NIGHT)).matter for _ in range(3)]
    work(NIGHT)
    assert told("worker") == []
    assert unread_count(the("worker", NIGHT)) == 0
    work(MORNING - timedelta(minutes=1))
    assert told("worker") == []
    work(MORNING)
    [digest] = told("worker")
    assert "3" in digest.text
    assert {part.number for part in digest.parts} == {matter.number for matter in matters}
    assert unread_count(the("worker")) == 1
    mark_read(digest.message.pk, by=the("worker"), now=MORNING)
    assert not any(part.is_unread for part in told("worker")[0].parts)
    work(MORNING)
    assert len(told("worker")) == 1


def test_what_waited_alone_comes_as_itself() -> None:
    matter = a_matter(by=nobody(NIGHT)).matter
    work(NIGHT)
    work(MORNING)
    assert [(each.number, len(each.parts)) for each in told("worker")] == [(matter.number, 0)]


def test_an_emergency_does_not_wait() -> None:
    kind = a_kind()
    kind.urgent = True
    kind.save(update_fields=["urgent"])
    matter = a_matter(by=nobody(NIGHT), kind=kind).matter
    work(NIGHT)
    assert [each.number for each in told("worker")] == [matter.number]


def test_whoever_acted_in_the_meantime_is_not_told_in_the_morning() -> None:
    matter = a_matter(by=nobody(NIGHT)).matter
    work(NIGHT)
    do(matter, "pass_up", "worker", now=NIGHT)
    work(NIGHT)
    work(MORNING)
    assert told("worker") == []
    assert [each.number for each in told("head")] == [matter.number]
    assert Message.objects.get(to=the("worker").user).why == "overtaken"


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    matter = a_matter(by=the("worker")).matter
    work()
    assert kinds_told("worker", matter) == []


def test_the_reporter_is_told_of_each_step_that_concerns_them() -> None:
    matter = dispatched(reporter=ReporterGiven.with_contact("王女士", "15400001234"))
    matter = do(do(do(matter, "accept", "handler"), "hand_in", "handler"), "confirm", "worker")
    work()
    assert kinds_to_reporters(matter) == [
        "reporter.received", "reporter.accepted", "reporter.given", "reporter.in_hand", "reporter.done",
        "reporter.closed",
    ]  # fmt: skip
    newest = told_to_reporters(matter)[0].text
    assert matter.number in newest
    assert matter.title in newest


def test_handlers_are_never_told_who_raised_it() -> None:
    matter = dispatched(reporter=ReporterGiven.with_contact("王女士", "15400001234"), secret=True)
    work()
    assert kinds_told("handler", matter) == ["turn.new"]
    for message in Message.objects.filter(matter=matter):
        assert not {"王女士", "15400001234"} & {message.text, message.text_en}
        assert "王女士" not in message.text + message.text_en
    assert "楼道" not in "".join(
        Message.objects.values_list("text", flat=True)
    )  # no words of theirs are stored


def test_whoever_lost_sight_of_it_is_not_told() -> None:
    matter = a_matter(by=nobody(NIGHT)).matter
    work(NIGHT)
    Post.objects.filter(user=the("worker").user).update(to_at=NIGHT)
    work(MORNING)
    assert told("worker") == []
    assert Message.objects.get(to=the("worker").user).why == "unseen"
    assert matter.turn == the_workers_seat()


def test_what_was_told_shows_no_more_to_whoever_lost_sight_since() -> None:
    a_matter(text="楼道的灯坏了")
    work()
    Post.objects.filter(user=the("worker").user).update(to_at=NOW)
    [first] = told("worker")
    assert first.number == ""
    assert "灯" not in first.text


def test_a_complaint_is_not_told_to_whom_it_is_about() -> None:
    matter = dispatched()
    Matter.objects.filter(pk=matter.pk).update(about_organisation=body_of("handler"))
    work()
    assert kinds_told("handler", matter) == []


def test_of_a_vacant_seat_whoever_stands_in_is_told() -> None:
    leave_vacant(Seat.objects.get(pk=the_workers_seat().pk))
    matter = a_matter().matter
    work()
    assert kinds_told("head", matter) == ["turn.new"]


def test_what_somebody_does_not_want_they_are_not_told() -> None:
    choose(["turn.new"], by=the("worker"), now=NOW)
    matter = a_matter().matter
    work()
    assert kinds_told("worker", matter) == []
    choose([], by=the("worker"), now=NOW)
    other = a_matter().matter
    work()
    assert kinds_told("worker", other) == ["turn.new"]


def test_word_for_the_reporter_is_announced_and_not_copied() -> None:
    matter = a_matter().matter
    note(matter, text="明天上门", for_reporter=True, by=the("worker"), now=NOW)
    note(matter, text="内部说明", for_reporter=False, by=the("worker"), now=NOW)
    work()
    assert kinds_to_reporters(matter) == ["reporter.received", "reporter.word"]
    assert not Message.objects.filter(text__contains="明天").exists()


def test_those_of_a_joined_matter_are_told_under_their_own_number() -> None:
    main, other = a_matter().matter, a_matter(text="灯又坏了").matter
    Matter.objects.filter(pk=other.pk).update(joined_to=main)
    do(main, "file", "worker")
    work()
    assert "reporter.accepted" in kinds_to_reporters(other)
    text = told_to_reporters(other)[0].text
    assert other.number in text
    assert main.number not in text


def test_whoever_added_their_voice_is_told_the_steps_and_not_what_is_between_the_others() -> None:
    matter = a_matter(
        text="三号楼王女士家门口漏水", reporter=ReporterGiven.with_contact("王女士", "15400001234")
    ).matter
    user = User.objects.create(username="a.voice", name="邻居", created_at=NOW)
    voice = Reporter.objects.create(
        matter=matter, kind="resident", user=user, first=False, from_at=NOW, code_hash="x"
    )
    do(matter, "file", "worker")
    note(matter, text="明天上门", for_reporter=True, by=the("worker"), now=NOW)
    work()
    mine = inbox(Who.of(user, NOW)).rows
    assert {each.message.kind for each in mine} >= {"reporter.accepted"}
    assert "reporter.word" not in {each.message.kind for each in mine}
    assert not any("王女士" in each.text for each in mine)
    assert all(each.number == matter.number for each in mine)
    assert kinds_to_reporters(matter).count("reporter.word") == 1
    withdraw_voice(matter, voice, by=Who.of(user, NOW), now=NOW)
    do(Matter.objects.get(pk=matter.pk), "hand_in", "worker")
    work()
    assert len(inbox(Who.of(user, NOW)).rows) == len(mine)


def test_each_rung_reminds_those_that_it_names_once() -> None:
    matter = a_matter().matter
    work()
    matter.refresh_from_db()
    assert matter.next_rung_at
    at = matter.next_rung_at
    climb(by=Who.system(at), now=at)
    climb(by=Who.system(at), now=at)
    work(at)
    assert kinds_told("worker", matter) == ["turn.new", "turn.reminder"]
    assert kinds_told("head", matter) == []


def test_while_sending_is_held_everything_stays_and_nothing_is_lost(settings: Any) -> None:
    a_matter()
    settings.MULIN_HOLD_MESSAGES = True
    assert work() == 0
    settings.MULIN_HOLD_MESSAGES = False
    assert work() == 1
    assert len(told("worker")) == 1


def test_a_batch_costs_as_much_as_one(django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        a_matter(start=Level.TOWN)
    assert len(outbox_due(NOW, limit=1)) == 1
    with django_assert_max_num_queries(30):
        tasks.send(NOW)
    assert Message.objects.filter(kind="turn.new").count() >= 11
