"""The first act of a matter: who raises it, from which spot, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random
from uuid import UUID

from mulin.demo.history.arrivals import Arrival, Origin
from mulin.demo.history.crowd import Crowd, acting
from mulin.demo.history.fates import GRID
from mulin.demo.history.stories import Teller
from mulin.demo.roster import invented_name
from mulin.journal.face import ANONYMOUS, Actor
from mulin.matters.face import CODE_ALPHABET, CODE_LENGTH, Annals, ReporterGiven, ReporterKind, SeatKey, Told
from mulin.matters.face import Whereabouts as Where
from mulin.places.face import Area, Ground

WITHOUT_PIN = {Origin.WINDOW: 0.35, Origin.PHONE: 0.3}
SECRET = 0.06  # of what is between people
CALLER = "1549"  # no operator has this prefix
PATROLS = {"grid_worker": 6.0, "building_head": 1.2, "unit_head": 0.4, "committee_member": 0.7}


class Opening:
    """Raises matters in the annals."""

    def __init__(self, annals: Annals, crowd: Crowd, teller: Teller, ground: Ground) -> None:
        self.annals, self.crowd, self.teller, self.ground = annals, crowd, teller, ground

    def begin(self, arrival: Arrival, at: datetime) -> Told:
        """Report it, or settle it on the spot."""
        dice, fate = arrival.dice, arrival.fate
        where = self.whereabouts(arrival)
        seats = self._patrols(where, at) if arrival.origin.is_staff else []
        own = [pair for pair in seats if pair[0].role != "committee_member"]
        text = self.teller.report(
            arrival.kind, arrival.site.where, arrival.site.words, dice, staff=arrival.origin.is_staff
        )
        code = "".join(dice.choices(CODE_ALPHABET, k=CODE_LENGTH))
        if fate.settles and own:
            return self._settle(arrival, where, own, text, code, at)
        fate.settles = False
        by, reporter = self._who(arrival, seats, at)
        return self.annals.report(
            arrival.type, id=arrival.id, code=code, text=text, where=where,
            channel=_channel(arrival.origin), by=by, reporter=reporter, at=at,
            secret=arrival.kind.manner == "people" and not arrival.origin.is_staff and dice.random() < SECRET,
        )  # fmt: skip

    def _settle(
        self, arrival: Arrival, where: Where, own: list[tuple[SeatKey, UUID]], text: str, code: str, at: datetime
    ) -> Told:  # fmt: skip
        _seat, person = _draw(own, arrival.dice)
        return self.annals.settle(
            arrival.type, id=arrival.id, code=code, text=text,
            done=self.teller.act("settle", arrival.kind, arrival.dice), where=where, by=acting(person),
            reporter=self._staff(person), at=at,
        )  # fmt: skip

    def whereabouts(self, arrival: Arrival) -> Where:
        """What the live door would make of pin and area."""
        site, family = arrival.site, arrival.type.family
        place, address = self.annals.areas[site.path], self.teller.say(site.address)
        is_inside = len(site.path) > GRID
        if is_inside and arrival.dice.random() < WITHOUT_PIN.get(arrival.origin, 0):
            return Where(place, self._taken(place, family, place.lon, place.lat), address=address)
        return Where(place, self._taken(place, family, site.lon, site.lat), site.lon, site.lat, address)

    def _taken(self, place: Area, family: str, lon: float | None, lat: float | None) -> Area:
        base = self.annals.areas[place.path[:GRID]]
        if lon is None or lat is None:
            return base
        grid = self.ground.at(lon, lat, family).grid
        return self.annals.areas[grid.path] if grid else base

    def _patrols(self, where: Where, at: datetime) -> list[tuple[SeatKey, UUID]]:
        """Who may have come by: those who sit here, with their seats."""
        found = []
        for role, area in self._seats(where):
            key = SeatKey(role, area=area.id)
            found += [(key, person) for person in self.annals.holders(key, at)]
        return found

    def _seats(self, where: Where) -> Iterator[tuple[str, Area]]:
        path, areas = where.place.path, self.annals.areas
        for role, level in (("grid_worker", 15), ("building_head", 22), ("unit_head", 24)):
            if len(path) >= level:
                yield role, areas[path[:level]]
        if where.taken_by.path != path[:GRID]:
            yield "grid_worker", where.taken_by
        yield "committee_member", areas[path[:12]]

    def _who(
        self, arrival: Arrival, patrols: list[tuple[SeatKey, UUID]], at: datetime
    ) -> tuple[Actor, ReporterGiven]:
        origin, dice = arrival.origin, arrival.dice
        if origin.is_staff and patrols:
            _seat, person = _draw(patrols, dice)
            return acting(person), self._staff(person)
        clerk = self._clerk(origin, arrival, at)
        by = acting(clerk) if clerk else ANONYMOUS
        if origin in (Origin.ANONYMOUS, Origin.PATROL):
            return by, ReporterGiven()
        return by, ReporterGiven.with_contact(self._caller(dice), f"{CALLER}{dice.randrange(10**7):07d}")

    def _staff(self, person: UUID) -> ReporterGiven:
        return ReporterGiven(ReporterKind.STAFF, user=self.crowd.user(person))

    def _caller(self, dice: Random) -> str:
        return self.teller.say(invented_name(dice))

    def _clerk(self, origin: Origin, arrival: Arrival, at: datetime) -> UUID | None:
        """Who takes it in at the window or on the phone."""
        role = {Origin.WINDOW: "window_clerk", Origin.PHONE: "centre_operator"}.get(origin)
        if role is None:
            return None
        town = self.annals.areas[arrival.site.path[:9]]
        there = self.annals.holders(SeatKey(role, area=town.id), at)
        return arrival.dice.choice(there) if there else None


def _channel(origin: Origin) -> str:
    return Origin.PORTAL if origin is Origin.ANONYMOUS else origin


def _draw(pairs: list[tuple[SeatKey, UUID]], dice: Random) -> tuple[SeatKey, UUID]:
    return dice.choices(pairs, [PATROLS[key.role] for key, _person in pairs])[0]
