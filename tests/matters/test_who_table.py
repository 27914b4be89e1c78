"""The table of who does what: the house's, and a town's own rows over it, each from a date on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import Entry, facts_of
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.who_does import clear_who, set_who
from mulin.matters.face import Circulation
from mulin.matters.models import WhoRow
from mulin.matters.queries.who_tables import table_at
from mulin.matters.rules.who import WHO, Function
from mulin.matters.rules.who_may import why_not_role
from mulin.places.face import Area, Level
from mulin.posts.face import ROLES
from tests.matters.world import NOW, a_matter, do, nobody, the, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
DAY = timedelta(days=1)
TODAY = NOW.date()


def the_town() -> Area:
    return Area.objects.get(path=the_grid().path[: Level.TOWN])


def set_filing(*roles: str, days: int = 0, **more: Any) -> WhoRow:
    options: dict[str, Any] = {"from_day": TODAY + days * DAY, "by": the("sysadmin"), "now": NOW}
    return set_who(the_town(), Circulation.MICRO, Function.FILES, roles, **options | more)


def files(days: int = 0) -> tuple[str, ...]:
    return table_at(the_grid().path, NOW + days * DAY)[Circulation.MICRO, Function.FILES]


@pytest.mark.parametrize(("circulation", "function"), list(WHO))
def test_the_houses_own_table_would_pass(circulation: Circulation, function: Function) -> None:
    for code in WHO[circulation, function]:
        assert why_not_role(ROLES[code], circulation, function) == ""


def test_from_now_on_the_secretary_files_in_the_grid() -> None:
    before = a_matter().matter
    set_filing("grid_head", "grid_worker")
    matter = a_matter(by=nobody(NOW + timedelta(minutes=1))).matter
    assert before.turn
    assert matter.turn
    assert (before.turn.role, matter.turn.role) == ("grid_worker", "grid_head")
    entry = Entry.objects.get(code="who_table.changed")
    assert facts_of(entry)["roles"] == ["grid_head", "grid_worker"]


def test_from_a_day_to_come_it_waits_until_then() -> None:
    set_filing("grid_head", days=7)
    assert files(6) == ("grid_worker",)
    assert files(8) == ("grid_head",)


def test_a_later_row_ends_the_one_before_and_what_was_planned() -> None:
    set_filing("grid_head")
    set_filing("grid_head", "grid_worker", days=10)
    set_filing("grid_worker", "grid_head", days=5)
    assert files(1) == ("grid_head",)
    assert files(20) == ("grid_worker", "grid_head")
    assert WhoRow.objects.filter(to_at=None).count() == 1


def test_back_to_the_house_from_a_day_on() -> None:
    set_filing("grid_head")
    cleared = clear_who(
        the_town(), Circulation.MICRO, Function.FILES, from_day=TODAY + 3 * DAY, by=the("sysadmin"), now=NOW
    )
    assert cleared
    assert files(2) == ("grid_head",)
    assert files(4) == WHO[Circulation.MICRO, Function.FILES]
    again = clear_who(
        the_town(), Circulation.SMALL, Function.FILES, from_day=TODAY, by=the("sysadmin"), now=NOW
    )
    assert not again


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ((), "missing"),
        (("grid_worker", "grid_worker"), "twice"),
        (("nobody",), "unknown_role"),
        (("building_head",), "role_may_not"),
        (("department_handler",), "role_may_not"),
    ],
)
def test_what_cannot_be_is_refused_in_words(roles: tuple[str, ...], code: str) -> None:
    with pytest.raises(Invalid) as told:
        set_filing(*roles)
    assert told.value.code == code
    assert not WhoRow.objects.exists()


def test_a_body_handles_from_the_community_up_but_not_in_the_grid() -> None:
    def handled_by(circulation: Circulation) -> WhoRow:
        roles = ["specialist"]
        return set_who(
            the_town(), circulation, Function.HANDLES, roles, from_day=TODAY, by=the("sysadmin"), now=NOW
        )

    assert handled_by(Circulation.SMALL).roles == ["specialist"]
    with pytest.raises(Invalid) as told:
        handled_by(Circulation.MICRO)
    assert told.value.code == "no_body_in_grid"


def test_the_past_stays() -> None:
    with pytest.raises(Invalid):
        set_filing("grid_head", days=-1)


def test_only_who_may_edit_the_list_of_that_town() -> None:
    for username in ("worker", "head", "operator", "handler"):
        with pytest.raises(NotAllowed):
            set_filing("grid_head", by=the(username))


def test_a_matter_that_is_open_goes_on_by_the_new_table() -> None:
    matter = a_matter().matter
    set_who(
        the_town(), Circulation.MICRO, Function.CHECKS, ["checker", "grid_head"], from_day=TODAY,
        by=the("sysadmin"), now=NOW,
    )  # fmt: skip
    later = NOW + timedelta(minutes=5)
    matter = do(do(matter, "file", "worker", later), "hand_in", "worker", later)
    if matter.turn:
        assert matter.turn.role == "checker"
