"""Split (拆分): a matter is about several things. Each gets a number and a holder of its own.

What is split off is filed already, and held where the matter is. The matter closes last; its reporters follow all of
it there: what was split off has no reporter of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from mulin.journal.face import record
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid
from mulin.kernel.text import clean
from mulin.matters.actions.apply import Seats, subject
from mulin.matters.actions.beside import Beside
from mulin.matters.actions.cases import Loaded, ground, type_facts, world
from mulin.matters.actions.concerned import above_concerned, concerned_people, of_matter
from mulin.matters.actions.numbers import next_number
from mulin.matters.actions.report import Whereabouts, birth_facts, fill, first_case, matter_row, start_area
from mulin.matters.actions.searching import index
from mulin.matters.actions.telling import tell
from mulin.matters.actions.where import whereabouts
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.models import Matter, MatterType
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.rules.case import Given, Portion
from mulin.matters.rules.moves import BIRTHS
from mulin.matters.rules.step import birth
from mulin.places.face import Area, Level, ancestor
from mulin.posts.face import Who

MOST_PORTIONS = 5


@dataclass
class Splitting(Beside):
    into: Sequence[tuple[MatterType, str]]

    def after(self, by: Who, now: datetime) -> None:
        for kind, text in self.into:
            split_off(self.matter, kind, text, by=by, now=now)
        Matter.objects.filter(pk=self.matter.pk).update(split_count=F("split_count") + len(self.into))
        self.matter.refresh_from_db(fields=["split_count"])


def splitting(loaded: Loaded, given: Given, by: Who, now: datetime) -> Splitting:  # noqa: ARG001 - the shape of a Maker
    """Check what it is split into. Raises Invalid."""
    if not 1 <= len(given.portions) <= MOST_PORTIONS:
        raise Invalid(WHY_IMPOSSIBLE["portions"], code="portions", field="portions")
    return Splitting(loaded, given, [(_kind(each), _text(each)) for each in given.portions])


def _kind(portion: Portion) -> MatterType:
    kind = MatterType.objects.listed().filter(code=portion.kind).first()
    if kind is None:
        raise Invalid(WHY_IMPOSSIBLE["portions"], code="kind", field="portions")
    return kind


def _text(portion: Portion) -> str:
    text = clean(portion.text, TEXT_LIMIT)
    if not text:
        raise Invalid(WHY_IMPOSSIBLE["portions"], code="portions", field="portions")
    return text


def split_off(parent: Matter, kind: MatterType, text: str, *, by: Who, now: datetime) -> Matter:
    """One of the things, as a matter of its own: no reporter, the same holder."""
    child = _row(parent, kind, text, now)
    around = ground(child.place, child.taken_by, child.held_at_id, child.reported_at)
    case = first_case(child, type_facts(kind), around, None, concerned_people(child, now))
    move = BIRTHS["split_off"]
    change = birth(case, move, Given(), world(case, now), person=by.user.pk if by.user else None, seat=None)
    seats = Seats()
    fill(child, change, seats, next_number(now))
    child.save(force_insert=True)
    facts = birth_facts(child, change, seats) | {"other": parent.number}
    entry = record(move.entry, subject(child), by=by.actor(), at=now, facts=facts)
    tell(child, move, change, entry, by=by, now=now)
    index(child)
    return child


def _row(parent: Matter, kind: MatterType, text: str, now: datetime) -> Matter:
    where = where_of(parent, kind, Area.objects.plain().select_related("family").get(path=parent.place))
    child = matter_row(
        kind, text=text, title="", where=where, held_at=held_like(parent, kind, where.taken_by),
        channel=parent.channel, now=now, secret=parent.secret, id=new_id(),
    )  # fmt: skip
    child.public = kind.public and parent.public
    child.about_area, child.about_organisation = parent.about_area, parent.about_organisation
    child.held_at = above_concerned(child.held_at, child.taken_by, of_matter(parent))
    child.split_from = parent
    return child


def where_of(matter: Matter, kind: MatterType, area: Area) -> Whereabouts:
    """Where a matter of this kind belongs that is where this one is, or in the area. Its pin is left out elsewhere."""
    if area.level < Level.TOWN:  # a case that was referred to a city lies nowhere nearer
        return Whereabouts(area, area, matter.lon, matter.lat, matter.address)
    try:
        return whereabouts(kind, lon=matter.lon, lat=matter.lat, area=area, address=matter.address)
    except Invalid:
        return whereabouts(kind, area=area, address=matter.address)


def held_like(matter: Matter, kind: MatterType, taken_by: Area) -> Area:
    """The level that holds this matter, or the one where its kind starts if that is higher up."""
    start = start_area(kind, taken_by)
    level = min(matter.held_level, start.level)
    return ancestor(start, Level(level)) or start
