"""What gets past the triggers, verify finds. Each case lifts them as an intruder with the database's password could."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, models

from mulin.journal import rules
from mulin.journal.face import (
    SYSTEM,
    Disclosure,
    DisclosureOf,
    Draft,
    Entry,
    EntryText,
    Subject,
    disclose,
    erase,
    feed_number,
    verify,
)
from mulin.journal.guarded import APPEND_ONLY, ERASABLE
from mulin.journal.models import DisclosureHead, Feed, Head
from mulin.kernel.ids import new_id
from tests.journal.acts import CODE, NOW, a_subject, act


@pytest.fixture
def subject(db: None) -> Subject:
    """A chain of four, among others, with the triggers lifted."""
    subject = a_subject()
    for note in ("one", "two", "three", "four"):
        act(subject, note=note)
        act(a_subject())
    assert verify().whole
    lift()
    return subject


def lift() -> None:
    names = {model._meta.db_table for model in APPEND_ONLY + ERASABLE}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            if any(name.startswith(table) for table in names):
                cursor.execute(f'DROP TRIGGER "{name}"')


def found() -> set[tuple[str, Any]]:
    return {(problem.code, problem.seq) for problem in verify().problems}


def at(subject: Subject, seq: int) -> models.QuerySet[Entry]:
    return Entry.objects.filter(subject=subject.id, seq=seq)


def remove(entries: models.QuerySet[Entry]) -> None:
    ids = list(entries.values_list("id", flat=True))
    Feed.objects.filter(entry__in=ids).delete()
    for text in EntryText.objects.filter(entry__in=ids):
        EntryText.objects.filter(id=text.id)._raw_delete("default")
    Entry.objects.filter(id__in=ids)._raw_delete("default")


def test_alteration_of_the_text(subject: Subject) -> None:
    entry = at(subject, 2).get()
    at(subject, 2).update(text=entry.text.replace("filed", "filfd"))
    assert found() == {("altered", 2)}


def test_alteration_of_text_and_hash(subject: Subject) -> None:
    text = at(subject, 2).get().text.replace("filed", "filfd")
    at(subject, 2).update(text=text, hash=rules.digest(text))
    assert found() == {("link_broken", 3)}


def test_alteration_of_the_last_text_and_hash(subject: Subject) -> None:
    text = at(subject, 4).get().text.replace("filed", "filfd")
    at(subject, 4).update(text=text, hash=rules.digest(text))
    assert found() == {("head_differs", 4)}


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW + timedelta(microseconds=1)},
        {"code": "other"},
        {"by": new_id()},
        {"by_kind": "person"},
        {"seat": new_id()},
        {"subject_kind": "other"},
    ],
)
def test_alteration_of_a_column(subject: Subject, change: dict[str, Any]) -> None:
    at(subject, 2).update(**change)
    assert found() == {("columns_differ", 2)}


def test_alteration_of_words(subject: Subject) -> None:
    EntryText.objects.filter(entry=at(subject, 2).get()).update(text="something else")
    assert found() == {("word_altered", 2)}


def test_removal_of_words_without_erasing_them(subject: Subject) -> None:
    EntryText.objects.filter(entry=at(subject, 2).get())._raw_delete("default")
    assert found() == {("words_differ", 2)}


def test_words_shown_to_whom_they_were_not(subject: Subject) -> None:
    EntryText.objects.filter(entry=at(subject, 2).get()).update(public=True)
    assert found() == {("columns_differ", 2)}


def test_erased_words_are_no_problem(subject: Subject) -> None:
    erase(EntryText.objects.get(entry=at(subject, 2).get()), rule="request", by=SYSTEM, at=NOW)
    report = verify()
    assert report.whole
    assert report.erased >= 1


def test_removal_from_the_middle(subject: Subject) -> None:
    remove(at(subject, 2))
    assert found() == {("gap", 3)}


def test_removal_of_the_tail(subject: Subject) -> None:
    remove(at(subject, 4))
    assert found() == {("tail_gone", 4)}


def test_removal_of_a_whole_subject(subject: Subject) -> None:
    remove(Entry.objects.filter(subject=subject.id))
    assert found() == {("chain_gone", 4)}
    report = verify()
    assert [problem.chain for problem in report.problems] == [subject.id]


def test_removal_of_head_and_subject_leaves_a_gap_in_the_feed(subject: Subject) -> None:
    feed_number(100_000)
    remove(Entry.objects.filter(subject=subject.id))
    Head.objects.filter(subject=subject.id).delete()
    assert found() == {("feed_gap", None)}


def test_removal_of_the_head(subject: Subject) -> None:
    Head.objects.filter(subject=subject.id).delete()
    assert found() == {("head_gone", 4)}


def test_a_head_set_back(subject: Subject) -> None:
    third = at(subject, 3).get()
    Head.objects.filter(subject=subject.id).update(seq=3, hash=third.hash)
    assert found() == {("head_differs", 4)}


def insert(subject: Subject, prev: rules.Link) -> Entry:
    draft = Draft(CODE, subject, SYSTEM, NOW)
    chained = rules.chain(prev, draft, new_id(), {})
    return Entry.objects.create(
        id=chained.id, subject=subject.id, subject_kind=subject.kind, seq=chained.link.seq, at=NOW, code=CODE,
        by_kind="system", prev=chained.prev, hash=chained.link.hash, text=chained.text,
    )  # fmt: skip


def test_insertion_at_the_end(subject: Subject) -> None:
    last = at(subject, 4).get()
    insert(subject, rules.Link(4, last.hash))
    assert found() == {("head_differs", 5), ("feed_missing", None)}


def test_insertion_of_a_whole_subject(subject: Subject) -> None:
    insert(a_subject(), rules.Link())
    assert found() == {("head_gone", 1), ("feed_missing", None)}


def test_a_fork(subject: Subject) -> None:
    """The database refuses two of the same place; where it was made to take them, they are found."""
    second = at(subject, 2).get()
    constraint = Entry._meta.constraints[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {Entry._meta.db_table} DROP CONSTRAINT {constraint.name}")
        else:
            fork_on_sqlite(second)
            return
    insert(subject, rules.Link(2, second.hash))
    assert ("fork", 3) in found()


def fork_on_sqlite(second: Entry) -> None:
    """A table's constraint cannot be dropped there; what the walk makes of two rows is the same."""
    from mulin.journal.chains import Report, walk

    rows = [
        (entry.subject, entry.seq, entry.prev, entry.hash, entry.text)
        for entry in Entry.objects.filter(subject=second.subject).order_by("seq")
    ]
    rows.insert(3, rows[2])
    report = Report()
    walk(iter(rows), iter([(second.subject, 4, rows[-1][3])]), report, lambda *_: None)
    assert [(problem.code, problem.seq) for problem in report.problems] == [("fork", 3)]


