"""Asks what a row of the table says: the address with its things, filled in as somebody careful would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from mulin.matters.face import Matter
from tests.matters.former import an_import_of
from tests.truth import leaks
from tests.truth.cast import Actor, Nobody, OfTheirOwn
from tests.truth.residents import a_paper_of
from tests.truth.staff import staff_list_of
from tests.truth.things import Things, a_message_to, work_of

Answer = Any
"""The test client's own kind of response, for which its stubs have no public name."""
Sent = Mapping[str, Any]
_ROW = re.compile(
    r"(?P<method>[A-Z]+) (?P<route>\S*)(?: \[(?P<word>[^@\]]*?)(?: ?@ (?P<matter>[^\]]+))?\])?$"
)
_HOLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Row:
    """`POST desk/matters/<str:number>/do/<slug:move>/ [accept @ dispatched]`."""

    label: str
    method: str
    route: str
    word: str
    matter: str

    @classmethod
    def read(cls, label: str) -> Row:
        found = _ROW.match(label)
        assert found, f"not a row: {label!r}"
        route = "" if found["route"] == "/" else found["route"]
        return cls(label, found["method"], route, found["word"] or "", found["matter"] or "reported")

    @property
    def operation(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    def about(self, things: Things) -> Matter:
        return things.matters[self.matter]

    def address(self, things: Things) -> str:
        return "/" + _HOLE.sub(lambda hole: self._thing(hole, things), self.route)

    def _thing(self, hole: re.Match[str], things: Things) -> str:
        name, noun = hole[1], self.route[: hole.start()].rstrip("/").rpartition("/")[2]
        makers: Mapping[str, Callable[[], object]] = {
            "number": lambda: self.about(things).number,
            "photo": lambda: things.photo.pk,
            "file": lambda: things.file.pk,
            "upload": lambda: things.upload,
            "move": lambda: self.word,
            "path": lambda: _path(noun, things),
            "key": lambda: "grid_worker",
            "code": lambda: things.kind.code if noun == "matter-types" else self.word,
            "clock": lambda: "handle",
            "record": lambda: "resident",
            "column": lambda: self.word or "phone",
            "which": lambda: things.kind.code,
            "place": lambda: "all-75",
            "kind": lambda: "household" if re.search("registry/|visits/", self.route) else "turn.new",
            "circulation": lambda: "micro",
            "function": lambda: "files",
            "name": lambda: self.word or "lamp",
            "paper": lambda: self.word,
            "step": lambda: self.word,
            "factor": lambda: self._factor(things),
            "duty": lambda: self._duty(things),
            "token": lambda: self._token(things),
            "by": lambda: self.word or "households",
            "z": lambda: _tile("z"),
            "x": lambda: _tile("x"),
            "y": lambda: _tile("y"),
            "rule": _rule,
            "seal": _seal,
            "id": lambda: self._id(noun, things),
        }
        return str(makers[name]())

    def _factor(self, things: Things) -> int:
        from tests.truth.signing import a_factor_of  # which needs this module

        mine = self.word == "own" and things.me.user
        return a_factor_of(things.me.user) if mine and things.me.user else a_factor_of(things.person)

    def _duty(self, things: Things) -> object:
        from tests.truth.dossier import a_duty_for  # which needs this module

        return a_duty_for(things).pk

    def _token(self, things: Things) -> str:
        from tests.truth.mail import a_stop_token  # which needs this module

        return a_stop_token(things) if self.word else "nobodys"

    def _id(self, noun: str, things: Things) -> object:
        if noun == "tokens":
            token = things.me.token if self.word == "own" else None
            return token.pk if token else things.post.pk
        if noun == "sessions":
            from tests.truth.signing import a_session_of  # which needs this module

            mine = self.word == "own" and things.me.user
            return a_session_of(things.me.user if mine and things.me.user else things.person).pk
        if noun == "inbox":
            return a_message_to(things.me.user).pk if things.me.user else things.post.pk
        if noun == "jobs":
            own = things.me.user and work_of(things.me.user, waiting="waiting" in self.word)
            return own.pk if own and self.word else things.post.pk
        if noun == "imports":
            own = things.me.user if self.word else None
            return an_import_of(own, taken="taken" in self.word).pk if own else things.post.pk
        if noun == "residents" and "dossiers/" in self.route:
            return things.home.resident.pk
        if noun in ("residents", "codes") and "registry/" not in self.route:
            return a_paper_of(things.me.user).pk if things.me.user and self.word else things.post.pk
        if noun == "list":
            return staff_list_of(things).pk if self.word else things.post.pk
        return self._made(noun, things)

    def _made(self, noun: str, things: Things) -> object:
        """What the town has, or what is made for this row."""
        if noun in ("leave", "leaves"):
            from tests.truth.leave import a_leave_of  # which needs this module

            return a_leave_of(things.person).pk
        if noun in ("landmarks", "landmark", "panoramas", "panorama"):
            from tests.truth.map import a_landmark, a_pinned_panorama  # which needs this module

            return (a_landmark() if noun.startswith("landmark") else a_pinned_panorama()).pk
        if noun in ("review", "glass"):
            from tests.truth.privacy import a_broken_glass  # which needs this module

            return a_broken_glass().pk
        if noun in ("proposals", "data-requests", "requests", "changes"):
            from tests.truth.asked import a_proposal, a_request  # which needs this module

            if self.route.startswith("mine/"):
                return things.post.pk  # nobody's
            return (a_proposal if noun == "proposals" else a_request)(things, self.word).pk
        return self._of_homes(noun, things)

    def _of_homes(self, noun: str, things: Things) -> object:
        """What the registry and its visits have."""
        if "registry/residents" in self.route:
            return things.home.resident.pk
        if noun == "dwellings" and self.word == "empty":
            from tests.truth.records import an_empty_door  # which needs this module

            return an_empty_door().pk
        if noun in ("visits", "campaigns", "tasks"):
            from tests.truth.visits import a_campaign, a_task_at, a_visit_at  # which need this module

            made = self.word == "made"
            if noun == "campaigns":
                return a_campaign(things).pk
            return (a_visit_at if noun == "visits" else a_task_at)(things, made=made).pk
        if noun in ("intakes", "exports"):
            from tests.truth.intakes import an_export_of, an_intake_of  # which need this module

            return (an_intake_of if noun == "intakes" else an_export_of)(things, self.word)
        if noun == "lists":
            from tests.truth.lists import a_list_of  # which needs this module

            return a_list_of(things, draft=self.word == "draft").pk
        if noun == "people" and self.word == "closed":
            return things.closed.pk
        return _one_of(noun, things).pk


def _path(noun: str, things: Things) -> str:
    """Of the building; where a grid is asked for, of its grid."""
    whole = things.building.path
    if noun == "area":
        return whole
    if noun in ("dwelling", "merchant"):  # entered at an entrance
        return things.home.unit.path
    return whole[:15] if noun in ("grid", "grids", "publicity", "numbers") else whole


def _tile(part: str) -> int:
    from tests.truth.map import a_tile  # which needs this module

    return int(getattr(a_tile(), part))


def _rule() -> str:
    from tests.truth.house import a_decided_rule  # which needs this module

    return a_decided_rule()


def _seal() -> int:
    from tests.truth.house import a_seal_number  # which needs this module

    return a_seal_number()


def _one_of(noun: str, things: Things) -> Model:
    """The thing of this kind, whoever asks."""
    found: Mapping[str, Model] = {
        "people": things.person,
        "posts": things.post,
        "reports": things.post,
        "devices": things.post,
        "duties": things.duty,
        "organisations": things.body,
        "calendars": things.calendar,
        "photos": things.photo,
        "files": things.file,
        "uploads": things.photo,
        "rechecks": things.recheck,
        "hand-over-sheets": things.post.seat,
        "seats": things.post.seat,
        "dwellings": things.home.dwelling,
        "households": things.home.household,
        "street-residents": things.home.resident,
        "linking": things.home.resident,
        "resident": things.home.resident,
        "registry-residents": things.home.resident,
        "merchants": things.home.shop,
        "merchant": things.home.shop,
        "residences": things.home.residence,
        "care": things.home.need,
        "<str:record>": things.home.resident,
        "<str:kind>": things.home.household,
        "<record>": things.home.resident,
    }
    return found[noun]


@dataclass(frozen=True)
class Ask:
    """What goes with a row: what is sent, what is in the query, what was done at this browser before."""

    sent: Callable[[Row, Things], Sent] = lambda _row, _things: {}
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None  # as it is, with the kind that the headers name
    before: Callable[[Row, Things, Client], None] = lambda _row, _things, _browser: None


@dataclass(frozen=True)
class Told:
    """Everybody, and everything that they ask about."""

    people: Mapping[str, Actor]
    things: Things


def statuses(row: Row, ask: Ask, names: Iterable[str], town: Told) -> dict[str, int]:
    """What each of them is answered. What the address names is made once, unless it is each one's own."""
    with transaction.atomic():
        address = _nobodys(row, town.things) if ask.before is Ask.before else ""
        told = {
            name: int(asked(row, ask, town.people[name], town.things, address=address).status_code)
            for name in names
        }
        transaction.set_rollback(True)
    return told


def _nobodys(row: Row, things: Things) -> str:
    """The address that is the same for whoever asks; none, if it names a thing of theirs."""
    things.me = Nobody()
    try:
        with transaction.atomic():
            return row.address(things)
    except OfTheirOwn:
        return ""


def asked(
    row: Row, ask: Ask, actor: Actor, things: Things, *, keep: bool = False, address: str = ""
) -> Answer:
    """The answer; unless it is kept, what was done is undone, so that the next finds everything as it was."""
    things.me = actor
    cookies = {name: morsel.value for name, morsel in actor.browser.cookies.items()}
    with transaction.atomic():
        ask.before(row, things, actor.browser)
        address = address or row.address(things)
        answer = _send(row, ask, actor, things, address)
        read = b"".join(answer)  # to its end, so that a file of it is closed
        things.leaks += leaks.in_answer(row.label, actor.name, answer, read, address)
        if row.method != "GET":
            things.leaks += leaks.in_journal(row.label, actor.name)
        transaction.set_rollback(not keep)
    actor.browser.cookies.clear()
    for name, value in cookies.items():
        actor.browser.cookies[name] = value
    return answer


def _send(row: Row, ask: Ask, actor: Actor, things: Things, address: str) -> Answer:
    address += f"?{ask.query}" if ask.query else ""
    if row.method == "GET" or ask.headers:
        return _ask(row, actor, address, ask.body or b"", ask.headers.get("Content-Type", ""), ask.headers)
    sent = ask.sent(row, things)
    if not row.is_api or any(hasattr(value, "read") for value in sent.values()):
        return _ask(row, actor, address, encode_multipart(BOUNDARY, dict(sent)), MULTIPART_CONTENT)
    return _ask(row, actor, address, orjson.dumps(dict(sent)), "application/json")


def _ask(
    row: Row, actor: Actor, address: str, body: bytes, kind: str, more: Mapping[str, str] | None = None
) -> Answer:
    client = actor.program if row.is_api else actor.browser
    headers = {**(actor.headers if row.is_api else {}), **(more or {})}
    return client.generic(row.method, address, body, content_type=kind, headers=headers)
