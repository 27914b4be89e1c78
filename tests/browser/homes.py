"""Puts a household, a shop and a care need into a live tiny town: `python -m tests.browser.homes`."""

from __future__ import annotations

from datetime import date, timedelta

from mulin.commands import start


def fill() -> None:
    """王秀英 and 李建国 at a door of the worker's grid; the worker may read her care need."""
    from mulin.kernel import clock
    from mulin.places.face import Area, Level, units
    from mulin.posts.face import Seat, User, Who
    from mulin.registry.face import (
        Stay,
        enter_dwelling,
        enter_merchant,
        grant_care,
        open_household,
        register_resident,
    )

    now = clock.now()
    worker, head = (Who.of(User.objects.get(username=name), now) for name in ("worker", "head"))
    seat = Seat.objects.get(role="grid_worker", area__path="370402005010001")
    building = Area.objects.plain().under(seat.area.path).at_level(Level.BUILDING).order_by("path")[0]  # type: ignore[union-attr]  # found by its area
    unit = units(building).first() or building
    door = enter_dwelling(unit, by=worker, now=now, floor=3, number="302", use="owner")
    enter_dwelling(unit, by=worker, now=now, floor=5, number="501", use="empty")
    home = open_household(door, by=worker, now=now)
    wang = {"name": "王秀英", "born_on": date(1948, 3, 5), "sex": "2", "phone": "13900000001"}
    register_resident(wang, door, Stay(household=home, relation="0"), by=worker, now=now)
    li = {"name": "李建国", "born_on": date(1946, 1, 9), "sex": "1"}
    register_resident(li, door, Stay(household=home, relation="1"), by=worker, now=now)
    enter_merchant(unit, {"name": "老王面馆", "kind": "shop", "operator_name": "王老板"}, by=worker, now=now)
    grant_care(
        home.residences.get(relation="0").resident, kind="lives_alone", purpose="每周敲门", basis="application",
        basis_text="申请", until_on=now.date() + timedelta(days=90), readers=[seat], by=head, now=now,
    )  # fmt: skip


if __name__ == "__main__":
    start.django()
    fill()
