"""Allowances."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import lasting
from mulin.kernel.models import Throttle
from mulin.kernel.refusals import TooMany
from mulin.kernel.throttle import address, give_back, sweep, take
from tests.support.races import at_once

NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_so_many_and_no_more() -> None:
    for _ in range(5):
        take("sign-in:10.0.0.1", limit=5, per=HOUR, now=NOW)
    with pytest.raises(TooMany) as refused:
        take("sign-in:10.0.0.1", limit=5, per=HOUR, now=NOW)
    assert refused.value.retry_after == 720  # a fifth of the hour
    take("sign-in:10.0.0.2", limit=5, per=HOUR, now=NOW)


@pytest.mark.django_db
def test_what_was_rolled_back_is_paid_though_others_came_between_and_something_breaks() -> None:
    def breaks() -> None:
        raise ValueError

    with lasting.gathered() as acts, transaction.atomic():
        take("k", limit=1, per=HOUR, now=NOW)
        transaction.set_rollback(True)
    take("k", limit=1, per=HOUR, now=NOW)
    lasting.do_again([breaks, *acts])
    with pytest.raises(TooMany):
        take("k", limit=1, per=HOUR, now=NOW + HOUR)
    take("k", limit=1, per=HOUR, now=NOW + 2 * HOUR)


@pytest.mark.django_db
def test_it_refills_evenly() -> None:
    for _ in range(5):
        take("k", limit=5, per=HOUR, now=NOW)
    take("k", limit=5, per=HOUR, now=NOW + timedelta(minutes=12))
    with pytest.raises(TooMany):
        take("k", limit=5, per=HOUR, now=NOW + timedelta(minutes=12))
    for _ in range(5):
        take("k", limit=5, per=HOUR, now=NOW + timedelta(hours=3))
    with pytest.raises(TooMany):
        take("k", limit=5, per=HOUR, now=NOW + timedelta(hours=3))


@pytest.mark.django_db
def test_a_dear_one_takes_more_and_one_too_dear_never_passes() -> None:
    take("k", limit=5, per=HOUR, now=NOW, cost=4)
    with pytest.raises(TooMany):
        take("k", limit=5, per=HOUR, now=NOW, cost=2)
    for _ in range(2):
        with pytest.raises(TooMany):
            take("other", limit=5, per=HOUR, now=NOW, cost=6)


@pytest.mark.django_db
def test_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    take("k", limit=5, per=HOUR, now=NOW)
    with django_assert_num_queries(1):
        take("k", limit=5, per=HOUR, now=NOW)


@pytest.mark.django_db
def test_keeps_no_address_and_no_more_rows_than_needed() -> None:
    take("sign-in:10.0.0.1", limit=5, per=HOUR, now=NOW)
    take("other", limit=5, per=HOUR, now=NOW + timedelta(days=1))
    assert sweep(NOW + timedelta(hours=2)) == 1
    assert Throttle.objects.count() == 1
    give_back("other")
    assert not Throttle.objects.exists()


def test_an_address_stands_for_a_household() -> None:
    assert address("10.1.2.3") == "10.1.2.3"
    assert address("2001:db8:1:2:3:4:5:6") == address("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert address("::ffff:10.1.2.3") == "10.1.2.3"
    assert address("rubbish") == address("") == "unknown"


@pytest.mark.usefixtures("copied_db")
def test_of_many_at_once_exactly_the_limit_pass() -> None:
    def one() -> bool:
        try:
            take("race", limit=5, per=HOUR, now=NOW)
        except TooMany:
            return False
        return True

    assert at_once(*[one] * 12).count(True) == 5
