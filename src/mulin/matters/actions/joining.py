"""Join (并案): two matters are one and the same. The other one goes on; every reporter stays attached.

Who raised the joined one follows the main one from then on, by their own number and code, without its private words.
A joining can be undone. There are no chains: what was joined takes nothing in, and what took others in is not joined.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from mulin.journal.face import record
from mulin.kernel import numbers
from mulin.kernel.refusals import Invalid
from mulin.matters.actions.apply import subject
from mulin.matters.actions.beside import Beside
from mulin.matters.actions.cases import Loaded
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.models import Matter, Reporter
from mulin.matters.rules.case import Given
from mulin.matters.rules.states import LIVE, State
from mulin.places.face import Level
from mulin.posts.face import Who


@dataclass
class Joining(Beside):
    main: Matter

    def after(self, by: Who, now: datetime) -> None:
        _tie(self.matter, self.main)
        count_voices(self.main)
        _tell("matter.got_joined", self.main, self.matter, by, now)


@dataclass
class Unjoining(Beside):
    main: Matter

    def after(self, by: Who, now: datetime) -> None:
        _tie(self.matter, None)
        count_voices(self.main)
        _tell("matter.lost_joined", self.main, self.matter, by, now)


def joining(loaded: Loaded, given: Given, by: Who, now: datetime) -> Joining:  # noqa: ARG001 - the shape of a Maker
    """Check the other one. Raises Invalid at the field of its number."""
    number = numbers.parse(given.other) or ""
    main = Matter.objects.visible_to(by).filter(number=number).first()
    why = "join_unknown" if main is None else why_not_join(loaded.matter, main)
    if main is None or why:
        raise Invalid(WHY_IMPOSSIBLE[why], code=why, field="other")
    return Joining(loaded, replace(given, other=main.number), main)


def unjoining(loaded: Loaded, given: Given, by: Who, now: datetime) -> Unjoining:  # noqa: ARG001 - the shape of a Maker
    main = loaded.matter.joined_to
    if main is None:
        raise Invalid(WHY_IMPOSSIBLE["join_unknown"], code="join_unknown")
    return Unjoining(loaded, replace(given, other=main.number), main)


def why_not_join(matter: Matter, main: Matter) -> str:
    """A code of the room's labels; empty where it can be joined."""
    if matter.pk == main.pk:
        return "join_itself"
    if main.state == State.JOINED:
        return "join_joined"
    if main.state not in LIVE:
        return "join_over"
    if matter.place[: Level.COUNTY] != main.place[: Level.COUNTY]:
        return "join_county"
    if _is_private(matter) or _is_private(main):
        return "join_private"
    return _why_not_itself(matter)


def _why_not_itself(matter: Matter) -> str:
    if matter.referred_from:
        return "join_referred"
    if matter.split_count:
        return "join_split"
    return "join_has_joined" if matter.joined.exists() else ""


def _is_private(matter: Matter) -> bool:
    return matter.secret or matter.about_area_id is not None or matter.about_organisation_id is not None


def _tie(matter: Matter, main: Matter | None) -> None:
    matter.joined_to = main
    matter.save(update_fields=["joined_to"])


def count_voices(main: Matter) -> None:
    """How many people raised it, those of the joined ones among them; the same account or phone counts once."""
    rows = Reporter.objects.filter(Q(matter=main) | Q(matter__joined_to=main)).exclude(
        code_hash="", first=False
    )
    people = {
        user or phone or pk for pk, user, phone in rows.values_list("pk", "user", "contact__phone_index")
    }
    main.voices = max(1, len(people))
    main.save(update_fields=["voices"])


def _tell(code: str, main: Matter, joined: Matter, by: Who, now: datetime) -> None:
    """The main one's journal has it, too; its version stays: whoever works on it is not overtaken by that."""
    record(code, subject(main), by=by.actor(), at=now, facts={"other": joined.number, "voices": main.voices})
