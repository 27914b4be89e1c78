"""Who looked at whose data, for the auditor: a page at a time, of one reader or record, nobody by their name."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.doors.desk import readings
from mulin.registry.actions.finding import find_exact
from mulin.registry.actions.revealing import reveal
from tests.matters.world import NOW, the
from tests.truth.planted import MARKS, Home, a_marked_home

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
URL = "/desk/readings/"


@pytest.fixture
def home() -> Home:
    return a_marked_home()


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(the("auditor").user)  # type: ignore[arg-type]  # one of the cast has an account
    return client


def test_a_reading_stands_there_with_its_purpose_and_without_a_name(home: Home, auditor: Client) -> None:
    reveal(home.resident, "phone", purpose="contact", by=the("worker"), now=NOW)
    page = auditor.get(URL).content.decode()
    assert "To reach the person" in page
    assert "Grid worker" in page
    assert str(home.resident.pk) in page
    assert not [mark for mark in MARKS if mark in page]


def test_of_one_reader_and_of_one_record(home: Home, auditor: Client) -> None:
    worker, head = the("worker"), the("head")
    reveal(home.resident, "phone", purpose="contact", by=worker, now=NOW)
    reveal(home.spouse, "phone", purpose="contact", by=head, now=NOW)
    assert worker.user
    of_worker = auditor.get(URL, {"reader": worker.user.username}).content.decode()
    of_spouse = auditor.get(URL, {"record": str(home.spouse.pk)}).content.decode()
    assert str(home.resident.pk) in of_worker
    assert str(home.spouse.pk) not in of_worker
    assert str(home.resident.pk) not in of_spouse
    assert str(home.spouse.pk) in of_spouse
    assert "No readings" in auditor.get(URL, {"reader": "nobody.at.all"}).content.decode()
    assert auditor.get(URL, {"record": "x"}).status_code == 422


def test_page_by_page_in_a_fixed_number_of_statements(
    home: Home, auditor: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:  # fmt: skip
    monkeypatch.setattr(readings, "PAGE", 3)
    for last in range(5):
        find_exact(f"1301234567{last}", purpose="duty", by=the("worker"), now=NOW)
    auditor.get(URL)
    with django_assert_max_num_queries(12):
        first = auditor.get(URL)
    assert first.context["next_url"]
    second = auditor.get(URL + first.context["next_url"])
    ids = [told.row.pk for answer in (first, second) for told in answer.context["rows"]]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 5
    assert second.context["next_url"] == ""
