"""Anybody does anything they are offered, at random: a matter stays in order, and its journal whole."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from mulin.journal.face import verify
from mulin.kernel.refusals import Refusal
from mulin.matters.actions.options import Choosing
from mulin.matters.face import Given, Matter, Move, act, offers
from mulin.matters.rules.case import Portion
from mulin.matters.rules.moves import Ask, Outcome
from mulin.matters.rules.states import Kind
from mulin.places.face import Level
from mulin.posts.face import Who
from tests.matters.world import NOW, a_matter, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

PEOPLE = ("worker", "head", "committee", "operator", "director", "handler", "police", "checker", "county")
ENDS = ("decline", "withdraw", "join")
STEPS = 60


def some(matter: Matter, move: Move, rolled: Random, who: Who) -> Given:
    """What this person fills in; sometimes wrong."""
    seats = Choosing(matter).of(move) if Ask.SEAT in move.asks else []
    return Given(
        note="说明", reason="给居民的话", seat=rolled.choice(seats).key if seats else None,
        outcome=rolled.choice(list(Outcome)), rating=rolled.randint(1, 5), solved=rolled.random() < 0.5,
        amount=rolled.randint(1, 4), until=who.now.date() + timedelta(days=rolled.randint(0, 30)),
        portions=(Portion(matter.type.code, "井盖坏了"),), kind=matter.type.code, place=matter.place,
    )  # fmt: skip


def in_order(matter: Matter) -> None:
    leads = matter.parts.filter(kind="lead", to_at=None).count()
    assert leads <= 1
    assert (matter.turn_id is None) or matter.kind is Kind.OPEN
    assert matter.turn_id or matter.kind is not Kind.OPEN or matter.state == "handled"
    if matter.kind is Kind.WAITING:
        assert (matter.due_from, matter.promise_from) == (None, None)
        assert not matter.parts.filter(to_at=None).exclude(clock_from=None).exists()
        assert matter.resume_to
    if matter.kind is Kind.OPEN:
        assert matter.due_at
        assert matter.due_from
    if matter.kind in (Kind.DONE, Kind.VOID):
        assert not matter.parts.filter(to_at=None, kind__in=("lead", "assist")).exists()


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_of_what_people_are_offered(seed: int) -> None:
    rolled, now = Random(seed), NOW
    matter = a_matter(
        start=rolled.choice((Level.GRID, Level.VILLAGE, Level.TOWN)), by=the("instructor")
    ).matter
    made: set[str] = set()
    for _step in range(STEPS):
        now += timedelta(minutes=rolled.randint(10, 300))
        who = the(rolled.choice((*PEOPLE, "instructor")), now)
        offered = [offer.move for offer in offers(matter, who) if offer.code not in ENDS]
        if not offered:
            continue
        move = rolled.choice([each for each in offered if each.code not in made] or offered)
        try:
            matter = act(matter, move.code, given=some(matter, move, rolled, who), by=who, now=now)
        except Refusal:
            matter.refresh_from_db()
            continue
        made.add(move.code)
        in_order(matter)
    assert len(made) >= 5
    assert verify().problems == []
