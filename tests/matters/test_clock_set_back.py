"""The clock of the machine is set back an hour in the midst of work: nothing is lost, nothing comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from mulin.channels.face import Message, send
from mulin.journal.face import Entry, Outbox, feed_after, feed_behind, feed_number
from mulin.journal.verify import verify
from mulin.kernel.clock import now
from tests.matters.world import a_matter, do, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
HOUR = timedelta(hours=1)


def test_moves_go_on_in_their_order_and_every_line_is_fed(clock: time_machine.Traveller) -> None:
    matter = a_matter(nobody(now())).matter
    matter = do(matter, "pass_up", "worker", now=now())
    while feed_number():
        pass
    last = list(feed_after(0, 10_000))[-1].position
    clock.shift(-HOUR)
    matter = do(matter, "file", "head", now=now())
    while feed_number():
        pass
    told = list(Entry.objects.filter(subject=matter.pk).order_by("seq").values_list("code", "at"))
    assert [code for code, _at in told] == ["matter.reported", "matter.passed_up", "matter.filed"]
    assert told[2][1] < told[1][1]  # as the clock said; the order is the chain's
    assert feed_behind() == 0
    assert [fed.entry.code for fed in feed_after(last, 100)][-1] == "matter.filed"
    assert matter.due_at is not None
    assert matter.due_at > now()


def test_what_was_to_be_told_is_told_once_when_the_clock_has_caught_up(clock: time_machine.Traveller) -> None:
    matter = a_matter(nobody(now())).matter
    do(matter, "pass_up", "worker", now=now())
    clock.shift(-HOUR)
    while send(now()):
        pass
    clock.shift(HOUR + timedelta(minutes=1))
    while send(now()):
        pass
    assert not Outbox.objects.filter(done_at=None, due_at__lte=now()).exists()
    told = list(Message.objects.all().values_list("outbox", "to"))
    assert told
    assert len(told) == len(set(told))


def test_the_chains_are_whole(clock: time_machine.Traveller) -> None:
    matter = a_matter(nobody(now())).matter
    clock.shift(-HOUR)
    do(matter, "pass_up", "worker", now=now())
    assert Entry.objects.filter(subject=matter.pk).count() >= 2
    assert verify().whole
