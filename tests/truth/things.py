"""The things that the table's addresses name: all of them of the worker's grid, and of the handler's body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mulin.channels.face import Message
from mulin.kernel.ids import new_id
from mulin.kernel.jobs import folder_of
from mulin.kernel.models import Job, JobState
from mulin.matters.face import Attachment, Matter, MatterType, Photo, add_files, make_safe, take_in
from mulin.matters.models import Recheck
from mulin.places.face import Area, Hours, Level, WorkCalendar, open_calendar
from mulin.posts.face import (
    Duty,
    Organisation,
    Post,
    User,
    Who,
    add_organisation,
    appoint,
    assign_duty,
)
from tests.matters import sent_files
from tests.matters.world import (
    NOW,
    ReporterGiven,
    a_kind,
    a_matter,
    body_of,
    do,
    seat_of,
    the,
    the_building,
    the_grid,
)
from tests.portal.pictures import a_photo
from tests.truth.cast import Actor
from tests.truth.planted import Home, a_marked_home


def a_message_to(user: User) -> Message:
    """Some word that somebody was sent."""
    return Message.objects.create(
        outbox=new_id(), to=user, kind="digest.waiting", text="2条", text_en="2 messages", language="en",
        created_at=NOW, due_at=NOW, sent_at=NOW,
    )  # fmt: skip


def work_of(user: User, *, waiting: bool) -> Job:
    """Long work that somebody started; done, with a file, unless it waits."""
    made = {} if waiting else {"ended_at": NOW, "file": "list.xlsx"}
    stage = JobState.WAITING if waiting else JobState.DONE
    work = Job.objects.create(
        code="of a test", owner=user.pk, facts="{}", language="en", stage=stage, created_at=NOW, **made
    )
    folder_of(work).mkdir(parents=True)
    (folder_of(work) / "list.xlsx").write_bytes(b"x")
    return work


SENT_TO_HANDLER = (
    ("file", "operator"),
    ("dispatch", "operator"),
    ("accept", "handler"),
    ("hand_in", "handler"),
)


@dataclass
class Things:
    """Matters by what they are for, and one of everything else."""

    matters: dict[str, Matter]
    codes: dict[str, str]
    photo: Photo
    file: Attachment  # of the same matter; from its reporter
    upload: object  # the id of one that has begun
    person: User
    closed: User  # an account that was closed
    post: Post
    duty: Duty
    body: Organisation
    kind: MatterType
    building: Area
    calendar: WorkCalendar  # of the worker's grid
    recheck: Recheck  # waits for the operator
    home: Home  # in the same building, every personal value marked
    leaks: list[str] = field(default_factory=list)  # what leaks.py found so far
    me: Actor = field(default_factory=lambda: Actor("anonymous", None))  # type: ignore[arg-type]  # set before use


def made(resident: User) -> Things:
    person, post, duty = _somebody()
    matters, codes = _matters(resident)
    return Things(
        matters=matters,
        codes=codes,
        photo=Photo.objects.get(matter=matters["reported"]),
        file=a_recording_of(matters["reported"]),
        upload=new_id(),
        person=person,
        closed=_closed(),
        post=post,
        duty=duty,
        body=_a_body(),
        kind=a_kind(),
        building=the_building(),
        recheck=_a_recheck(matters["looked at"]),
        home=a_marked_home(),
        calendar=open_calendar(the_grid(), hours=Hours(), by=the("sysadmin").actor(), now=NOW),
    )


def a_recording_of(matter: Matter) -> Attachment:
    """As its reporter added it."""
    taken = take_in([sent_files.a_file("voice.mp3", sent_files.MP3)], now=NOW)
    return add_files(matter, taken, as_reporter=True, by=Who.anonymous(NOW), now=NOW)[0]


def _a_recheck(matter: Matter) -> Recheck:
    return Recheck.objects.create(
        matter=matter, seat=the("operator").seats[0], place=matter.filed_place, in_time=True, drawn_at=NOW,
        due_at=NOW,
    )  # fmt: skip


def _somebody() -> tuple[User, Post, Duty]:
    """A volunteer of the worker's grid."""
    person = User.objects.create(
        username="a.volunteer", name="志愿者", home=the_grid(), phone="13800001234", created_at=NOW
    )
    by = the("sysadmin")
    post = appoint(person, role="volunteer", area=the_grid(), by=by, now=NOW)
    return person, post, assign_duty(person, area=the_building(), by=by, now=NOW)


def _closed() -> User:
    return User.objects.create(
        username="a.former", name="离任", home=the_grid(), is_active=False, created_at=NOW
    )


def _a_body() -> Organisation:
    town = Area.objects.get(path=the_grid().path[: Level.TOWN])
    return add_organisation(
        name="物业公司",
        kind="company",
        home=town,
        serves=[the_grid()],
        functions=[],
        by=the("sysadmin"),
        now=NOW,
    )


def _matters(resident: User) -> tuple[dict[str, Matter], dict[str, str]]:
    contact = ReporterGiven.with_contact("王女士", "15400001234")
    raised = {
        "reported": a_matter(reporter=contact, photos=make_safe([a_photo()])),
        "secret": a_matter(reporter=contact, secret=True, start=Level.TOWN),
        "own": a_matter(by=Who.of(resident, NOW)),
        "own closed": a_matter(by=Who.of(resident, NOW), start=Level.TOWN),
        "about": a_matter(start=Level.TOWN),
        "unchecked": a_matter(reporter=contact),
        **{name: a_matter(start=Level.TOWN, reporter=contact) for name in _STATES},
    }
    matters = {name: each.matter for name, each in raised.items()}
    for name, moves in _STATES.items():
        matters[name] = sent_on(matters[name], moves)
    matters["secret"] = sent_on(matters["secret"], _STATES["handling"])
    matters["own closed"] = sent_on(matters["own closed"], _STATES["closed"])
    matters["unchecked"] = _unchecked(matters["unchecked"])
    Matter.objects.filter(pk=matters["about"].pk).update(about_organisation=body_of("handler"))
    matters["about"] = sent_on(matters["about"], SENT_TO_HANDLER[:1])
    return matters, {name: each.code for name, each in raised.items()}


def _unchecked(matter: Matter) -> Matter:
    """Settled in the grid, and not drawn for a check."""
    matter = do(do(matter, "file", "worker"), "hand_in", "worker")
    Matter.objects.filter(pk=matter.pk).update(turn=None)
    matter.refresh_from_db()
    return matter


_STATES: dict[str, tuple[tuple[str, str], ...]] = {
    "at town": (),
    "filed": SENT_TO_HANDLER[:1],
    "dispatched": SENT_TO_HANDLER[:2],
    "handling": SENT_TO_HANDLER[:3],
    "handled": SENT_TO_HANDLER,
    "asked": (*SENT_TO_HANDLER[:3], ("ask_resident", "handler")),
    "closed": (*SENT_TO_HANDLER, ("confirm", "worker")),
    "looked at": (*SENT_TO_HANDLER, ("confirm", "worker")),  # again, by the operator
}


def sent_on(matter: Matter, moves: tuple[tuple[str, str], ...]) -> Matter:
    for code, username in moves:
        given: dict[str, Any] = {"seat": seat_of("handler")} if code == "dispatch" else {}
        matter = do(matter, code, username, **given)
    return matter
