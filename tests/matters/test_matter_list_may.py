"""The matter list is one for all towns: whoever directs every one of them changes it."""

from __future__ import annotations

import pytest

from mulin.journal.face import SYSTEM
from mulin.kernel.refusals import NotAllowed
from mulin.kernel.worktime import Limit, Unit
from mulin.matters.face import Clock, set_limit
from mulin.places.face import Area, Level, NewArea, open_area
from mulin.posts.face import Permission, User, Who
from tests.matters.world import NOW, a_kind

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def a_director(level: Level) -> Who:
    everybody = [Who.of(user, NOW) for user in User.objects.filter(is_active=True)]
    directs = (who for who in everybody if who.has(Permission.MATTER_TYPE_EDIT))
    return next(who for who in directs if {level} == {seat.area.level for seat in who.seats if seat.area})


def change(who: Who) -> None:
    set_limit(a_kind(), clock=Clock.HANDLE, limit=Limit(2, Unit.WORKDAY), by=who, now=NOW)


def test_the_director_of_the_only_town_changes_it() -> None:
    change(a_director(Level.TOWN))


def test_where_there_is_another_town_the_director_of_one_does_not() -> None:
    town = Area.objects.at_level(Level.TOWN)[0]
    open_area(NewArea(town.path[: Level.COUNTY] + "099", "另一街道"), by=SYSTEM, now=NOW)
    with pytest.raises(NotAllowed, match="every town"):
        change(a_director(Level.TOWN))
