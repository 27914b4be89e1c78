"""A matter as its reporter reads it: where it is, who has it, until when, what happened, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mulin.journal.face import Line, Subject, timeline_for_reporter
from mulin.look.shapes import Event
from mulin.look.shapes import Photo as PhotoShape
from mulin.look.shapes import Step as TrackStep
from mulin.matters.face import (
    OUTCOMES,
    RATINGS,
    Kind,
    Matter,
    Outcome,
    Photo,
    Step,
    StepStatus,
    StepTime,
    state_label,
    track_of,
)
from mulin.places.face import Area, Level, lineage
from mulin.posts.face import Seat

STEPS: dict[Step, str | Promise] = {
    Step.REPORT: gettext_lazy("You told us"),
    Step.FILE: gettext_lazy("We look at it"),
    Step.DISPATCH: gettext_lazy("We give it to whoever can settle it"),
    Step.HANDLE: gettext_lazy("They work on it"),
    Step.CHECK: gettext_lazy("Someone else checks it"),
    Step.ASSESS: gettext_lazy("You say how it went"),
}

HAPPENED: dict[str, str | Promise] = {
    "matter.reported": gettext_lazy("You told us"),
    "matter.me_too": gettext_lazy("Somebody else told us, too"),
    "matter.settled": gettext_lazy("It was settled on the spot"),
    "matter.filed": gettext_lazy("We accepted it"),
    "matter.declined": gettext_lazy("We cannot take it"),
    "matter.passed_up": gettext_lazy("It was passed on to the level above"),
    "matter.passed_down": gettext_lazy("It was passed on to people nearer by"),
    "matter.dispatched": gettext_lazy("It was given to whoever can settle it"),
    "matter.accepted": gettext_lazy("They took it on"),
    "matter.returned": gettext_lazy("They gave it back: somebody else will take it"),
    "matter.handed_in": gettext_lazy("They say that it is done"),
    "matter.confirmed": gettext_lazy("It was checked and closed"),
    "matter.sent_back": gettext_lazy("The check found that it is not done yet"),
    "matter.closed_unchecked": gettext_lazy("It was closed: nobody objected"),
    "matter.rated": gettext_lazy("You rated it"),
    "matter.put_on_hold": gettext_lazy("It was paused"),
    "matter.resumed": gettext_lazy("It goes on"),
    "matter.reporter_asked": gettext_lazy("We asked you"),
    "matter.answered": gettext_lazy("You answered"),
    "matter.not_answered": gettext_lazy("We went on without an answer"),
    "matter.time_granted": gettext_lazy("It takes longer: the date was moved"),
    "matter.joined": gettext_lazy("It is handled together with another matter"),
    "matter.unjoined": gettext_lazy("It goes its own way again"),
    "matter.got_joined": gettext_lazy("Others told us the same"),
    "matter.lost_joined": gettext_lazy("Another matter goes its own way again"),
    "matter.split": gettext_lazy("It is about several things: each has somebody of its own"),
    "matter.referred": gettext_lazy("It was sent on to the centre above"),
    "matter.referral_answered": gettext_lazy("The centre above answered"),
    "matter.recalled": gettext_lazy("We settle it here after all"),
    "matter.handed_over": gettext_lazy("It was given to whoever it belongs to"),
    "matter.coordinated": gettext_lazy("A meeting decided who takes it"),
    "matter.handed_up": gettext_lazy("It took too long: the level above has it now"),
    "matter.objected": gettext_lazy("You said that it is not solved"),
    "matter.corrected": gettext_lazy("Its kind or place was put right"),
    "matter.reopened": gettext_lazy("It was taken up again"),
    "matter.withdrawn": gettext_lazy("You took it back"),
    "matter.told": gettext_lazy("Word for you"),
    "matter.photographed": gettext_lazy("A photo was added"),
    "matter.file_added": gettext_lazy("A file was added"),
}

# The same as a voice reads it, who did not raise it.
TO_A_VOICE: dict[str, str | Promise] = {
    "matter.reported": gettext_lazy("Somebody told us"),
    "matter.me_too": gettext_lazy("Somebody told us of it as well"),
}

# Words for the one who raised it first, or from them.
BETWEEN_US = {
    "matter.told",
    "matter.rated",
    "matter.reporter_asked",
    "matter.answered",
    "matter.not_answered",
    "matter.objected",
}

ICONS: dict[str, str] = {
    "matter.reported": "message-plus",
    "matter.me_too": "users-plus",
    "matter.declined": "circle-off",
    "matter.passed_up": "arrow-up",
    "matter.passed_down": "arrow-down",
    "matter.dispatched": "send",
    "matter.handed_in": "tool",
    "matter.confirmed": "circle-check",
    "matter.rated": "star",
    "matter.reopened": "refresh",
    "matter.withdrawn": "x",
    "matter.told": "message",
    "matter.put_on_hold": "player-pause",
    "matter.resumed": "player-play",
    "matter.reporter_asked": "message-question",
    "matter.answered": "message-reply",
    "matter.joined": "git-merge",
    "matter.split": "git-fork",
    "matter.objected": "message-exclamation",
}


@dataclass(frozen=True)
class Story:
    """What the page of one matter shows."""

    matter: Matter
    state: str
    kind: str
    holder: str
    since: datetime
    place: str
    steps: Sequence[TrackStep]
    events: Sequence[Event]
    answer: str
    outcome: str
    before: Sequence[PhotoShape]
    after: Sequence[PhotoShape]

    @property
    def is_open(self) -> bool:
        return self.matter.kind in (Kind.OPEN, Kind.WAITING)

    @property
    def promise_moved(self) -> bool:
        return self.matter.promise_at != self.matter.first_promise_at

    @property
    def rated(self) -> str:
        return str(RATINGS.get(self.matter.rating or 0, ""))


def veiled(matter: Matter) -> Matter:
    """As a voice may read it: kind and community, not what the first reporter wrote, where, and said. Not to save."""
    found = copy(matter)
    found.title, found.text, found.address = matter.type_label, "", ""
    found.place, found.rating, found.solved = matter.place[: Level.VILLAGE], None, None
    return found


def tell(matter: Matter, now: datetime, *, voice: bool = False) -> Story:
    """Read the story: a fixed handful of statements. A `voice` is told the steps, not the first one's words."""
    lines = timeline_for_reporter(Subject("matter", matter.pk))
    photos = list(Photo.objects.filter(matter=matter))
    if voice:
        matter = veiled(matter)
        lines = [line for line in lines if line.code not in BETWEEN_US]
        photos = [photo for photo in photos if not photo.by_reporter]
    seats = _seats(lines)
    return Story(
        matter=matter,
        state=state_label(matter.state, resident=True),
        kind=badge_kind(matter, now),
        holder=matter.turn.label if matter.turn else "",
        since=matter.state_at,
        place=_place(matter),
        steps=[_step(matter, each) for each in track_of(lines, now).steps],
        events=[_event(line, seats, TO_A_VOICE if voice else {}) for line in reversed(lines)],
        answer=_answer(lines),
        outcome=str(OUTCOMES[Outcome(matter.outcome)]) if matter.outcome else "",
        before=_photos(matter, photos, "before"),
        after=_photos(matter, photos, "after"),
    )


