"""What programs are told of visits and campaigns, and what they say: ids and codes, words only of a visit opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from mulin.visits.codes import DoneBy, Network, TaskStage, Way, Whom, Why
from mulin.visits.models import Campaign, CampaignTask, Visit
from mulin.visits.queries.campaigns import Progress
from mulin.visits.queries.coverage import Covered
from mulin.visits.queries.due import Due

Words = Annotated[str, Field(max_length=2000)]


class VisitOut(Schema):
    """A visit, planned or made. What was said is shown only where one visit is opened."""

    id: UUID
    household: UUID | None
    merchant: UUID | None
    place: str
    stage: str
    why: str
    way: str
    planned_on: date | None
    visited_at: datetime | None
    person: UUID | None
    seat: UUID | None

    @staticmethod
    def of(visit: Visit) -> VisitOut:
        return VisitOut(**_columns(visit))


class OpenedOut(VisitOut):
    """One visit with what was said and agreed, what was confirmed, and the matters one may read."""

    said: str
    agreed: str
    confirmed: list[str]
    follows: UUID | None
    matters: list[str]
    erased: bool

    @staticmethod
    def opened(visit: Visit, matters: list[str]) -> OpenedOut:
        return OpenedOut(
            **_columns(visit),
            said=visit.said,
            agreed=visit.agreed,
            confirmed=list(visit.confirmed),
            follows=visit.follows_id,
            matters=matters,
            erased=visit.erased_at is not None,
        )


def _columns(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.id, "household": visit.household_id, "merchant": visit.merchant_id, "place": visit.place,
        "stage": visit.stage, "why": visit.why, "way": visit.way, "planned_on": visit.planned_on,
        "visited_at": visit.visited_at, "person": visit.person_id, "seat": visit.seat_id,
    }  # fmt: skip


class VisitsOut(Schema):
    """A page of visits."""

    visits: list[VisitOut]
    next: str


class VisitDueOut(Schema):
    """A door at which one should call; the name is masked."""

    kind: str
    id: UUID
    where: str
    name: str
    confirmed_at: datetime
    last_at: datetime | None
    planned_on: date | None

    @staticmethod
    def of(due: Due) -> VisitDueOut:
        return VisitDueOut(
            kind=due.door.kind, id=due.door.id, where=due.door.where, name=due.door.name,
            confirmed_at=due.confirmed_at, last_at=due.last_at, planned_on=due.planned_on,
        )  # fmt: skip


class DuePageOut(Schema):
    """What is due, the longest unconfirmed first; on the first page also whom you know to need a call."""

    due: list[VisitDueOut]
    needs: list[VisitDueOut]
    next: str


class TargetIn(Schema):
    """A household or a merchant: exactly one of them."""

    household: UUID | None = None
    merchant: UUID | None = None


class RecordIn(TargetIn):
    """A call that was made. `planned` is the visit that was planned; `confirmed` what was found right
    ("household:<id>", "resident:<id>:phone"); `settles` open tasks of campaigns that are done with it."""

    at: AwareDatetime
    met: bool = True
    way: Way = Way.DOOR
    said: Words = ""
    agreed: Words = ""
    confirmed: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=500)] = []
    next_on: date | None = None
    planned: UUID | None = None
    settles: Annotated[list[UUID], Field(max_length=20)] = []


class PlanIn(Schema):
    """Calls to be made on one day, on your own seat or on one for which you plan."""

    on: date
    targets: Annotated[list[TargetIn], Field(min_length=1, max_length=200)]
    seat: UUID | None = None
    why: Why = Why.ROUND


class VisitDayIn(Schema):
    """A day."""

    on: date


class ChangeIn(Schema):
    """What you wrote today, put right."""

    said: Words = ""
    agreed: Words = ""


class VisitMatterIn(Schema):
    """What came up: a matter known already by its number, or a new one by its kind and text."""

    number: Annotated[str, Field(max_length=20)] = ""
    type: Annotated[str, Field(max_length=40)] = ""
    text: Words = ""


class CheckInIn(Schema):
    """The area where you are today."""

    area: UUID


class CheckInOut(Schema):
    """You are noted there for this day."""

    area: UUID
    day: date


class PresenceLineOut(Schema):
    """One cadre's week."""

    person: UUID
    days: list[date]
    away: list[date]
    asked: bool
    enough: bool


