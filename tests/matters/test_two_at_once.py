"""Two people act on one matter at the same moment: exactly one wins, the other is told what happened."""

from __future__ import annotations

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Conflict
from mulin.kernel.worktime import Limit, Unit
from mulin.matters.face import (
    Clock,
    Given,
    Matter,
    MatterLimit,
    act,
    close_unchecked,
    report,
    set_limit,
    whereabouts,
)
from mulin.places.face import Level
from mulin.posts.face import Post, Who
from tests.matters.world import (
    NOW,
    a_kind,
    a_matter,
    do,
    nobody,
    seat_of,
    the,
    the_building,
    the_workers_seat,
)
from tests.support.races import at_once

pytestmark = [pytest.mark.usefixtures("copied_db"), pytest.mark.tiny_town]


def test_file_and_decline_at_once() -> None:
    matter = a_matter(start=Level.TOWN).matter
    operators = Post.objects.open_at(NOW).filter(seat=matter.turn).select_related("user")
    first, second = (Who.of(post.user, NOW) for post in operators[:2])
    results = at_once(
        lambda: act(matter, "file", given=Given(), by=first, now=NOW, version=matter.version),
        lambda: act(matter, "decline", given=Given(reason="x"), by=second, now=NOW, version=matter.version),
    )
    told = [each for each in results if isinstance(each, Exception)]
    assert len(told) == 1
    assert isinstance(told[0], Conflict)
    winner, what = (second, "Not filed") if told[0] is results[0] else (first, "Filed")
    assert winner.user
    assert winner.user.label in str(told[0])
    assert what in str(told[0])
    assert Entry.objects.filter(subject=matter.pk).count() == 2
    assert verify().problems == []


def test_a_double_click_moves_once() -> None:
    matter = a_matter().matter
    results = at_once(*[lambda: do_seen(matter, "file") for _ in range(4)])
    assert sum(isinstance(each, Matter) for each in results) == 1
    assert all(isinstance(each, Matter | Conflict) for each in results)
    assert Entry.objects.filter(subject=matter.pk, code="matter.filed").count() == 1


def do_seen(matter: Matter, code: str) -> Matter:
    return act(matter, code, given=Given(), by=the("worker"), now=NOW, version=matter.version)


def test_the_system_does_not_close_what_somebody_sends_back() -> None:
    matter = do(do(a_matter().matter, "file", "worker"), "hand_in", "worker")
    Matter.objects.filter(pk=matter.pk).update(turn=None)
    assert matter.due_at
    due = matter.due_at
    results = at_once(
        lambda: close_unchecked(by=Who.system(due), now=due),
        lambda: close_unchecked(by=Who.system(due), now=due),
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert Entry.objects.filter(subject=matter.pk, code="matter.closed_unchecked").count() == 1


def test_many_reports_at_once_get_numbers_of_their_own() -> None:
    kind, place = a_kind(), the_building()

    def raise_one() -> str:
        where = whereabouts(kind, area=place)
        return report(
            kind, text="路灯不亮", where=where, channel="portal", by=nobody(), now=NOW
        ).matter.number

    numbers = at_once(*[raise_one for _ in range(8)])
    assert not [each for each in numbers if isinstance(each, Exception)]
    assert len(set(map(str, numbers))) == 8


def test_two_dispatchers_at_once_leave_one_lead() -> None:
    matter = do(a_matter(start=Level.TOWN).matter, "file", "operator")
    results = at_once(
        lambda: do(matter, "dispatch", "operator", seat=seat_of("handler")),
        lambda: do(matter, "dispatch", "operator", seat=seat_of("police")),
    )
    assert sum(isinstance(each, Matter) for each in results) == 1
    assert matter.parts.filter(to_at=None).count() == 1


def test_whoever_leaves_their_post_at_that_moment_may_no_longer_act() -> None:
    matter = a_matter().matter
    Post.objects.filter(seat=the_workers_seat()).update(to_at=NOW)
    (told,) = at_once(lambda: do(matter, "file", "worker"))
    assert isinstance(told, Exception)


def test_two_limits_at_once_leave_one_that_runs() -> None:
    kind = a_kind()
    results = at_once(
        *[
            lambda days=days: set_limit(
                kind, clock=Clock.HANDLE, limit=Limit(days, Unit.WORKDAY), by=Who.system(NOW), now=NOW
            )
            for days in (2, 3, 4)
        ]
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert MatterLimit.objects.filter(type=kind, clock=Clock.HANDLE, to_at=None).count() == 1
