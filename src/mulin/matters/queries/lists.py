"""Lists of matters: what waits for me, what is where, what was found; in pages by key, never by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q

from mulin.kernel import search
from mulin.kernel.refusals import Invalid
from mulin.matters.actions.searching import TABLE
from mulin.matters.models import Matter
from mulin.matters.models.querysets import MatterQuerySet
from mulin.matters.queries.dressing import dressed
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.rules.states import Kind, State, of_kind
from mulin.places.face import Level
from mulin.posts.face import Permission, Who

PAGE = 50
MOST = 200
_LEVELS = {str(int(level)) for level in Level}
# What no row of a list shows: the text, and the clocks behind the dates.
LEFT_OUT = (
    "text", "filed_place", "spot", "due_clock", "due_from", "due_used", "due_extra", "promise_from", "promise_used",
    "promise_extra", "next_rung_at", "first_promise_at",
)  # fmt: skip
_LOOKS = 5  # search rows are looked through in so many slices before a page is given back half full


class Show(StrEnum):
    """Which matters a list starts from."""

    MINE = "mine"  # what waits for my seats
    OPEN = "open"
    LATE = "late"
    WAITING = "waiting"
    DONE = "done"
    VOID = "void"
    ALL = "all"
    FOLLOW_UP = "follow_up"  # closed some days ago, and nobody has asked the reporter how it went


@dataclass(frozen=True)
class Filters:
    """A list by its address: every field is one word of the query string; empty means no such filter."""

    show: Show = Show.OPEN
    state: str = ""
    type: str = ""  # code of the list, any level
    area: str = ""  # path
    level: str = ""  # path length of the holder
    urgent: str = ""
    channel: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], default: Show = Show.OPEN) -> Filters:
        """From a query string. Raises Invalid for a word that means nothing."""
        given = {name.name: (query.get(name.name) or "").strip() for name in fields(cls)}
        if given["state"] and given["state"] not in set(State):
            raise Invalid(code="state", field="state")
        if given["level"] and given["level"] not in _LEVELS:
            raise Invalid(code="level", field="level")
        if given["show"] and given["show"] not in set(Show):
            raise Invalid(code="show", field="show")
        show = Show(given.pop("show") or default)
        return cls(show=show, **given)

    def query(self, **changes: str) -> dict[str, str]:
        """As a query string's words, without the empty ones."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # every field is a word
        return {
            each.name: str(getattr(changed, each.name))
            for each in fields(changed)
            if getattr(changed, each.name)
        }


@dataclass(frozen=True)
class MatterPage:
    """One page; `next` is the key to ask for the following one, empty on the last."""

    rows: list[Matter] = field(default_factory=list)
    next: str = ""


def listed(who: Who, filters: Filters, *, after: str = "", limit: int = PAGE) -> MatterPage:
    """The matters that `who` may see and that the filters leave. Soonest due first; done and found: newest first."""
    limit = max(1, min(limit, MOST))
    if filters.q:
        return _found(who, filters, after, limit)
    rows = filtered(who, filters)
    if filters.show is Show.FOLLOW_UP:
        return _by_follow_up(rows, after, limit)
    if filters.show in (Show.MINE, Show.OPEN, Show.LATE, Show.WAITING):
        return _by_due(rows, after, limit)
    return _newest(rows, after, limit)


def filtered(who: Who, filters: Filters) -> MatterQuerySet:
    """The same as a query set, in no order: for counts and the map."""
    rows = _shown(who, filters.show)
    narrow: dict[str, object] = {}
    if filters.state:
        narrow["state"] = filters.state
    if filters.level:
        narrow["held_level"] = int(filters.level)
    if filters.channel:
        narrow["channel"] = filters.channel
    if filters.urgent:
        narrow["urgent"] = True
    rows = rows.filter(**narrow)
    if filters.type:
        rows = rows.filter(type__code__startswith=filters.type)
    return rows.under(filters.area) if filters.area else rows


