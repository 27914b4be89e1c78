"""The one order in which programs read: nobody who follows it misses anything."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from mulin.journal.face import (
    SYSTEM,
    Draft,
    OutboxDraft,
    advance,
    bulk,
    cursor_of,
    feed_after,
    feed_last,
    feed_number,
    outbox_add,
    outbox_add_many,
    outbox_done,
    outbox_done_many,
    outbox_due,
    outbox_later,
    outbox_waiting,
    record,
    verify,
)
from mulin.journal.feed import _in_order
from mulin.journal.models import Feed, FeedCursor
from mulin.kernel.ids import new_id
from tests.journal.acts import CODE, NOW, a_subject, act
from tests.support.databases import Home
from tests.support.races import at_once


@pytest.mark.django_db
def test_positions_are_given_after_and_without_gaps() -> None:
    feed_number(100_000)
    start = feed_last()
    subject = a_subject()
    entries = [act(subject), act(a_subject()), act(subject)]
    assert feed_after(start) == []
    assert feed_number() == 3
    fed = feed_after(start)
    assert [each.position for each in fed] == [start + 1, start + 2, start + 3]
    assert [each.entry.id for each in fed] == [entry.id for entry in entries]
    assert feed_number() == 0
    assert feed_last() == start + 3
    assert [each.position for each in feed_after(start + 1, limit=1)] == [start + 2]


@pytest.mark.django_db
def test_within_a_subject_in_the_order_of_its_chain() -> None:
    """Even where ids, made by clocks that differ, say otherwise, and where a slice ends in between."""
    a, b = new_id(), new_id()
    late, early, other = new_id(), new_id(), new_id()
    assert _in_order([(late, a, 2), (other, b, 1), (early, a, 1)]) == [early, other, late]
    feed_number(100_000)
    start, subject = feed_last(), a_subject()
    for _ in range(5):
        act(subject)
    while feed_number(limit=2):
        pass
    assert [each.entry.seq for each in feed_after(start)] == [1, 2, 3, 4, 5]


def test_transactions_that_commit_in_reverse_order_are_not_missed(copied_db: Home) -> None:
    """Two open transactions, a reader between their commits. SQLite admits one writer, and so has no such case."""
    feed_number(100_000)
    start = feed_last()
    first, second = a_subject(), a_subject()
    first_written, second_read = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            record(CODE, first, by=SYSTEM, at=NOW)
            first_written.set()
            if connection.vendor == "postgresql":
                assert second_read.wait(20)
        connections.close_all()

    thread = Thread(target=slow)
    thread.start()
    assert first_written.wait(20)
    act(second)  # begun later, committed earlier (SQLite: waits for the other)
    feed_number()
    read = feed_after(start)
    cursor = read[-1].position
    second_read.set()
    thread.join()
    while feed_number():
        pass
    read += feed_after(cursor)
    subjects = [second.id, first.id] if connection.vendor == "postgresql" else [first.id, second.id]
    assert [each.entry.subject for each in read] == subjects
    assert [each.position for each in read] == [start + 1, start + 2]
    assert verify().whole


def test_workers_who_number_at_once_number_each_entry_once(copied_db: Home) -> None:
    feed_number(100_000)
    start = feed_last()
    for _ in range(30):
        act(a_subject())

    def worker() -> int:
        return sum(iter(lambda: feed_number(limit=4), 0))

    assert sum(n for n in at_once(*[worker] * 4) if isinstance(n, int)) == 30
    assert [each.position for each in feed_after(start)] == list(range(start + 1, start + 31))


def test_readers_and_writers_at_once_miss_nothing(copied_db: Home) -> None:
    feed_number(100_000)
    start = feed_last()
    writing = Event()

    def writer() -> list[UUID]:
        return [act(a_subject()).id for _ in range(10)]

    def reader() -> list[UUID]:
        cursor = start
        seen: list[UUID] = []
        while len(seen) < 30 and not writing.wait(0):
            feed_number(limit=5)
            for each in feed_after(cursor, limit=5):
                seen.append(each.entry.id)
                cursor = each.position
        return seen

    *written, read = at_once(writer, writer, writer, reader)
    assert isinstance(read, list)
    assert set(read) == {id for each in written if isinstance(each, list) for id in each}


@pytest.mark.django_db
def test_the_bulk_path_numbers_what_waits_first() -> None:
    feed_number(100_000)
    start, subject = feed_last(), a_subject()
    act(subject)
    bulk([Draft(CODE, subject, SYSTEM, NOW)] * 3)
    assert [each.entry.seq for each in feed_after(start)] == [1, 2, 3, 4]
    assert not Feed.objects.filter(position=None).exists()


@pytest.mark.django_db
def test_programs_keep_how_far_they_read() -> None:
    assert cursor_of("webhooks") == 0
    assert advance("webhooks", old=0, new=7)
    assert not advance("webhooks", old=0, new=9)
    assert cursor_of("webhooks") == 7
    with pytest.raises(ValueError, match="worker's own"):
        advance("numbered", old=0, new=1)
    assert FeedCursor.objects.filter(name="webhooks").count() == 1


@pytest.mark.django_db
def test_word_waits_in_the_outbox_until_it_was_sent() -> None:
    subject = a_subject()
    entry = act(subject)
    now = outbox_add("matter.closed", subject, entry, new_id(), NOW)
    later = outbox_add("matter.closed", subject, entry, None, NOW + timedelta(hours=1))
    assert [row.id for row in outbox_due(NOW)] == [now.id]
    assert outbox_due(NOW) == []  # taken
    again = outbox_due(NOW + timedelta(minutes=5))  # whoever took it died
    assert [(row.id, row.tries) for row in again] == [(now.id, 2)]
    outbox_later(again[0], NOW + timedelta(hours=2))
    assert [row.id for row in outbox_due(NOW + timedelta(hours=1))] == [later.id]
    outbox_done(again[0], NOW + timedelta(hours=2))
    assert [row.id for row in outbox_due(NOW + timedelta(days=1))] == [later.id]


@pytest.mark.django_db
def test_much_is_put_out_and_taken_at_the_cost_of_little(django_assert_max_num_queries: Any) -> None:
    subject = a_subject()
    entry = act(subject)
    with django_assert_max_num_queries(1):
        rows = outbox_add_many(OutboxDraft("test", subject, entry, NOW) for _ in range(20))
    with django_assert_max_num_queries(
        5
    ):  # one asks whether there is anything, two of them are the savepoint
        taken = outbox_due(NOW, limit=15)
    assert [row.id for row in taken] == [row.id for row in rows[:15]]
    with django_assert_max_num_queries(1):
        outbox_done_many(taken, NOW)
    assert [row.id for row in outbox_waiting(50)] == [row.id for row in rows[15:]]
    assert outbox_add_many([]) == []


def test_two_workers_never_send_the_same(copied_db: Home) -> None:
    subject = a_subject()
    entry = act(subject)
    for _ in range(10):
        outbox_add("test", subject, entry, None, NOW)
    taken = at_once(*[lambda: [row.id for row in outbox_due(NOW)]] * 4)
    ids = [id for each in taken if isinstance(each, list) for id in each]
    assert len(ids) == len(set(ids)) == 10
