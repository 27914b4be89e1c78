"""A matter's page, whole: put together here, also where an act was refused and the form comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from mulin.journal.face import Line
from mulin.matters.actions.contact import Shown
from mulin.matters.file_shapes import DeskUploadForm
from mulin.matters.forms import MoveForm, NoteForm, RevealForm
from mulin.matters.labels import CIRCULATIONS, OUTCOMES, RATINGS, STATES
from mulin.matters.models import Attachment, Matter, Part, Photo, Reporter
from mulin.matters.offering import Offering
from mulin.matters.queries.files import files_for
from mulin.matters.queries.offers import offered
from mulin.matters.queries.rechecks import blind_to
from mulin.matters.queries.related import Related, related_to
from mulin.matters.queries.seeing import Seen, around, see
from mulin.matters.queries.story import lines_for, track_of
from mulin.matters.rules.moves import Actor, Outcome
from mulin.matters.rules.states import State
from mulin.matters.views import history, now, people, place, standing
from mulin.matters.views.files import file_shapes
from mulin.matters.views.names import Names, names
from mulin.posts.face import Permission, Scope, Who, may, needs, who_asks


@dataclass
class Returned:
    """What comes back to the person after a refusal: their forms, what happened, and words that fit nowhere now."""

    status: int = 200
    problem: str = ""
    conflict: bool = False
    move: MoveForm | None = None
    note: NoteForm | None = None
    reveal: RevealForm | None = None
    files: DeskUploadForm | None = None
    shown: Shown | None = None


@dataclass
class Read:
    """Everything that the page needs, read once."""

    matter: Matter
    who: Who
    seen: Seen
    scope: Scope
    reporters: list[Reporter]
    parts: list[Part]  # the newest first
    photos: list[Photo]
    files: list[Attachment]
    lines: list[Line]
    names: Names = field(default_factory=Names)

    @property
    def unnamed(self) -> frozenset[UUID]:
        return people.secret_names(self.matter, self.reporters, self.who, self.scope)


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """A matter: what it is, whose turn, what happened, what I may do."""
    who = who_asks(request)
    seen = see(who, number)
    owed = blind_to(seen.matter, who)
    if owed:  # they look again without knowing who handled it
        return HttpResponseRedirect(reverse("recheck", args=[owed.pk]))
    return _shown(request, seen, Returned())


def show(request: HttpRequest, matter: Matter, returned: Returned) -> HttpResponse:
    """The page again, with what comes back to the person."""
    return _shown(request, around(matter), returned)


def _shown(request: HttpRequest, seen: Seen, returned: Returned) -> HttpResponse:
    """Render the page. A revealed contact is in no cache, and only in this one answer."""
    found = read(seen, who_asks(request))
    response = render(request, "matters/matter.html", _context(found, returned), status=returned.status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def read(seen: Seen, who: Who) -> Read:
    matter, scope = seen.matter, seen.scope
    parts, lines = seen.parts[::-1], lines_for(matter, who, scope)
    found = Read(
        matter, who, seen, scope, people.read_reporters(matter), parts,
        list(Photo.objects.filter(matter=matter)), files_for(matter, who, scope), lines,
    )  # fmt: skip
    found.names = names(
        people=[*(line.by for line in lines), *(part.person_id for part in parts)],
        seats=[matter.turn_id, *(part.seat_id for part in parts), *history.seats_in(lines)],
        paths=place.paths_of(matter),
        now=who.now,
    )
    return found


def _context(found: Read, returned: Returned) -> dict[str, Any]:
    related = related_to(found.matter, found.who)
    return {
        "now": found.who.now,
        "matter": found.matter,
        "returned": returned,
        **_head(found, related),
        **_now_card(found, returned),
        **_story(found),
        **_ground(found),
        **_people(found, returned),
        "related": related,
    }


def _head(found: Read, related: list[Related]) -> dict[str, Any]:
    matter = found.matter
    return {
        "state_label": STATES[State(matter.state)],
        "badge_kind": now.badge_kind(matter, found.who.now),
        "circulation": CIRCULATIONS[matter.circulation],
        "outcome": OUTCOMES[Outcome(matter.outcome)] if matter.outcome else "",
        "rating": RATINGS.get(matter.rating or 0, ""),
        "notices": standing.notices_of(matter, found.lines, related),
    }


def _now_card(found: Read, returned: Returned) -> dict[str, Any]:
    matter, who = found.matter, found.who
    found_offers = offered(matter, who, seen=found.seen)
    mine, offering = found_offers.offers, Offering(matter, who)
    homeless = returned.move is not None and returned.move.move.code not in {offer.code for offer in mine}
    typed = returned.move.typed() if homeless and returned.move else ""
    note = returned.note or NoteForm(auto_id="note_%s", initial={"text": typed})
    return {
        "turn": now.turn_of(matter, found.names, mine=any(offer.move.actor is Actor.TURN for offer in mine)),
        "held_back": found_offers.held_back,
        "buttons": now.buttons_of(matter, mine, offering, returned.move),
        "requests": standing.requests_of(found.parts, found.lines, found.names, mine, offering),
        "typed": typed,
        "note_form": note if may(who, Permission.MATTER_NOTE, found.scope) else None,
    }


def _story(found: Read) -> dict[str, Any]:
    times = track_of(found.lines, found.who.now)
    return {
        "steps": history.steps_of(found.matter, times, found.names, found.unnamed),
        "circles": history.circles_of(times),
        "spent": times.spent,
        "folds": history.told(found.lines, found.names, found.unnamed),
    }


def _ground(found: Read) -> dict[str, Any]:
    matter = found.matter
    return {
        "way": place.way_to(matter, found.names),
        "point": place.point_of(matter),
        "before": place.photos_of(matter, found.photos, "before"),
        "after": place.photos_of(matter, found.photos, "after"),
        "files": file_shapes(matter, found.files, found.who),
        "rechecked": place.photos_of(matter, found.photos, "recheck"),
    }


def _people(found: Read, returned: Returned) -> dict[str, Any]:
    card = people.reporter_card(found.matter, found.reporters, found.who, found.scope)
    return {
        "reporter": card,
        "voices": found.matter.voices,
        "parts": people.part_cards(found.parts, found.names),
        "reveal_form": (returned.reveal or RevealForm(auto_id="reveal_%s")) if card.may_reveal else None,
        "shown": returned.shown,
        "files_form": _files_form(found, returned),
    }


def _files_form(found: Read, returned: Returned) -> DeskUploadForm | None:
    if not may(found.who, Permission.MATTER_NOTE, found.scope):
        return None
    return returned.files or DeskUploadForm(auto_id="files_%s")
