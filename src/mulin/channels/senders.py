"""What every way out of the house has in common: mail now, SMS when it comes. A sender knows no message and no rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is to be sent, in plain words. `key` is the same at each try: whoever receives it twice sees that."""

    key: str
    address: str
    subject: str
    body: str
    at: datetime
    stop_url: str = ""  # where one says without signing in that one wants no more of these


class Down(StrEnum):
    """Why the server itself took nothing: it concerns every mail. The codes are stored."""

    NAME = "name"  # its name is not known
    REFUSED = "refused"  # nobody answers at that port
    SILENT = "silent"  # it answers too slowly, or not at all
    DROPPED = "dropped"  # it hung up
    CERTIFICATE = "certificate"  # it is not who it says it is, or cannot prove it
    PLAIN = "plain"  # it offers no encryption
    LOGIN = "login"  # name or password are wrong
    SENDER = "sender"  # it does not let us send from our address
    BUSY = "busy"  # it asks to come again later


@dataclass(frozen=True, slots=True)
class Sent:
    """It took it, and answers for it now."""

    status: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: this one may be tried again."""

    status: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Never. `gone`: there is no such address."""

    status: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """It had all of it and did not say whether it took it: to try again might be to send it twice."""

    status: str = ""


@dataclass(frozen=True, slots=True)
class Unwell:
    """The server is not well; this one was not handed over, and the others need not be tried."""

    why: Down
    status: str = ""


Outcome = Sent | Later | Refused | Unsure | Unwell


class Line(Protocol):
    """An open line to the server. `used` counts what it took over."""

    used: int

    def send(self, envelope: Envelope, handing: Callable[[], bool]) -> Outcome:
        """Hand one over. `handing` is called right before the last word; where it says no, nothing was sent."""

    def close(self) -> None: ...


class Sender(Protocol):
    """One way out. `open` never raises for what a server may do."""

    code: str

    def is_set(self) -> bool:
        """Whether this house has such a server at all."""

    def open(self) -> Line | Unwell: ...
