"""Seats, and the posts that fill them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import POSTS, Stamped
from mulin.places.face import Area
from mulin.posts.models.leave import Leave
from mulin.posts.models.organisation import Organisation
from mulin.posts.models.person import User
from mulin.posts.queries.seats import PostQuerySet, SeatQuerySet
from mulin.posts.rules import ROLES, Role, Scope, Standing, superiors


class Seat(Stamped, Record):
    """A role at an area or an organisation, whoever holds it: what a matter waits for.

    It is machinery: a name for (role, place), made by the first post or turn that needs it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    MACHINERY: ClassVar[bool] = True
    STAMP: ClassVar[str] = POSTS

    role = ShortText(_("role"), limit=40)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="seats", null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats", null=True, blank=True
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, organisation__isnull=False)
                | Q(area__isnull=False, organisation__isnull=True),
                name="seat_at_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["area", "role"], condition=Q(area__isnull=False), name="seat_once_per_area"
            ),
            models.UniqueConstraint(
                fields=["organisation", "role"],
                condition=Q(organisation__isnull=False),
                name="seat_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def line(self) -> Role:
        """The role's line in the table."""
        return ROLES[self.role]

    @property
    def place(self) -> Area | Organisation:
        """The area or the organisation it is at."""
        found = self.area or self.organisation
        assert found is not None  # noqa: S101 - held by the constraint
        return found

    @property
    def label(self) -> str:
        """ "Grid worker, Guangming North grid": in the language of the screen."""
        return _("%(role)s, %(place)s") % {"role": self.line.label, "place": self.place.label}

    def standing(self) -> Standing:
        """The seat as the rules see it."""
        path = self.area.path if self.area else None
        return Standing(role=self.line, seat=self.id, path=path, organisation=self.organisation_id)

    def superiors(self) -> Iterator[tuple[str, str]]:
        """The seats above, nearest first, as (role, path). Above an organisation's is whoever dispatched."""
        return superiors(self.role, self.area.path) if self.area else iter(())

    def scope(self) -> Scope:
        """Where it is. A seat at an organisation also lies where that has its home."""
        if self.area:
            return Scope(paths=(self.area.path,))
        assert self.organisation is not None  # noqa: S101 - held by the constraint
        return self.organisation.scope()


class Post(Stamped, Record):
    """A person's appointment to a seat, from one instant up to another (open: null)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("user",)
    RETENTION: ClassVar[str] = "person"
    STAMP: ClassVar[str] = POSTS

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name=_("person"))
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="posts", verbose_name=_("seat"))
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"), null=True, blank=True)
    deputy_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="deputies",
        null=True,
        blank=True,
        verbose_name=_("deputy for"),
    )
    # Why they stand in: the leave of whoever holds the post that they are deputy for.
    leave = models.ForeignKey(
        Leave,
        on_delete=models.PROTECT,
        related_name="deputy_posts",
        null=True,
        blank=True,
        verbose_name=_("leave"),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["user", "to_at"], name="post_by_user"),
            models.Index(fields=["seat", "to_at"], name="post_by_seat"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="post_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "seat"], condition=Q(to_at__isnull=True), name="post_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.label}: {self.seat.label}"

    def scope(self) -> Scope:
        """Where its seat is."""
        return self.seat.scope()
