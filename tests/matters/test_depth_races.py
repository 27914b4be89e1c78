"""Two people join A to B and B to A at the same moment; or join and move the same one: one of them wins."""

from __future__ import annotations

from functools import partial

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Refusal
from mulin.matters.face import Given, Matter, act
from mulin.matters.rules.case import Portion
from mulin.places.face import Level
from tests.matters.pages.ways import referred
from tests.matters.world import NOW, a_matter, do, the
from tests.support.races import at_once

pytestmark = [pytest.mark.usefixtures("copied_db"), pytest.mark.tiny_town]


def test_two_who_join_each_other_at_once_make_no_loop() -> None:
    for _round in range(3):
        one, two = (a_matter(start=Level.TOWN).matter for _ in range(2))
        results = at_once(
            partial(do, one, "join", "operator", other=two.number),
            partial(do, two, "join", "operator", other=one.number),
        )
        refused = [each for each in results if isinstance(each, Exception)]
        assert len(refused) == 1
        assert isinstance(refused[0], Refusal)
        rows = Matter.objects.filter(pk__in=[one.pk, two.pk])
        assert sorted(row.state for row in rows) == ["joined", "reported"]
    assert verify().problems == []


def test_three_joined_in_a_ring_at_once_make_no_chain() -> None:
    a, b, c = (a_matter(start=Level.TOWN).matter for _ in range(3))
    results = at_once(
        lambda: do(a, "join", "operator", other=b.number),
        lambda: do(b, "join", "operator", other=c.number),
        lambda: do(c, "join", "operator", other=a.number),
    )
    assert all(isinstance(each, Matter | Refusal) for each in results)
    for row in Matter.objects.filter(pk__in=[a.pk, b.pk, c.pk], state="joined"):
        assert row.joined_to
        assert row.joined_to.state != "joined"


def test_joined_and_filed_at_once() -> None:
    one, main = (a_matter(start=Level.TOWN).matter for _ in range(2))
    results = at_once(
        lambda: act(
            one, "join", given=Given(other=main.number), by=the("operator"), now=NOW, version=one.version
        ),
        lambda: act(one, "file", given=Given(), by=the("operator"), now=NOW, version=one.version),
    )
    assert sum(isinstance(each, Matter) for each in results) == 1
    assert Entry.objects.filter(subject=one.pk).count() == 2


def test_split_and_declined_at_once() -> None:
    one = a_matter(start=Level.TOWN).matter
    into = Given(portions=(Portion(one.type.code, "井盖坏了"),))
    results = at_once(
        lambda: act(one, "split", given=into, by=the("operator"), now=NOW, version=one.version),
        lambda: act(
            one, "decline", given=Given(reason="x"), by=the("operator"), now=NOW, version=one.version
        ),
    )
    assert sum(isinstance(each, Matter) for each in results) == 1
    one.refresh_from_db()
    assert one.split.count() == one.split_count == (0 if one.state == "declined" else 1)


def test_recalled_below_and_urged_above_at_once() -> None:
    matter = referred()
    above = Matter.objects.get(number=matter.referral)
    results = at_once(
        lambda: do(matter, "recall", "county"),
        lambda: act(above, "withdraw", given=Given(), by=the("county"), now=NOW),
    )
    assert all(isinstance(each, Matter | Refusal) for each in results)
    matter.refresh_from_db()
    assert matter.state in ("filed", "handled")
    assert verify().problems == []
