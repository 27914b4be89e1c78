"""What is stored of places: the tree as it is today, what it was before, and which codes are used up."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import PastPath, PathField, ShortText
from mulin.kernel.ids import new_id
from mulin.kernel.models import Record
from mulin.kernel.stamps import PLACES, Stamped
from mulin.places.calendar_models import CalendarDay, WorkCalendar
from mulin.places.landmark_models import Landmark, Panorama
from mulin.places.naming import NAME_LIMIT, Named, in_language
from mulin.places.queries import AreaQuerySet
from mulin.places.rules import BuildingKind, Cover, GridKind, Level

__all__ = [
    "NAME_LIMIT",
    "Area",
    "AreaVersion",
    "CalendarDay",
    "Family",
    "Landmark",
    "Panorama",
    "RetiredPath",
    "Stamp",
    "WorkCalendar",
]

ADDRESS_LIMIT = 200
KIND_LIMIT = 40

# Plain values, so that a migration that repeats them needs nothing of this room.
PROVINCE, GRID, BUILDING = int(Level.PROVINCE), int(Level.GRID), int(Level.BUILDING)
LEVELS = [int(each) for each in Level]
COVERS = [each.value for each in Cover]
GRID_KINDS = [each.value for each in GridKind]


class Family(Named):
    """A kind of grid with its own cover of the ground: the base family partitions every village."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    code = ShortText(limit=20)
    cover = ShortText(limit=20)

    class Meta:
        verbose_name = _("grid family")
        verbose_name_plural = _("grid families")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="family_code_once"),
            models.CheckConstraint(condition=Q(cover__in=COVERS), name="family_cover_known"),
        ]


class Area(Stamped, Named):
    """A node of the one tree, as it is today. It is referred to by its UUID; its path may move."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"
    STAMP: ClassVar[str] = PLACES

    path = PathField(_("path"))
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = ShortText(_("code"), limit=24)  # of a building or unit: kept for life; of others: the path
    family = models.ForeignKey(
        Family, models.PROTECT, null=True, blank=True, related_name="grids", db_index=False
    )
    grid_kind = ShortText(limit=20, blank=True, default="")
    border = models.BinaryField(null=True, blank=True)  # WKB, WGS 84
    lon = models.FloatField(null=True, blank=True)  # where its label stands
    lat = models.FloatField(null=True, blank=True)
    kind = ShortText(limit=KIND_LIMIT, blank=True, default="")  # of a building: what it is used for
    floors = models.PositiveSmallIntegerField(null=True, blank=True)
    compound = ShortText(_("compound"), limit=NAME_LIMIT, blank=True, default="")
    compound_en = ShortText(_("English name of the compound"), limit=NAME_LIMIT, blank=True, default="")
    address = ShortText(_("address"), limit=ADDRESS_LIMIT, blank=True, default="")
    address_en = ShortText(_("English address"), limit=ADDRESS_LIMIT, blank=True, default="")
    from_at = models.DateTimeField()  # since when there is this area
    changed_at = models.DateTimeField()  # since when it is as it stands here
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        indexes = [
            models.Index(fields=["level", "path"], name="area_level_path"),
            models.Index(fields=["path"], name="area_drawn", condition=Q(border__isnull=False)),
            models.Index(
                fields=["family", "path"], name="area_family_path", condition=Q(family__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["path"], name="area_path_once"),
            models.UniqueConstraint(
                fields=["code"], name="building_code_once", condition=Q(level__gte=BUILDING)
            ),
            models.CheckConstraint(condition=Q(level=Length("path")), name="area_level_is_length"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="area_level_known"),
            models.CheckConstraint(
                condition=Q(level=PROVINCE, parent__isnull=True)
                | Q(level__gt=PROVINCE, parent__isnull=False),
                name="area_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(level=GRID, family__isnull=False, grid_kind__in=GRID_KINDS)
                | (~Q(level=GRID) & Q(family__isnull=True, grid_kind="")),
                name="area_family_of_grids",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="area_label_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("from_at")),
                name="area_closed_after_opened",
            ),
        ]

    @property
    def rank(self) -> Level:
        """The level as the enum member, with its label."""
        return Level(self.level)

    @property
    def address_label(self) -> str:
        """The address in the language of the screen."""
        return in_language(self.address, self.address_en)

    @property
    def compound_label(self) -> str:
        """The name of the compound in the language of the screen."""
        return in_language(self.compound, self.compound_en)

    @property
    def kind_label(self) -> str:
        """What the building is, in words; a kind that is no word of ours stands for itself."""
        known = self.kind in list(BuildingKind)
        return str(BuildingKind(self.kind).label) if known else self.kind

    @property
    def is_open(self) -> bool:
        """Whether the area is in use."""
        return self.closed_at is None


class AreaVersion(Record):
    """What an area was, from one instant up to another: the row that a change replaced."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    area = models.ForeignKey(Area, models.PROTECT, related_name="versions")
    path = PastPath()
    parent = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = ShortText(limit=NAME_LIMIT)
    name_en = ShortText(limit=NAME_LIMIT, blank=True, default="")
    border = models.BinaryField(null=True, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["path", "from_at"], name="version_path_from")]
        constraints = [
            models.UniqueConstraint(fields=["area", "from_at"], name="version_area_from_once"),
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="version_ends_after_start"),
        ]


class RetiredPath(Record):
    """A path that was an area's once. It is never given to another: what was written of it stays true."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "structure"

    path = PastPath()
    area = models.ForeignKey(Area, models.PROTECT, related_name="retired_paths")
    retired_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path"], name="retired_path_once")]


class Stamp(Record):
    """One row with a new mark after each change of the tree. Whoever writes places sets it first: the lock.

    `calendars` moves only where a calendar changed: whoever keeps due dates looks at it.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = "machinery"
    MACHINERY: ClassVar[bool] = True

    only = models.BooleanField(default=True)
    mark = models.UUIDField(default=new_id)
    calendars = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["only"], name="stamp_once"),
            models.CheckConstraint(condition=Q(only=True), name="stamp_is_the_only"),
        ]
