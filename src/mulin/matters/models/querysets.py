"""What one can ask of matters, by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mulin.matters.rules.states import LIVE, Kind, of_kind
from mulin.places.face import parents, within
from mulin.posts.face import Permission, Who, area_filter

if TYPE_CHECKING:
    from mulin.matters.models.matter import Matter  # noqa: F401 - named by the base class


class MatterQuerySet(models.QuerySet["Matter"]):
    def live(self) -> Self:
        """Somebody still owes something."""
        return self.filter(state__in=LIVE)

    def of_kind(self, *kinds: Kind) -> Self:
        return self.filter(state__in=of_kind(*kinds))

    def late(self, now: datetime) -> Self:
        """The turn has passed its due date."""
        return self.filter(state__in=of_kind(Kind.OPEN), due_at__lt=now)

    def visible_to(self, who: Who) -> Self:
        """What `who` may read.

        Included if and only if its place, the grid that takes it or the level that holds it lies in the reach of a
        post of theirs; or a part of it was given to their seat or organisation; or they raised it themselves; and
        it does not complain of where they sit.
        """
        return self.allowed(who, Permission.MATTER_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        """The same for another permission: two posts may reach differently far."""
        from mulin.matters.models.part import Part
        from mulin.matters.models.reporter import Reporter

        def with_parts(seats: Q) -> Q:
            return Q(Exists(Part.objects.filter(seats, matter=OuterRef("pk"))))

        return self.filter(
            area_filter(
                who,
                permission,
                path_fields=("place", "taken_by__path", "held_at__path"),
                level_field="held_level",
                organisations=lambda ids: with_parts(Q(seat__organisation__in=ids)),
                seats=lambda ids: Q(turn__in=ids) | with_parts(Q(seat__in=ids)),
                people=lambda ids: Q(
                    Exists(Reporter.objects.filter(matter=OuterRef("pk"), user__in=ids, first=True))
                ),
                about_path="about_area__path",
                about_organisation="about_organisation",
            )
        )

    def under(self, path: str) -> Self:
        """Its place lies in the area."""
        low, high = within(path)
        return self.filter(place__gte=low, place__lt=high)

    def waiting_for(self, seats: Iterable[UUID]) -> Self:
        """The queue: the turn is one of these seats, or an open part of theirs asks for something."""
        from mulin.matters.models.part import Part, PartKind

        seats = list(seats)
        asked = Part.objects.filter(seat__in=seats, kind__in=(PartKind.ASSIST, PartKind.DECIDE), to_at=None)
        # Read first: with a subquery beside it no database would use the index of turns.
        mine = Q(turn__in=seats, state__in=LIVE)
        matters = list(asked.values_list("matter", flat=True))
        return self.filter(mine | Q(pk__in=matters) if matters else mine)

    def not_about(self, who: Who) -> Self:
        """Without those that complain of where they sit: a turn of their seat's waits for whoever else sits there."""
        bodies = {seat.organisation_id for seat in who.seats if seat.organisation_id}
        areas = {seat.area.path for seat in who.seats if seat.area}
        paths = {above for path in areas for above in (path, *parents(path))}
        found = self.filter(Q(about_area=None) | ~Q(about_area__path__in=paths)) if paths else self
        return (
            found.filter(Q(about_organisation=None) | ~Q(about_organisation__in=bodies)) if bodies else found
        )

    def with_labels(self) -> Self:
        """Everything that one row of a list shows, in one query."""
        return self.select_related("type", "turn__area", "turn__organisation", "held_at", "taken_by").defer(
            "held_at__border", "taken_by__border", "turn__area__border"
        )

    def unchecked_due(self, now: datetime) -> Self:
        """Micro matters that were not drawn for a check and whose time is over."""
        return self.filter(state="handled", turn=None, due_at__lte=now)

    def paused_until(self, now: datetime, state: str) -> Self:
        """What stood still in this state until now, the longest over first: a range of the index of due dates."""
        return self.filter(state=state, due_at__lte=now).order_by("due_at")