class PresenceOut(Schema):
    """Who was in their grid on how many days of a week; of those asked, how many on enough."""

    week: date
    days: int
    share: int
    asked: int
    enough: int
    lines: list[PresenceLineOut]


class CoveredOut(Schema):
    """One grid: how many there are, at how many somebody was met, how many were confirmed."""

    area: UUID | None
    whole: int
    visited: int
    confirmed: int

    @staticmethod
    def of(line: Covered) -> CoveredOut:
        return CoveredOut(
            area=line.area.pk if line.area else None, whole=line.whole, visited=line.visited,
            confirmed=line.confirmed,
        )  # fmt: skip


class ProgressOut(Schema):
    """How far it is in one grid."""

    area: UUID | None
    whole: int
    done: int
    spared: int

    @staticmethod
    def of(line: Progress) -> ProgressOut:
        return ProgressOut(
            area=line.area.pk if line.area else None, whole=line.whole, done=line.done, spared=line.spared
        )


class CampaignOut(Schema):
    """A task for all grids."""

    id: UUID
    area: UUID
    network: str
    title: str
    text: str
    whom: str
    done_by: str
    chosen: dict[str, str | int]
    from_on: date
    until_on: date
    stage: str
    progress: list[ProgressOut] = []

    @staticmethod
    def of(campaign: Campaign, progress: list[Progress] | None = None) -> CampaignOut:
        return CampaignOut(
            id=campaign.id, area=campaign.area_id, network=campaign.network, title=campaign.title,
            text=campaign.text, whom=campaign.whom, done_by=campaign.done_by, chosen=campaign.chosen,
            from_on=campaign.from_on, until_on=campaign.until_on, stage=campaign.stage,
            progress=[ProgressOut.of(line) for line in progress or []],
        )  # fmt: skip


class ChosenIn(Schema):
    """What must all be true of a home or shop; what is left out chooses nothing out."""

    use: Annotated[str, Field(max_length=20)] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    trade: Annotated[str, Field(max_length=20)] = ""
    stale_days: int | None = None
    age_from: int | None = None
    age_to: int | None = None


class CampaignIn(Schema):
    """What, whom, until when."""

    area: UUID
    network: Network
    title: Annotated[str, Field(max_length=100)]
    text: Words = ""
    until_on: date
    whom: Whom = Whom.HOUSEHOLDS
    done_by: DoneBy = DoneBy.TICK
    chosen: ChosenIn = ChosenIn()


class UntilIn(Schema):
    """Another last day."""

    until_on: date


class AddedOut(Schema):
    """How many tasks were added."""

    added: int


class TaskOut(Schema):
    """What a campaign asks of one grid, household or merchant."""

    id: UUID
    household: UUID | None
    merchant: UUID | None
    area: UUID | None
    place: str
    stage: TaskStage
    done_at: datetime | None
    visit: UUID | None

    @staticmethod
    def of(task: CampaignTask) -> TaskOut:
        return TaskOut(
            id=task.id, household=task.household_id, merchant=task.merchant_id, area=task.area_id,
            place=task.place, stage=TaskStage(task.stage), done_at=task.done_at, visit=task.visit_id,
        )  # fmt: skip


class TasksOut(Schema):
    """A page of tasks."""

    tasks: list[TaskOut]
    next: str


class TaskNoteIn(Schema):
    """Why it is not needed here."""

    note: Annotated[str, Field(min_length=1, max_length=500)]
