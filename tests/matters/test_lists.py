"""What each one's lists hold: theirs, all of it, in order, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulin.kernel import stamps
from mulin.kernel.refusals import Invalid
from mulin.matters.face import Filters, Matter, Part, Show, filtered, listed
from mulin.places.face import Level
from tests.matters.world import NOW, a_matter, do, seat_of, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def every_page(username: str, filters: Filters, limit: int) -> list[Matter]:
    rows: list[Matter] = []
    after = ""
    while True:
        page = listed(the(username), filters, after=after, limit=limit)
        rows += page.rows
        after = page.next
        if not after:
            return rows


def test_the_queue_holds_what_waits_for_my_seats_soonest_first() -> None:
    mine = a_matter().matter
    passed = do(a_matter().matter, "pass_up", "worker")
    numbers = [matter.number for matter in every_page("worker", Filters(show=Show.MINE), 200)]
    assert mine.number in numbers
    assert passed.number not in numbers
    due = [matter.due_at for matter in every_page("worker", Filters(show=Show.MINE), 200) if matter.due_at]
    assert due == sorted(due)


@pytest.mark.only_on("sqlite")  # PostgreSQL rightly reads a tiny table from end to end
def test_the_queue_is_read_by_the_index_of_turns() -> None:
    """Whoever looks at their queue never reads through all matters of the town."""
    plan = filtered(the("worker"), Filters(show=Show.MINE)).order_by().explain()
    assert "SCAN matters_matter" not in plan


def test_what_asks_for_help_is_in_the_queue_as_well() -> None:
    matter = a_matter().matter
    seat = the("committee").seats[0]
    Part.objects.create(matter=matter, kind="assist", seat=seat, from_at=NOW)
    assert matter in every_page("committee", Filters(show=Show.MINE), 200)


@pytest.mark.parametrize("show", list(Show))
def test_pages_by_key_give_every_row_once(show: Show) -> None:
    for _ in range(7):
        a_matter()
    whole = [matter.pk for matter in every_page("operator", Filters(show=show), 200)]
    pages = [matter.pk for matter in every_page("operator", Filters(show=show), 2)]
    assert pages == whole
    assert len(set(whole)) == len(whole)


def test_late_is_what_has_passed_its_due_date() -> None:
    matter = a_matter().matter
    Matter.objects.filter(pk=matter.pk).update(due_at=NOW - timedelta(minutes=1))
    numbers = {each.number for each in every_page("operator", Filters(show=Show.LATE), 200)}
    assert matter.number in numbers


@pytest.mark.parametrize("words", ["路灯", "灯", "street lamp", "槐花巷", "STREET"])
def test_found_by_words_in_both_languages_down_to_one_character(words: str) -> None:
    matter = a_matter(text="槐花巷的路灯不亮了 the street lamp is out").matter
    assert matter.number in {
        each.number for each in every_page("worker", Filters(show=Show.ALL, q=words), 200)
    }


def test_found_by_number() -> None:
    matter = a_matter().matter
    found = listed(the("operator"), Filters(show=Show.ALL, q=matter.number))
    assert [each.number for each in found.rows] == [matter.number]


def test_words_find_nothing_that_one_may_not_see() -> None:
    matter = a_matter(text="槐花巷的路灯不亮了").matter
    for stranger in ("handler", "auditor", "sysadmin"):
        found = listed(the(stranger), Filters(show=Show.ALL, q="槐花巷"))
        assert matter.number not in {each.number for each in found.rows}


def test_a_body_finds_what_it_was_given_and_keeps_sight_of_it() -> None:
    matter = do(a_matter(start=Level.TOWN, text="槐花巷水管爆裂").matter, "file", "operator")
    matter = do(matter, "dispatch", "operator", seat=seat_of("handler"))
    assert [m.number for m in listed(the("handler"), Filters(show=Show.ALL, q="水管")).rows] == [
        matter.number
    ]
    do(matter, "return", "handler")
    assert [m.number for m in listed(the("handler"), Filters(show=Show.ALL, q="水管")).rows] == [
        matter.number
    ]


@pytest.mark.parametrize("query", [{"state": "nonsense"}, {"show": "me"}, {"level": "x"}])
def test_a_word_that_means_nothing_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        Filters.read(query)


def test_a_broken_page_key_is_refused() -> None:
    with pytest.raises(Invalid):
        listed(the("operator"), Filters(), after="~nonsense")


@pytest.mark.parametrize("key", [10**30, -1])
def test_a_key_that_no_database_counts_to_is_refused(key: int) -> None:
    with pytest.raises(Invalid):
        listed(the("operator"), Filters(q="灯"), after=f"{key}.{a_matter().matter.pk}")


def test_a_page_costs_a_fixed_number_of_statements(django_assert_max_num_queries: object) -> None:
    for _ in range(3):
        a_matter(start=Level.TOWN)
    who = the("operator")
    listed(who, Filters(show=Show.MINE))
    with stamps.remembered(), django_assert_max_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture
        page = listed(who, Filters(show=Show.MINE))
        assert [str(matter.turn) + matter.type_label + matter.held_at.label for matter in page.rows]
