"""What programs are told of mail, and say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from mulin.channels.mail.choosing import MailChoice
from mulin.channels.mail.lights import light_of
from mulin.channels.mail.overseeing import MailHealth
from mulin.channels.models import Mail
from mulin.channels.rules.mailing import Pace, Quiet, minute_of
from mulin.channels.rules.server import ADDRESS_LIMIT

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
BOUNCE_LIMIT = 500_000


class AddressIn(Schema):
    address: Annotated[str, Field(max_length=ADDRESS_LIMIT)]


class CodeIn(Schema):
    code: Annotated[str, Field(max_length=20)]


class BounceIn(Schema):
    """The whole mail, headers and all."""

    mail: Annotated[str, Field(max_length=BOUNCE_LIMIT)]


class CountOut(Schema):
    count: int


class HoursIn(Schema):
    """From one time of the day to another, over midnight too; the same twice means never."""

    from_time: Clock
    to_time: Clock


class MailChoiceIn(Schema):
    pace: Pace
    quiet_hours: HoursIn | None = None

    def quiet(self) -> Quiet | None:
        hours = self.quiet_hours
        return Quiet(minute_of(hours.from_time), minute_of(hours.to_time)) if hours else None


class MailChoiceOut(Schema):
    """`asked` waits for its code. `bounced`: mail came back from `address`, nothing more goes there."""

    address: str
    asked: str
    pace: Pace
    quiet_hours: HoursIn | None
    bounced: bool

    @staticmethod
    def of(choice: MailChoice) -> MailChoiceOut:
        quiet = choice.quiet
        hours = HoursIn(from_time=_clock(quiet.start), to_time=_clock(quiet.end)) if quiet else None
        return MailChoiceOut(
            address=choice.address,
            asked=choice.asked,
            pace=choice.pace,
            quiet_hours=hours,
            bounced=choice.bounced,
        )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


class MailOut(Schema):
    """A mail without its address and words. `status` is the server's figures."""

    id: str
    kind: str
    stage: str
    why: str
    status: str
    tries: int
    created_at: datetime
    ended_at: datetime | None
    bounced_at: datetime | None

    @staticmethod
    def of(mail: Mail) -> MailOut:
        return MailOut(
            id=str(mail.pk), kind=mail.kind, stage=mail.stage, why=mail.why, status=mail.status, tries=mail.tries,
            created_at=mail.created_at, ended_at=mail.ended_at, bounced_at=mail.bounced_at,
        )  # fmt: skip


class MailHealthOut(Schema):
    """`light` is green, amber, red or off; `last_day` counts by stage."""

    light: str
    says: str
    server: str
    waiting: int
    gathering: int
    last_day: dict[str, int]
    dead_addresses: int
    down_since: datetime | None
    next_try_at: datetime | None
    latest: list[MailOut]

    @staticmethod
    def of(state: MailHealth, now: datetime) -> MailHealthOut:
        light, server = light_of(state, now), state.server
        return MailHealthOut(
            light=light.colour,
            says=str(light.says),
            server=f"{server.host}:{server.port}" if server else "",
            waiting=state.waiting,
            gathering=state.gathering,
            last_day=dict(state.counts),
            dead_addresses=state.dead_addresses,
            down_since=state.relay.down_since,
            next_try_at=state.relay.next_at,
            latest=[MailOut.of(mail) for mail in state.latest],
        )
