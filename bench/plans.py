"""What is asked of the server, and how many statements each costs: `python -m bench.plans FILE`, on a town.

Everything goes through the front door. Tokens are made by the action that makes a person's own; sessions as signing in
makes them. Statements are counted by a client inside this process, which drives the whole application on the same
database with everything warm: an execute wrapper sees each, and BEGIN, COMMIT and SAVEPOINT are not counted.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Ask = dict[str, Any]
SEED = 1949
STAFF, NUMBERS, BODIES, COUNTED = 16, 2000, 4000, 10
CYCLED = 320  # matters that go to and fro
WORDS = [
    "路灯",
    "垃圾",
    "停车",
    "楼道",
    "下水",
    "噪音",
    "漏水",
    "井盖",
    "电梯",
    "消防",
    "占道",
    "施工",
    "绿化",
    "路面",
    "管道",
    "车位",
]
TEXT = (
    "小区门口的路灯坏了好几天，晚上出入看不清路，老人孩子走路都不安全，"
    "希望尽快安排人员来修理一下，谢谢大家的关心。在{:02d}号楼旁。"
)
API = "/api/v1/matters"
_SAID = {"reason": "请看看。", "note": "已看过。"}
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def main() -> None:
    from mulin.commands import start

    start.django()
    plans = Plans(start.now()).make()
    counted = {name: _count(asks) for name, asks in plans.items()}
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"plans": plans, "statements": counted}, file)


class Plans:
    """Makes lists of requests, by operation."""

    def __init__(self, now: datetime) -> None:
        self.now, self.dice = now, random.Random(SEED)
        self._tokens: dict[Any, str] = {}

    def make(self) -> dict[str, list[Ask]]:
        from mulin.matters.models import Matter

        staff = self._staff()
        numbers = list(Matter.objects.order_by("?").values_list("number", flat=True)[:NUMBERS])
        everywhere = self._everywhere()
        token, cookie = {"Authorization": f"Bearer {self.token(everywhere)}"}, _cookie(everywhere)
        queues = self._busiest()
        return {
            "create": [
                self._create(person) for person, _n in zip(_cycle(staff), range(BODIES), strict=False)
            ],
            "queue_json": [_get(f"{API}?show=mine", self._bearer(person)) for person in queues],
            "queue_html": [_get("/desk/queue/", _cookie(person)) for person in queues],
            "detail_json": [_get(f"{API}/{number}", token) for number in numbers],
            "detail_html": [_get(f"/desk/matters/{number}/", cookie) for number in numbers],
            "move": self._moves(),
            "search": [_get(f"{API}?show=all&q={_quoted(word)}", token) for word in WORDS],
            "map_tile": [
                _get(f"/map/matters.geojson?box={box}", {"Accept-Encoding": "gzip"}) for box in self._boxes()
            ],
            "public_map": [_get("/map/", {"Accept-Encoding": "gzip"})],
        }

    def token(self, person: Any) -> str:
        from mulin.posts.actions.tokens import make_token
        from mulin.posts.face import Who

        if person.pk not in self._tokens:
            self._tokens[person.pk] = make_token(name="bench", by=Who.of(person, self.now), now=self.now)[1]
        return self._tokens[person.pk]

    def _bearer(self, person: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(person)}"}

    def _staff(self) -> list[Any]:
        """Workers, heads and operators."""
        from mulin.posts.face import Post

        roles = ("grid_worker", "grid_head", "centre_operator", "window_clerk")
        posts = (
            Post.objects.open_at(self.now).filter(seat__role__in=roles).select_related("user").order_by("id")
        )
        people = list({post.user_id: post.user for post in posts}.values())
        return self.dice.sample(people, min(STAFF, len(people)))

    def _everywhere(self) -> Any:
        """Somebody who may read the whole town."""
        from mulin.posts.face import Post

        posts = Post.objects.open_at(self.now).filter(seat__role="centre_operator", seat__area__level=9)
        return posts.select_related("user").order_by("id")[0].user

    def _busiest(self) -> list[Any]:
        """Those for whom at least a page of matters waits, one from each seat."""
        from django.db.models import Count

        from mulin.matters.models import Matter
        from mulin.posts.face import Post

        waiting = (
            Matter.objects.live().exclude(turn=None).values("turn").annotate(n=Count("pk")).order_by("-n")
        )
        seats = [row["turn"] for row in waiting[:40] if row["n"] >= 50] or [
            row["turn"] for row in waiting[:4]
        ]
        posts = Post.objects.open_at(self.now).filter(seat__in=seats).select_related("user").order_by("id")
        return list({post.seat_id: post.user for post in posts}.values())[:STAFF]

    def _create(self, person: Any) -> Ask:
        lon, lat = self.dice.choice(self._pins)
        body = {
            "type": self.dice.choice(self._kinds), "lon": lon, "lat": lat,
            "text": TEXT.format(self.dice.randrange(100))[:60],
        }  # fmt: skip
        headers = self._bearer(person) | {"Idempotency-Key": "@key@"}
        return _post(API, headers, body, expect=201)

    @property
    def _pins(self) -> list[tuple[float, float]]:
        if not hasattr(self, "_kept_pins"):
            self._kept_pins = self._random_pins()
        return self._kept_pins

    def _random_pins(self) -> list[tuple[float, float]]:
        """Spots anywhere in a grid of the town."""
        import shapely

        from mulin.places.face import Area

        grids = Area.objects.open().filter(level=15, border__isnull=False, family__code="base")
        found: list[tuple[float, float]] = []
        for border in (shapely.from_wkb(bytes(area.border or b"")) for area in grids):
            west, south, east, north = border.bounds
            while len(found) % 80 != 79:
                spot = shapely.Point(self.dice.uniform(west, east), self.dice.uniform(south, north))
                if border.contains(spot):
                    found.append((spot.x, spot.y))
            found.append((border.representative_point().x, border.representative_point().y))
        return found

    @property
    def _kinds(self) -> list[str]:
        from mulin.matters.models import MatterType

        if not hasattr(self, "_kept_kinds"):
            self._kept_kinds = sorted(MatterType.objects.listed().values_list("code", flat=True))
        return self._kept_kinds

    def _moves(self) -> list[Ask]:
        """Matters in small and large circulation, handed in and sent back, each by whoever has the turn then."""
        from mulin.matters.models import Part

        leads = Part.objects.filter(
            kind="lead", to_at=None, matter__state="handling", matter__held_level__lt=15, person__isnull=False,
            person__is_active=True, matter__about_area=None, matter__about_organisation=None,
        ).select_related("matter", "person", "seat").order_by("id")  # fmt: skip
        asks: list[Ask] = []
        for part in leads[: 4 * CYCLED]:
            asks += self._to_and_fro(part)
            if len(asks) == 2 * CYCLED:
                break
        return asks

    def _to_and_fro(self, part: Any) -> list[Ask]:
        """Hand it in to learn who checks, then send it back: as it was."""
        from mulin.kernel.refusals import Refusal
        from mulin.matters.actions.act import act
        from mulin.matters.face import Given
        from mulin.posts.face import Post, Who

        given, now = Given(note="已处理", reason="请再看看", outcome=None), self.now
        if not Post.objects.open_at(now).filter(seat=part.seat, user=part.person).exists():
            return []
        try:
            after = act(part.matter, "hand_in", given=given, by=Who.of(part.person, now), now=now)
            posts = Post.objects.open_at(now).filter(seat=after.turn_id).exclude(user=part.person)
            checker = posts.select_related("user").first()
            if checker is None:
                return []
            act(part.matter, "send_back", given=given, by=Who.of(checker.user, now), now=now)
        except Refusal:
            return []
        path = f"{API}/{part.matter.number}/moves"
        hand_in, send_back = (
            {"Idempotency-Key": "@key@"} | self._bearer(each) for each in (part.person, checker.user)
        )
        return [
            _post(f"{path}/hand_in", hand_in, _SAID),
            _post(f"{path}/send_back", send_back, _SAID),
        ]

    def _boxes(self) -> list[str]:
        """Boxes of a phone's map, somewhere in the town."""
        return [
            f"{lon - 0.004:.5f},{lat - 0.004:.5f},{lon + 0.004:.5f},{lat + 0.004:.5f}"
            for lon, lat in self._pins[::40]
        ]


