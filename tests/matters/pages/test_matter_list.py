"""The matter list at the desk: read by staff, changed by whoever may."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Entry
from mulin.matters.face import MatterLimit, MatterType
from tests.matters.pages.desk import at_desk, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
LIST = "/desk/matter-types/"
LAMP = f"{LIST}010301/"
WORDS = {"name": "路灯不亮了", "name_en": "Lamp is out", "hint": "", "hint_en": "", "public": "on"}


def lamp() -> MatterType:
    return MatterType.objects.get(code="010301")


def test_the_tree_of_three_levels_is_shown_with_sample_limits() -> None:
    text = words_of(at_desk("worker").get(LIST))
    for words in ("Public facilities", "Lighting, poles and wires", "Street lamp out", "sample"):
        assert words in text
    chinese = words_of(at_desk("worker", "zh-hans").get(LIST))
    assert "路灯不亮" in chinese
    assert "示例" in chinese


def test_the_list_is_searched_in_both_languages() -> None:
    for words in ("lamp", "路灯"):
        text = words_of(at_desk("worker").get(LIST, {"q": words}))
        assert "Street lamp out" in text
        assert "Manhole cover" not in text
    assert "No entry has these words" in words_of(at_desk("worker").get(LIST, {"q": "unicorn"}))


def test_it_costs_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = at_desk("worker")
    client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_an_entry_tells_conditions_and_limits() -> None:
    text = words_of(at_desk("worker").get(LAMP))
    assert lamp().filing_en in text
    assert lamp().closing_en in text
    assert "3 working days" in text
    assert "Change the words" not in text


@pytest.mark.parametrize("code", ["999999", "01", "0103", "abc"])
def test_what_is_no_entry_is_not_found(code: str) -> None:
    assert at_desk("worker").get(f"{LIST}{code}/").status_code == 404


def test_the_director_changes_words_limit_and_takes_it_off() -> None:
    client = at_desk("director")
    assert client.post(f"{LAMP}words/", WORDS).status_code == 303
    assert (lamp().name, lamp().name_en) == ("路灯不亮了", "Lamp is out")
    assert client.post(f"{LAMP}limits/promise/", {"amount": 2, "unit": "workday"}).status_code == 303
    running = MatterLimit.objects.get(type=lamp(), clock="promise", to_at=None)
    assert (running.amount, running.unit, lamp().sample) == (2, "workday", False)
    text = words_of(client.get(LAMP))
    assert "2 working days" in text
    assert "Former limits" in text
    assert client.post(f"{LAMP}close/").status_code == 303
    assert lamp().closed_at
    assert "off the list" in words_of(client.get(LAMP))
    assert Entry.objects.filter(subject=lamp().pk).count() == 3


@pytest.mark.parametrize("address", ["words/", "limits/promise/", "close/"])
def test_whoever_may_not_change_it_is_refused(address: str) -> None:
    before = MatterType.objects.values().get(code="010301")
    answer = at_desk("worker").post(LAMP + address, WORDS | {"amount": 2, "unit": "workday"})
    assert answer.status_code == 403
    assert MatterType.objects.values().get(code="010301") == before


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("words/", {"name": ""}),
        ("words/", {"name": "长" * 61}),
        ("words/", {"name": "灯", "filing": "长" * 500}),
        ("limits/promise/", {"amount": "0", "unit": "workday"}),
        ("limits/promise/", {"amount": "many", "unit": "workday"}),
        ("limits/promise/", {"amount": "3", "unit": "moon"}),
    ],
)
def test_what_is_wrong_comes_back_with_a_message(address: str, sent: dict[str, str]) -> None:
    answer = at_desk("director").post(LAMP + address, sent)
    assert answer.status_code == 422
    assert "is-invalid" in words_of(answer)


def test_there_is_no_such_clock() -> None:
    answer = at_desk("director").post(f"{LAMP}limits/moon/", {"amount": 2, "unit": "workday"})
    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["words/", "limits/promise/", "close/"])
def test_opening_the_address_of_a_change_changes_nothing(address: str) -> None:
    answer = at_desk("director").get(LAMP + address)
    assert (answer.status_code, answer["Location"]) == (303, LAMP)
    assert lamp().closed_at is None