def test_a_fork_is_refused(db: None) -> None:
    from django.db import IntegrityError, transaction

    subject = a_subject()
    first = act(subject)
    act(subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(subject, rules.Link(1, first.hash))


@pytest.fixture
def reading(db: None) -> Disclosure:
    reader = new_id()
    for minute in range(3):
        made = disclose(
            reader, [new_id(), new_id()], kind="export", purpose="duty", at=NOW + timedelta(hours=minute)
        )
    assert verify().whole
    lift()
    assert made is not None
    return made


def test_disclosures_altered_or_removed(reading: Disclosure) -> None:
    mine = Disclosure.objects.filter(reader=reading.reader)
    DisclosureOf.objects.filter(disclosure=mine.get(seq=1), person=_anyone(mine.get(seq=1))).update(
        person=new_id()
    )
    mine.filter(seq=2).update(purpose="contact")
    DisclosureOf.objects.filter(disclosure=reading)._raw_delete("default")
    mine.filter(seq=3)._raw_delete("default")
    assert found() == {("people_differ", 1), ("columns_differ", 2), ("tail_gone", 3)}


def _anyone(disclosure: Disclosure) -> Any:
    first = disclosure.of.first()
    assert first is not None
    return first.person


def test_a_reader_who_vanished(reading: Disclosure) -> None:
    DisclosureOf.objects.filter(disclosure__reader=reading.reader)._raw_delete("default")
    Disclosure.objects.filter(reader=reading.reader)._raw_delete("default")
    assert found() == {("chain_gone", 3)}
    DisclosureHead.objects.all().delete()
    assert verify().whole  # whoever can rewrite the heads too needs a seal given outside to be found


@pytest.mark.django_db
def test_moving_to_the_other_database_keeps_every_hash(other_db: str) -> None:
    """Rows go over as they are, in either direction, and are found whole there."""
    subject, reader = a_subject(), new_id()
    act(subject, note="路灯不亮 💡", phone="13812345678")
    erased = act(subject, note="to be forgotten").texts.get()
    erase(erased, rule="request", by=SYSTEM, at=NOW.replace(microsecond=123456))
    disclose(reader, [new_id(), new_id()], kind="reveal", purpose="contact", at=NOW)
    before = verify(using=other_db)
    entries = Entry.objects.filter(subject=subject.id)
    moving: tuple[models.QuerySet[Any], ...] = (
        entries,
        EntryText.objects.filter(entry__subject=subject.id),
        Head.objects.filter(subject=subject.id),
        Feed.objects.filter(entry__subject=subject.id),
        Disclosure.objects.filter(reader=reader),
        DisclosureOf.objects.filter(disclosure__reader=reader),
        DisclosureHead.objects.filter(reader=reader),
    )
    for rows in moving:
        rows.model._default_manager.using(other_db).bulk_create(rows)
    after = verify(using=other_db)
    assert after.problems == []
    assert (after.entries, after.subjects, after.disclosures) == (
        before.entries + 3,
        before.subjects + 1,
        before.disclosures + 1,
    )
    assert connections[other_db].vendor != connection.vendor
    moved = Entry.objects.using(other_db).filter(subject=subject.id)
    assert {entry.text for entry in moved} == {entry.text for entry in entries}


@pytest.mark.django_db
def test_says_how_far_it_is() -> None:
    act(a_subject())
    told: list[int] = []
    report = verify(told.append)
    assert sum(told) == report.entries + report.disclosures
