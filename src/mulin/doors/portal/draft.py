"""A report that is not sent yet: kept on the server, encrypted in the session, so that neither Back nor a reload,
nor a phone without a script, loses a word of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest

from mulin.kernel import crypto
from mulin.kernel.ids import new_id
from mulin.matters.face import MatterType
from mulin.places.face import Area

SESSION, CONTEXT = "report", "portal.draft"


@dataclass(frozen=True)
class DraftPhoto:
    """A photo that is safe already; its files lie in the drafts' folder."""

    name: str
    width: int
    height: int


@dataclass
class Draft:
    """What somebody has told so far. Its `id` becomes the matter's: so one draft is one matter at most."""

    id: str = field(default_factory=lambda: str(new_id()))
    text: str = ""
    kind: str = ""
    photos: list[DraftPhoto] = field(default_factory=list)
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    address: str = ""
    placed: bool = False
    anonymous: bool = False
    own: bool = False  # through their account alone, without a phone
    name: str = ""
    phone: str = ""
    secret: bool = False
    about: str = ""
    joining: str = ""  # the key of a known matter, once somebody chose to add their voice to it
    unlike: str = ""  # for which kind and place they said that it is none of the known ones
    warned: list[str] = field(default_factory=list)

    @property
    def key(self) -> UUID:
        return UUID(self.id)

    @property
    def pin(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def how(self) -> str:
        """How they are reached, as the form says it."""
        return "anonymous" if self.anonymous else "account" if self.own else "phone"

    def reach(self, how: str, name: str, phone: str) -> None:
        """Keep how they are reached; who stays unknown leaves neither name nor phone."""
        self.anonymous, self.own = how == "anonymous", how == "account"
        self.name, self.phone = (name, phone) if how == "phone" else ("", "")

    def matter_type(self) -> MatterType | None:
        """The kind, if one may still choose it."""
        return MatterType.objects.listed().filter(code=self.kind).first() if self.kind else None

    def chosen_area(self) -> Area | None:
        """The area chosen from the list, if it is still in use."""
        return Area.objects.plain().open().filter(path=self.area).first() if self.area else None

    @property
    def spot(self) -> str:
        """Kind and place in one word: what is known near by depends on these."""
        return f"{self.kind}|{self.area}|{self.lon}|{self.lat}"

    def next_step(self) -> str:
        """The first page that still lacks an answer; the last one where none does."""
        if not self.text:
            return "report"
        if not self.kind:
            return "report-kind"
        if not self.placed:
            return "report-where"
        return "report-send" if self.unlike == self.spot else "report-known"


def load(request: HttpRequest) -> Draft | None:
    """The draft of this browser; nothing where there is none, or the key that closed it is gone."""
    kept = request.session.get(SESSION)
    if not kept:
        return None
    try:
        return _read(orjson.loads(crypto.decrypt(kept, context=CONTEXT)))
    except (ValueError, TypeError, KeyError):
        return None


def _read(values: Mapping[str, Any]) -> Draft:
    photos = [DraftPhoto(**each) for each in values["photos"]]
    return Draft(**{**values, "photos": photos})


def store(request: HttpRequest, draft: Draft) -> None:
    request.session[SESSION] = crypto.encrypt(orjson.dumps(asdict(draft)).decode(), context=CONTEXT)


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION, None)