def badge_kind(matter: Matter, now: datetime) -> str:
    """Open turns late when the date promised to the reporter has passed."""
    if matter.kind is Kind.OPEN and matter.promise_at < now:
        return "late"
    return str(matter.kind)


def _place(matter: Matter) -> str:
    area = Area.objects.plain().filter(path=matter.place).first()
    names = [each.label for each in lineage(area) if each.level >= Level.TOWN] if area else []
    return pgettext("between places", ", ").join([*names, matter.address] if matter.address else names)


def _step(matter: Matter, time: StepTime) -> TrackStep:
    now = time.status is StepStatus.NOW
    open_now = now and matter.kind is Kind.OPEN
    return {
        "key": str(time.step),
        "label": str(STEPS[time.step]),
        "status": time.status.value,
        "at": time.at,
        "who": matter.turn.label if open_now and matter.turn else "",
        "note": _note(time),
    }


def _note(time: StepTime) -> str:
    if time.status is StepStatus.DONE and time.rounds == 0:
        return _("not needed")
    return _("for the second time or more") if time.rounds > 1 else ""


def _event(line: Line, seats: Mapping[UUID, str], names: Mapping[str, str | Promise]) -> Event:
    return {
        "title": str(names.get(line.code) or HAPPENED.get(line.code, line.label)),
        "at": line.at,
        "icon": ICONS.get(line.code, "point"),
        "text": "\n".join(_said(line, seats)),
    }


def _said(line: Line, seats: Mapping[UUID, str]) -> Iterable[str]:
    lead = _lead(line)
    if lead and lead in seats:
        yield _("With: %(holder)s") % {"holder": seats[lead]}
    if line.facts.get("rating") in RATINGS:
        yield str(RATINGS[line.facts["rating"]])
    if line.facts.get("solved") is False:
        yield _("Not solved")
    for said in line.words.values():
        yield said.text if said.text is not None else _("(removed)")


def _lead(line: Line) -> UUID | None:
    try:
        return UUID(str(line.facts["lead"])) if line.facts.get("lead") else None
    except ValueError:
        return None


def _seats(lines: Iterable[Line]) -> dict[UUID, str]:
    """What the seats that were given the matter are called: roles and places, never persons."""
    wanted = {lead for line in lines if (lead := _lead(line))}
    if not wanted:
        return {}
    return {seat.pk: seat.label for seat in Seat.objects.at_places().filter(pk__in=wanted)}


_ANSWERS = ("matter.confirmed", "matter.handed_in", "matter.settled", "matter.declined")


def _answer(lines: Sequence[Line]) -> str:
    """The last words that say how it ended."""
    said: Iterable[Any] = (
        word.text for line in reversed(lines) if line.code in _ANSWERS for word in line.words.values()
    )
    return next((text for text in said if text), "")


def _photos(matter: Matter, photos: Iterable[Photo], when: str) -> list[PhotoShape]:
    words = _("Photo %(n)d: before") if when == "before" else _("Photo %(n)d: after")
    chosen = [photo for photo in photos if photo.when == when]
    return [_photo(matter, photo, words % {"n": n}) for n, photo in enumerate(chosen, start=1)]


def _photo(matter: Matter, photo: Photo, alt: str) -> PhotoShape:
    return {
        "url": reverse("follow-photo", args=[matter.number, photo.pk]),
        "thumb": reverse("follow-thumb", args=[matter.number, photo.pk]),
        "alt": alt,
    }
