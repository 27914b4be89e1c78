"""A matter (事项): anything raised that someone must settle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from mulin.kernel.fields import PastPath, PathField, ShortText
from mulin.kernel.models import Record
from mulin.matters.labels import again_words
from mulin.matters.models.querysets import MatterQuerySet
from mulin.matters.models.type import MatterType
from mulin.matters.rules.moves import Outcome
from mulin.matters.rules.states import Circulation, Kind, State, circulation, kind_of
from mulin.posts.face import Scope, Seat

if TYPE_CHECKING:
    from mulin.matters.models.part import Part

TEXT_LIMIT = 4000


class Matter(Record):
    """Where it is, who has it, until when. Only `matters.actions` changes a state.

    `place` is today's path of the smallest known area and moves when borders are redrawn; `filed_place` is what it
    was then and never moves. `taken_by` is the grid that takes it, `held_at` the level that holds it now, `turn`
    the seat whose move it is. `voices` counts who raised it or said me too. `version` grows with every act, so that
    a page knows it has grown old.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("title", "text", "address", "lon", "lat", "spot")
    RETENTION: ClassVar[str] = "matter"

    number = ShortText(limit=16, unique=True)
    version = models.PositiveIntegerField(default=1)
    state = ShortText(limit=12, choices=[(state.value, state.value) for state in State])
    type = models.ForeignKey(MatterType, models.PROTECT, related_name="matters")
    title = ShortText(limit=120)
    text = ShortText(limit=TEXT_LIMIT)
    channel = ShortText(limit=12)
    urgent = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)

    address = ShortText(limit=200, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    spot = models.BigIntegerField(null=True)
    place = PathField()
    filed_place = PastPath()
    taken_by = models.ForeignKey("places.Area", models.PROTECT, related_name="matters_taken")
    held_at = models.ForeignKey("places.Area", models.PROTECT, related_name="matters_held")
    held_level = models.PositiveSmallIntegerField()
    about_area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="matters_about")
    about_organisation = models.ForeignKey(
        "posts.Organisation", models.PROTECT, null=True, related_name="matters_about"
    )

    turn = models.ForeignKey("posts.Seat", models.PROTECT, null=True, related_name="turns", db_index=False)
    due_at = models.DateTimeField(null=True)
    promise_at = models.DateTimeField()
    first_promise_at = models.DateTimeField()
    # The clocks behind the two dates: which limit, running since when (empty: it stands still), what was used
    # before, what was granted on top. `matters.actions.recompute` makes the dates of them again.
    due_clock = ShortText(limit=12, default="")
    due_from = models.DateTimeField(null=True)
    due_used = models.DurationField(default=timedelta)
    due_extra = models.DurationField(default=timedelta)
    promise_from = models.DateTimeField(null=True)
    promise_used = models.DurationField(default=timedelta)
    promise_extra = models.DurationField(default=timedelta)
    # The ladder: the percent of the highest rung that this turn has reached, and when the next one comes.
    rung = models.PositiveSmallIntegerField(default=0)
    next_rung_at = models.DateTimeField(null=True)
    resume_to = ShortText(limit=12, default="")
    resume_turn = models.ForeignKey(
        "posts.Seat", models.PROTECT, null=True, related_name="turns_paused", db_index=False
    )

    reported_at = models.DateTimeField()
    state_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = ShortText(limit=20, default="", choices=[(each.value, each.value) for each in Outcome])
    rating = models.PositiveSmallIntegerField(null=True)
    solved = models.BooleanField(null=True)
    passed_count = models.PositiveSmallIntegerField(default=0)
    return_count = models.PositiveSmallIntegerField(default=0)
    rework_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    urge_count = models.PositiveSmallIntegerField(default=0)
    supervise_count = models.PositiveSmallIntegerField(default=0)
    extension_count = models.PositiveSmallIntegerField(default=0)
    handover_count = models.PositiveSmallIntegerField(default=0)
    voices = models.PositiveIntegerField(default=1)
    split_count = models.PositiveSmallIntegerField(default=0)
    meeting = models.BooleanField(default=False)

    # When to ask the reporter how it went, and how often they were not reached: set at closing, empty once answered.
    follow_up_at = models.DateTimeField(null=True)
    follow_tries = models.PositiveSmallIntegerField(default=0)

    # The same kind at the same place before, and how often it has come back.
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    recurrence = models.PositiveSmallIntegerField(default=0)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split")
    # A case of its own above, and the one below it, by their bare numbers: they may lie in different installations.
    referral = ShortText(limit=40, default="")
    referred_from = ShortText(limit=40, default="")

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(State.CLOSED, State.ASSESSED), closed_at__isnull=False)
                | (~Q(state__in=(State.CLOSED, State.ASSESSED)) & Q(closed_at__isnull=True)),
                name="matter_closed_at_with_state",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="matter_rating_1_to_5"
            ),
        ]
        indexes = [
            # the queue: what waits for my seats, soonest first
            models.Index(fields=["turn", "due_at", "id"], name="matter_queue"),
            # lists of an area, newest first, and its late ones
            models.Index(fields=["place"], name="matter_place"),
            models.Index(fields=["taken_by", "state"], name="matter_taken"),
            models.Index(fields=["held_at", "state"], name="matter_held"),
            models.Index(fields=["-reported_at", "-id"], name="matter_newest"),
            models.Index(fields=["state", "due_at"], name="matter_due"),
            models.Index(fields=["type", "-reported_at"], name="matter_type"),
            # a map tile is one range a state; not partial: SQLite takes no partial index for bound values
            models.Index(fields=["state", "spot"], name="matter_state_spot"),
            models.Index(
                fields=["next_rung_at"], condition=Q(next_rung_at__isnull=False), name="matter_rung"
            ),
            # what was closed at this place before; nothing is written here while a matter is open
            models.Index(
                fields=["type", "spot"], condition=Q(closed_at__isnull=False), name="matter_again_spot"
            ),
            models.Index(
                fields=["type", "place"], condition=Q(closed_at__isnull=False), name="matter_again_place"
            ),
            # what was closed in a time, for figures
            models.Index(
                fields=["closed_at", "filed_place"],
                condition=Q(closed_at__isnull=False),
                name="matter_closed",
            ),
            models.Index(
                fields=["follow_up_at", "id"],
                condition=Q(follow_up_at__isnull=False),
                name="matter_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def scope(self) -> Scope:
        """Where it belongs: its place, the grid that takes it, the level that holds it, and whoever has a part."""
        reporters = self.reporters.filter(first=True).exclude(user=None).values_list("user_id", flat=True)
        return self.scope_of(list(self.parts.select_related("seat")), tuple(reporters))

    def scope_of(self, parts: Sequence[Part], people: tuple[UUID, ...]) -> Scope:
        """The same of parts and reporters that were read before, for many matters at once."""
        running = [part.seat for part in parts if part.to_at is None]
        over = [part.seat for part in parts if part.to_at is not None]
        turn = {self.turn_id} if self.turn_id else set()
        return Scope(
            paths=(self.place, self.taken_by.path, self.held_at.path),
            level=self.held_level,
            seats=tuple({seat.pk for seat in running} | turn),
            organisations=_bodies(running),
            once_seats=tuple({seat.pk for seat in over}),
            once_organisations=_bodies(over),
            people=people,
            about_paths=(self.about_area.path,) if self.about_area else (),
            about_organisations=(self.about_organisation_id,) if self.about_organisation_id else (),
        )

    @property
    def kind(self) -> Kind:
        return kind_of(self.state)

    @property
    def circulation(self) -> Circulation:
        return circulation(self.held_level)

    @property
    def again_label(self) -> str:
        """How often the same has come up here, in words; empty the first time."""
        return again_words(self.recurrence + 1)

    @property
    def type_label(self) -> str:
        return self.type.name_en if get_language() == "en" else self.type.name


def _bodies(seats: list[Seat]) -> tuple[UUID, ...]:
    return tuple({seat.organisation_id for seat in seats if seat.organisation_id})
