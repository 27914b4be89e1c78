"""Bodies that take part: centres, departments, committees, companies; and where they serve."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import POSTS, Stamped
from mulin.places.face import Area
from mulin.posts.queries.organisations import OrganisationQuerySet, ServiceQuerySet
from mulin.posts.rules import Scope
from mulin.posts.rules.bodies import BodyFunction, BodyKind

NAME_LIMIT = 100


class Organisation(Stamped, Record):
    """A body with a home area, which serves any number of areas."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = POSTS

    kind = ShortText(_("kind"), limit=20)
    name = ShortText(_("name"), limit=NAME_LIMIT)
    name_en = ShortText(_("English name"), limit=NAME_LIMIT, blank=True, default="")
    home = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("home area")
    )
    phone = ShortText(_("public phone"), limit=40, blank=True, default="")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["name", "id"], name="organisation_name_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in BodyKind]), name="organisation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("created_at")),
                name="organisation_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the screen."""
        if self.name_en and not (get_language() or "").startswith("zh"):
            return self.name_en
        return self.name

    @property
    def rank(self) -> BodyKind:
        """The kind as the enum member, with its label."""
        return BodyKind(self.kind)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def functions(self) -> list[BodyFunction]:
        """What it takes care of; prefetch `function_rows` for a list."""
        return sorted(BodyFunction(row.function) for row in self.function_rows.all())

    def scope(self) -> Scope:
        """Where it has its home; its own people know it by its id."""
        return Scope(paths=(self.home.path,), organisations=(self.id,))


class OrganisationFunction(Record):
    """One thing an organisation takes care of: how the matter list finds who handles a kind of matter."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="function_rows")
    function = ShortText(limit=30)

    class Meta:
        indexes = [models.Index(fields=["function"], name="organisation_by_function")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "function"], name="organisation_function_once")
        ]


class Service(Record):
    """An area that an organisation serves, from one instant to another (open: null)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="served_by")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area"], condition=Q(to_at__isnull=True), name="service_open_once"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="service_ends_after_start"
            ),
        ]
