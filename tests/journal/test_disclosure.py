"""Who read whose data: written once per reader, person, purpose and half an hour."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import (
    Disclosure,
    DisclosureOf,
    Subject,
    disclose,
    disclosures_about,
    disclosures_by,
    verify,
)
from mulin.kernel.ids import new_id
from tests.journal.acts import NOW
from tests.support.races import at_once

CONTACT: dict[str, Any] = {"kind": "reveal", "purpose": "contact"}


@pytest.mark.django_db
def test_a_reading_is_written_with_its_purpose() -> None:
    reader, person, seat, matter = new_id(), new_id(), new_id(), Subject("matter", new_id())
    made = disclose(reader, [person], kind="reveal", purpose="contact", at=NOW, seat=seat, subject=matter)
    assert made is not None
    row = disclosures_by(reader).get()
    assert (row.kind, row.purpose, row.at, row.seat, row.subject) == (
        "reveal",
        "contact",
        NOW,
        seat,
        matter.id,
    )
    about = disclosures_about(person).get()
    assert (about.disclosure, about.at) == (row, NOW)


@pytest.mark.django_db
def test_once_in_half_an_hour() -> None:
    reader, person = new_id(), new_id()
    assert disclose(reader, [person], **CONTACT, at=NOW)
    assert disclose(reader, [person], **CONTACT, at=NOW + timedelta(minutes=29)) is None
    assert disclose(reader, [person], kind="reveal", purpose="duty", at=NOW)
    assert disclose(new_id(), [person], **CONTACT, at=NOW)
    assert disclose(reader, [new_id()], **CONTACT, at=NOW)
    assert disclose(reader, [person], **CONTACT, at=NOW + timedelta(minutes=30))
    assert disclosures_about(person).count() == 4


@pytest.mark.django_db
def test_a_bulk_reading_is_one_row_with_those_not_yet_written() -> None:
    reader, people = new_id(), [new_id() for _ in range(1200)]
    disclose(reader, people[:10], kind="export", purpose="duty", at=NOW)
    made = disclose(reader, [*people, people[0]], kind="export", purpose="duty", at=NOW)
    assert made is not None
    assert made.of.count() == 1190
    assert disclosures_by(reader).count() == 2
    assert verify().whole


@pytest.mark.django_db
def test_a_search_that_finds_nobody_is_written_each_time() -> None:
    reader = new_id()
    for _ in range(2):
        assert disclose(reader, [], kind="search", purpose="verify", at=NOW)
    assert disclosures_by(reader).count() == 2
    assert verify().whole


@pytest.mark.django_db
def test_purposes_and_kinds_are_code_lists() -> None:
    for kind, purpose in (("peek", "duty"), ("page", "curiosity")):
        with pytest.raises(ValueError, match="is not a valid"):
            disclose(new_id(), [new_id()], kind=kind, purpose=purpose, at=NOW)
    assert not Disclosure.objects.filter(kind="peek").exists()


@pytest.mark.django_db
def test_costs_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader, person = new_id(), new_id()
    disclose(reader, [new_id()], **CONTACT, at=NOW)
    with django_assert_num_queries(7):  # two of them are the savepoint
        disclose(reader, [person], **CONTACT, at=NOW)
    with django_assert_num_queries(4):
        disclose(reader, [person], **CONTACT, at=NOW)


@pytest.mark.usefixtures("copied_db")
def test_clicking_twice_writes_once() -> None:
    reader, person = new_id(), new_id()
    made = at_once(*[lambda: disclose(reader, [person], **CONTACT, at=NOW)] * 6)
    assert sum(isinstance(each, Disclosure) for each in made) == 1
    assert made.count(None) == 5
    assert DisclosureOf.objects.filter(person=person).count() == 1
    assert verify().whole
