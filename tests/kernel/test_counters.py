"""Running numbers."""

from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from mulin.kernel.counters import NumberSource
from mulin.kernel.models import Counter
from mulin.kernel.numbers import parse, with_check
from tests.support.races import at_once

NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_numbers_run_by_year_of_the_town() -> None:
    source = NumberSource("test")
    assert source.next(NOW) == with_check(2026, 1)
    assert source.next(NOW) == with_check(2026, 2)
    # In Shanghai the new year has begun.
    assert source.next(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)) == with_check(2027, 1)
    assert source.many(NOW, 3) == [with_check(2026, n) for n in (3, 4, 5)]
    assert NumberSource("other").next(NOW) == with_check(2026, 1)


@pytest.mark.usefixtures("copied_db")
def test_a_block_is_drawn_before_and_costs_the_act_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    source = NumberSource("test")
    source.prepare(NOW)
    with transaction.atomic(), django_assert_num_queries(0):
        assert source.next(NOW) == with_check(2026, 1)


@pytest.mark.usefixtures("copied_db")
def test_a_rollback_never_gives_a_number_twice() -> None:
    source, numbers = NumberSource("test", block=2), []
    for fail in (True, False, True, False, False, True, False):
        try:
            with transaction.atomic():
                number = source.next(NOW)
                if fail:
                    raise RuntimeError
                numbers.append(number)
        except RuntimeError:
            source.prepare(NOW)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.usefixtures("copied_db")
def test_many_processes_never_get_the_same() -> None:
    def some() -> list[str]:
        source = NumberSource("race", block=3)  # each its own, as in processes
        return [source.next(NOW) for _ in range(10)]

    drawn = at_once(*[some] * 6)
    numbers = [number for each in drawn if isinstance(each, list) for number in each]
    assert len(set(numbers)) == 60
    assert all(parse(number) == number for number in numbers)


@pytest.mark.usefixtures("copied_db")
def test_whoever_draws_keeps_no_transaction_waiting() -> None:
    """On SQLite the one who draws waits for the write lock, and its holder would wait for the one who draws."""
    inside, drawing = Event(), Event()

    class Source(NumberSource):
        def _draw(self, now: datetime, count: int) -> range:
            drawing.set()
            return super()._draw(now, count)

    source = Source("race", block=3)

    def in_a_transaction() -> str:
        with transaction.atomic():
            Counter.objects.update_or_create(name="other", year=2026)
            inside.set()
            assert drawing.wait(5)
            return source.next(NOW)

    def before_one() -> str:
        assert inside.wait(5)
        return source.next(NOW)

    numbers = at_once(in_a_transaction, before_one)
    assert len(set(numbers)) == 2
    assert all(isinstance(number, str) for number in numbers), numbers
