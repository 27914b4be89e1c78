"""Writing entries: in the transaction of the act, or not at all."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import pytest
from django.db import DatabaseError, transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from mulin.journal import rules
from mulin.journal.face import (
    ANONYMOUS,
    SYSTEM,
    Actor,
    ByKind,
    Draft,
    Entry,
    EntryText,
    Subject,
    bulk,
    erase,
    facts_of,
    lines,
    record,
    record_many,
    register,
    timeline,
    timeline_for_reporter,
    verify,
)
from mulin.journal.models import Feed, Head
from mulin.kernel.ids import new_id
from mulin.kernel.models import Counter
from mulin.kernel.refusals import Invalid
from tests.journal.acts import CODE, HIDDEN, NOW, a_subject, act
from tests.support.races import at_once


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_thing_when() -> None:
    subject, by = a_subject(), Actor(ByKind.PERSON, new_id(), new_id())
    with transaction.atomic():
        entry = record(CODE, subject, by=by, at=NOW, facts={"from": "370402005001", "seat": by.seat})
    entry = Entry.objects.get(id=entry.id)
    assert (entry.subject_kind, entry.subject, entry.seq, entry.at) == ("test", subject.id, 1, NOW)
    assert (entry.code, entry.by_kind, entry.by, entry.seat) == (CODE, "person", by.person, by.seat)
    assert entry.prev == "0" * 64
    assert entry.hash == rules.digest(entry.text)
    assert orjson.loads(entry.text)["at"] == "2026-03-18T02:00:00.000000Z"
    assert facts_of(entry) == {"from": "370402005001", "seat": str(by.seat)}


@pytest.mark.django_db
def test_each_entry_is_bound_to_the_one_before() -> None:
    subject, other = a_subject(), a_subject()
    first, _, second = act(subject), act(other), act(subject)
    assert (second.seq, second.prev) == (2, first.hash)
    head = Head.objects.get(subject=subject.id)
    assert (head.kind, head.seq, head.hash) == ("test", 2, second.hash)


@pytest.mark.django_db
def test_words_lie_beside_the_chain() -> None:
    subject = a_subject()
    entry = act(subject, note="路灯不亮", phone="13812345678", reply="")
    assert "路灯" not in entry.text
    kept = {text.name: text for text in EntryText.objects.filter(entry=entry)}
    assert kept.keys() == {"note", "phone"}
    assert kept["note"].text == "路灯不亮"
    assert kept["phone"].text.startswith("v1:")
    said = timeline(subject)[0].words
    assert (said["note"].text, said["phone"].text) == ("路灯不亮", "13812345678")


@pytest.mark.django_db
def test_the_reporter_reads_what_is_meant_for_them() -> None:
    subject = a_subject()
    act(subject, note="internal", reply="for you")
    with transaction.atomic():
        record(HIDDEN, subject, by=SYSTEM, at=NOW)
        record(CODE, subject, by=SYSTEM, at=NOW, words={"note": "this time for you"}, public=("note",))
    told = timeline_for_reporter(subject)
    assert [{name: said.text for name, said in line.words.items()} for line in told] == [
        {"reply": "for you"},
        {"note": "this time for you"},
    ]
    assert len(timeline(subject)) == 3


@pytest.mark.usefixtures("copied_db")
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(TransactionManagementError):
        record(CODE, a_subject(), by=SYSTEM, at=NOW)


@pytest.mark.usefixtures("copied_db")
def test_if_the_entry_cannot_be_written_nothing_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    subject = a_subject()
    monkeypatch.setattr("mulin.journal.actions.rows.insert", broken)

    def an_act_that_looks_away() -> None:
        with transaction.atomic():
            Counter.objects.create(name="the act", year=2026)
            with suppress(DatabaseError):
                record(CODE, subject, by=SYSTEM, at=NOW)
            Counter.objects.create(name="and goes on", year=2026)

    with pytest.raises(TransactionManagementError):
        an_act_that_looks_away()
    assert not Counter.objects.filter(name__in=["the act", "and goes on"]).exists()
    assert not Entry.objects.filter(subject=subject.id).exists()


@pytest.mark.django_db
def test_mistakes_of_the_program_are_refused() -> None:
    subject = a_subject()
    wrong: list[tuple[type[Exception], Draft]] = [
        (LookupError, Draft("nobody.declared", subject, SYSTEM, NOW)),
        (LookupError, Draft(CODE, subject, SYSTEM, NOW, words={"undeclared": "x"})),
        (ValueError, Draft(CODE, subject, SYSTEM, datetime(2026, 3, 18))),  # noqa: DTZ001
        (ValueError, Draft(CODE, subject, SYSTEM, NOW, facts={"note": "a whole sentence " * 30})),
        (ValueError, Draft(CODE, subject, SYSTEM, NOW, facts={"many": [new_id()] * 1000})),
        (TypeError, Draft(CODE, subject, SYSTEM, NOW, facts={"thing": object()})),  # type: ignore[dict-item]  # a wrong type is the point
        (Invalid, Draft(CODE, subject, SYSTEM, NOW, words={"note": "x" * 20_001})),
    ]
    for error, draft in wrong:
        with pytest.raises(error), transaction.atomic():
            record_many([draft])
    act(subject)
    with pytest.raises(ValueError, match="is a test"), transaction.atomic():
        record(CODE, Subject("other", subject.id), by=SYSTEM, at=NOW)
    with pytest.raises(ValueError, match="differently"):
        register(CODE, "It happened", shown_to_reporter=False)
    assert len(timeline(subject)) == 1


@pytest.mark.django_db
def test_costs_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subject = a_subject()
    with django_assert_num_queries(5), transaction.atomic(savepoint=False):
        record(CODE, subject, by=SYSTEM, at=NOW)
    with django_assert_num_queries(4), transaction.atomic(savepoint=False):
        record(CODE, subject, by=SYSTEM, at=NOW)
    with django_assert_num_queries(5), transaction.atomic(savepoint=False):
        record(CODE, subject, by=SYSTEM, at=NOW, words={"note": "x", "reply": "y"})
    drafts = [Draft(CODE, a_subject(), SYSTEM, NOW, words={"note": "x"}) for _ in range(40)]
    with django_assert_num_queries(7), transaction.atomic(savepoint=False):
        record_many(drafts)
    with django_assert_num_queries(2):
        timeline(subject)


@pytest.mark.django_db
def test_many_at_once_are_in_the_order_given() -> None:
    a, b = a_subject(), a_subject()
    with transaction.atomic():
        entries = record_many([Draft(CODE, subject, ANONYMOUS, NOW) for subject in (a, b, a, a, b)])
    assert [(entry.subject, entry.seq) for entry in entries] == [
        (a.id, 1),
        (b.id, 1),
        (a.id, 2),
        (a.id, 3),
        (b.id, 2),
    ]
    assert [line.seq for line in lines(entries)] == [1, 1, 2, 3, 2]


@pytest.mark.usefixtures("copied_db")
def test_many_writers_of_one_subject_make_one_chain() -> None:
    subject, other = a_subject(), a_subject()

    def one() -> UUID:
        with transaction.atomic():
            order = [subject, other] if new_id().int % 2 else [other, subject]
            return record_many([Draft(CODE, each, SYSTEM, NOW) for each in order])[0].id

    told = at_once(*[one] * 8)
    assert all(isinstance(each, UUID) for each in told), told
    seqs = Entry.objects.filter(subject=subject.id).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 9))
    assert verify().whole


@pytest.mark.django_db
def test_erasing_empties_a_text_once_and_keeps_the_chain() -> None:
    subject = a_subject()
    entry = act(subject, note="张三住在这里", reply="stays")
    text = EntryText.objects.get(entry=entry, name="note")
    by, later = Actor(ByKind.PERSON, new_id()), NOW + timedelta(days=400)
    said_so = erase(text, rule="request", by=by, at=later)
    assert said_so is not None
    assert (said_so.code, said_so.seq, said_so.by) == ("journal.erased", 2, by.person)
    text.refresh_from_db()
    assert (text.text, text.salt, text.erased_at, text.erased_rule) == ("", "", later, "request")
    first = timeline(subject)[0]
    assert first.words["note"].erased
    assert first.words["note"].text is None
    assert first.words["reply"].text == "stays"
    assert erase(text, rule="request", by=by, at=later) is None
    assert len(timeline(subject)) == 2
    assert verify().whole


@pytest.mark.django_db
def test_the_bulk_path_leaves_what_live_acts_leave() -> None:
    subjects = [a_subject() for _ in range(3)]
    act(subjects[0])
    drafts = [
        Draft(CODE, subjects[n % 3], SYSTEM, NOW + timedelta(minutes=n), {"n": n}, {"note": f"第{n}次"})
        for n in range(20)
    ]
    told: list[int] = []
    assert bulk(drafts, batch=7, progress=told.append) == 20
    assert told == [7, 7, 6]
    assert [line.seq for line in timeline(subjects[0])] == list(range(1, 9))
    written = Entry.objects.filter(subject__in=[subject.id for subject in subjects])
    feed = Feed.objects.filter(entry__in=written).order_by("entry__at", "entry__seq")
    positions = list(feed.values_list("position", flat=True))
    assert positions == list(range(positions[0] or 0, (positions[0] or 0) + 21))
    assert verify().whole
    live = act(subjects[0], note="after")
    assert live.seq == 9
