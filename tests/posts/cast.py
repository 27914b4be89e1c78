"""People, places and posts for tests, in the words of the domain.

    worker = as_grid_worker("990402005001001")     # a Who: somebody who holds that post now
    user = a_person("王芳")                         # an account without a post
    a_post(user, "grid_head", "990402005001")       # appointed a year ago, still there

Rows are written directly: what is under test is what people may do with them.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from mulin.places.face import Area, Family, GridKind, Level, path_problem
from mulin.posts.face import Duty, Organisation, Post, Seat, Service, User, Who, role, seat_for
from tests.support.clock import NOW

LONG_AGO = NOW - timedelta(days=365)
COUNTY = "990402"
TOWN, OTHER_TOWN = "990402005", "990402006"
VILLAGE, OTHER_VILLAGE, FAR_VILLAGE = "990402005001", "990402005002", "990402006001"
GRID, OTHER_GRID, FAR_GRID = "990402005001001", "990402005001002", "990402006001001"
BUILDING = GRID + "0000001"
UNIT = BUILDING + "01"

_numbers = itertools.count(1)


def a_place(path: str, **facts: object) -> Area:
    """The open area at this path, with everything above it."""
    found = Area.objects.filter(path=path).first()
    if found:
        return found
    level = Level(len(path))
    above = [path[:each] for each in Level if each < level and not path_problem(path[:each])]
    return Area.objects.create(
        path=path,
        level=level,
        code=path,
        name=f"地方{path}",
        name_en=f"Place {path}",
        parent=a_place(above[-1]) if above else None,
        family=base_family() if level == Level.GRID else None,
        grid_kind=GridKind.BASIC if level == Level.GRID else "",
        from_at=LONG_AGO,
        changed_at=LONG_AGO,
        **facts,
    )


def base_family() -> Family:
    return Family.objects.get_or_create(code="base", defaults={"cover": "partition", "name": "基础网格"})[0]


def a_person(name: str = "", *, home: str | None = TOWN, password: str = "", **facts: object) -> User:
    number = next(_numbers)
    user = User(
        username=f"person{number}",
        name=name or f"某人{number}",
        name_en=f"Person {number}",
        home=a_place(home) if home else None,
        created_at=LONG_AGO,
    )
    for fact, value in facts.items():
        setattr(user, fact, value)
    user.set_password(password or None)
    user.save(force_insert=True)
    return user


def a_body(
    name: str = "", *, home: str = TOWN, serves: tuple[str, ...] = (), **facts: object
) -> Organisation:
    number = next(_numbers)
    body = Organisation(
        kind="department", name=name or f"机构{number}", home=a_place(home), created_at=LONG_AGO
    )
    for fact, value in facts.items():
        setattr(body, fact, value)
    body.name_en = body.name_en or f"Body {number}"
    body.save(force_insert=True)
    for path in serves:
        Service.objects.create(organisation=body, area=a_place(path), from_at=LONG_AGO)
    return body


def a_seat(code: str, place: str | Organisation) -> Seat:
    """Made, whoever sits there or nobody."""
    if isinstance(place, Organisation):
        return seat_for(code, organisation=place)
    return seat_for(code, area=a_place(place))


def a_post(
    user: User,
    code: str,
    place: str | Organisation,
    *,
    from_at: datetime = LONG_AGO,
    to_at: datetime | None = None,
) -> Post:
    return Post.objects.create(user=user, seat=a_seat(code, place), from_at=from_at, to_at=to_at)


def a_duty(user: User, path: str) -> Duty:
    return Duty.objects.create(user=user, area=a_place(path), from_at=LONG_AGO)


def as_(user: User, now: datetime = NOW) -> Who:
    """Somebody asks, now."""
    return Who.of(user, now)


def holding(code: str, place: str | Organisation, name: str = "") -> Who:
    """Somebody new who holds this post."""
    home = place.home.path if isinstance(place, Organisation) else place[: Level.TOWN]
    user = a_person(name or str(role(code).code), home=home)
    a_post(user, code, place)
    return as_(user)


def as_resident() -> Who:
    return as_(a_person(home=None))


def as_grid_worker(grid: str = GRID) -> Who:
    return holding("grid_worker", grid)


def as_grid_head(village: str = VILLAGE) -> Who:
    return holding("grid_head", village)


def as_operator(town: str = TOWN) -> Who:
    return holding("centre_operator", town)


def as_director(town: str = TOWN) -> Who:
    return holding("centre_director", town)


def as_handler(body: Organisation) -> Who:
    return holding("department_handler", body)


def as_system_administrator(place: str = TOWN) -> Who:
    return holding("system_administrator", place)


def as_security_administrator(place: str = TOWN) -> Who:
    return holding("security_administrator", place)


def as_auditor(place: str = TOWN) -> Who:
    return holding("auditor", place)


def person_of(who: Who) -> User:
    """The account of somebody who is signed in."""
    assert who.user is not None
    return who.user