def _shown(who: Who, show: Show) -> MatterQuerySet:
    if show is Show.MINE:
        return Matter.objects.waiting_for(waiting_seat_ids(who)).not_about(who)
    rows = Matter.objects.visible_to(who)
    if show is Show.LATE:
        return rows.late(who.now)
    if show is Show.FOLLOW_UP:
        return rows.filter(state=State.CLOSED, follow_up_at__lte=who.now)
    kinds = {Show.OPEN: (Kind.OPEN, Kind.WAITING), Show.WAITING: (Kind.WAITING,), Show.DONE: (Kind.DONE,)}
    kinds |= {Show.VOID: (Kind.VOID,)}
    return rows.filter(state__in=of_kind(*kinds[show])) if show in kinds else rows


def _by_due(rows: MatterQuerySet, after: str, limit: int) -> MatterPage:
    """What has no due date (nobody's turn) comes last."""
    if after:
        at, last = _key(after)
        if at is None:
            rows = rows.filter(due_at=None, id__gt=last)
        else:
            rows = rows.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=last) | Q(due_at=None))
    found = dressed(rows.defer(*LEFT_OUT).order_by(F("due_at").asc(nulls_last=True), "id")[: limit + 1])
    return _page(found, limit, [matter.due_at for matter in found])


def _by_follow_up(rows: MatterQuerySet, after: str, limit: int) -> MatterPage:
    """Whoever waits longest to be asked comes first: a walk along the index of those that wait."""
    if after:
        at, last = _key(after)
        if at is None:
            raise Invalid(code="page", field="after")
        rows = rows.filter(Q(follow_up_at__gt=at) | Q(follow_up_at=at, id__gt=last))
    found = list(rows.with_labels().order_by("follow_up_at", "id")[: limit + 1])
    return _page(found, limit, [matter.follow_up_at for matter in found])


def _newest(rows: MatterQuerySet, after: str, limit: int) -> MatterPage:
    if after:
        at, last = _key(after)
        if at is None:
            raise Invalid(code="page", field="after")
        rows = rows.filter(Q(reported_at__lt=at) | Q(reported_at=at, id__lt=last))
    found = dressed(rows.defer(*LEFT_OUT).order_by("-reported_at", "-id")[: limit + 1])
    return _page(found, limit, [matter.reported_at for matter in found])


def _page(found: list[Matter], limit: int, keys: list[datetime | None]) -> MatterPage:
    if len(found) <= limit:
        return MatterPage(found)
    at, last = keys[limit - 1], found[limit - 1]
    mark = f"{at.timestamp():.6f}" if at else ""
    return MatterPage(found[:limit], f"{mark}~{last.pk.hex}")


def _key(after: str) -> tuple[datetime | None, UUID]:
    at, _, last = after.partition("~")
    try:
        return (datetime.fromtimestamp(float(at), UTC) if at else None), UUID(last)
    except (ValueError, OverflowError, OSError):
        raise Invalid(code="page", field="after") from None


def _found(who: Who, filters: Filters, after: str, limit: int) -> MatterPage:
    """By words: the index already knows who may see what, and the rows are asked once more."""
    rows = filtered(who, filters)
    kept: list[Matter] = []
    place: str | None = after or None
    for _ in range(_LOOKS):
        ids = search.find(TABLE, filters.q, tokens_of(who), limit=limit, before=place)
        known = {matter.pk: matter for matter in dressed(rows.filter(pk__in=list(ids)).defer(*LEFT_OUT))}
        kept += [known[each] for each in ids if each in known]
        place = ids.more
        if place is None or len(kept) >= limit:
            break
    return MatterPage(kept, place or "")


def tokens_of(who: Who) -> set[str] | None:
    """The areas and bodies whose matters `who` may read, as the search index writes them."""
    if who.is_system:
        return None
    reading = [line for line in who.standings() if Permission.MATTER_READ in line.role.permissions]
    found = {search.area_token(line.path) for line in reading if line.path}
    found |= {search.organisation_token(line.organisation) for line in reading if line.organisation}
    return found | ({search.own_token(who.user.pk)} if who.user else set())