def _cycle(people: list[Any]) -> Iterable[Any]:
    while True:
        yield from people


def _quoted(word: str) -> str:
    from urllib.parse import quote

    return quote(word)


def _get(path: str, headers: dict[str, str]) -> Ask:
    return {"method": "GET", "path": path, "headers": headers, "expect": 200}


def _post(path: str, headers: dict[str, str], body: dict[str, Any], expect: int = 200) -> Ask:
    return {
        "method": "POST",
        "path": path,
        "headers": headers,
        "expect": expect,
        "body": json.dumps(body, ensure_ascii=False),
    }


def _cookie(person: Any) -> dict[str, str]:
    """As signing in leaves it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from mulin.posts.rules.signing import SECOND, Second

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[SECOND] = Second.APP.value  # operators come in with a second step
    session.create()
    return {
        "Cookie": f"sessionid={session.session_key}",
        "Accept-Encoding": "gzip",
        "Accept-Language": "zh-CN",
    }


def _count(asks: list[Ask]) -> float:
    """The mean over some requests, the second time that they are made. An even number: to and fro is as it was."""
    from django.db import connection

    some = (asks * COUNTED)[:COUNTED]
    for ask in some:
        _ask(ask)
    seen: list[str] = []

    def see(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if not sql.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(see):
        for ask in some:
            _ask(ask)
    return round(len(seen) / COUNTED, 1)


def _client(headers: dict[str, str]) -> Any:
    """A new visitor of the one application, whose middleware is set up once, as a server does."""
    from django.test import Client

    global _handler
    client = Client(SERVER_NAME="localhost", headers=headers)
    client.handler = _handler = _handler or client.handler
    return client


_handler: Any = None


def _ask(ask: Ask) -> None:
    from uuid import uuid4

    headers = {name: str(uuid4()) if value == "@key@" else value for name, value in ask["headers"].items()}
    client = _client(headers)
    if "Cookie" in headers:
        name, _, value = headers.pop("Cookie").partition("=")
        client.cookies[name] = value
    if ask["method"] == "GET":
        answer = client.get(ask["path"])
    else:
        answer = client.post(ask["path"], ask["body"], content_type="application/json")
    if answer.status_code != ask["expect"]:
        raise SystemExit(f"{ask['path']}: {answer.status_code} {answer.content[:500]!r}")


if __name__ == "__main__":
    main()
