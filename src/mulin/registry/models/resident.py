"""A resident: a person who lives or lived here, with what a service needs of them and no more."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.registry.codes import DocumentKind, Education, Marital, Sex
from mulin.registry.models.kept import Kept
from mulin.registry.queries.keeping import ResidentQuerySet

DOCUMENT, PHONE = "registry.document", "registry.phone"


class Resident(Kept):
    """`place` is where they live now, or lived last. `left_on` is set while no residence of theirs is open.

    The document number and the phone lie encrypted, each with a keyed index for exact search. Names are plain.
    An erased record keeps its id, so that what points to it stands, and nothing else.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = (
        "name", "former_name", "latin_name", "sex", "born_on", "died_on", "nationality", "document_kind", "document",
        "document_index", "document_until", "phone", "phone_index", "native_division", "registered_division",
        "registered_address", "marital", "education", "occupation", "workplace", "arrived_on", "leaves_on",
        "stay_purpose",
    )  # fmt: skip
    RETENTION: ClassVar[str] = "registry"

    name = ShortText(_("name"), limit=100)
    former_name = ShortText(_("former name"), limit=100, blank=True, default="")
    latin_name = ShortText(_("name in Latin letters"), limit=100, blank=True, default="")
    sex = ShortText(_("sex"), limit=1, choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    died_on = models.DateField(_("date of death"), null=True, blank=True)
    nationality = ShortText(_("nationality"), limit=3, default="CHN")  # ISO 3166-1 alpha-3, as GB/T 2659
    document_kind = ShortText(_("document"), limit=3, choices=DocumentKind, blank=True, default="")
    document = EncryptedText(_("document number"), context=DOCUMENT, blank=True, default="")
    document_index = BlindIndex(blank=True, default="")
    document_until = models.DateField(_("document valid until"), null=True, blank=True)
    phone = EncryptedText(_("phone"), context=PHONE, blank=True, default="")
    phone_index = BlindIndex(blank=True, default="")
    native_division = ShortText(_("native place"), limit=12, blank=True, default="")  # GB/T 2260 digits
    registered_division = ShortText(_("place of registration"), limit=12, blank=True, default="")
    registered_address = ShortText(_("registered address"), limit=200, blank=True, default="")
    marital = ShortText(_("marital status"), limit=2, choices=Marital, blank=True, default="")
    education = ShortText(_("education"), limit=2, choices=Education, blank=True, default="")
    occupation = ShortText(_("occupation"), limit=60, blank=True, default="")
    workplace = ShortText(_("place of work or school"), limit=100, blank=True, default="")
    arrived_on = models.DateField(_("arrived in China"), null=True, blank=True)
    leaves_on = models.DateField(_("expected to leave China"), null=True, blank=True)
    stay_purpose = ShortText(_("purpose of the stay"), limit=60, blank=True, default="")
    left_on = models.DateField(_("moved away"), null=True, blank=True)
    # Nearly all are None: SQLite took an index of these for a good one, and read everybody to find one number.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    merged_into_id: UUID | None
    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        indexes = [
            models.Index(fields=["place", "id"], name="resident_place"),
            models.Index(fields=["place", "confirmed_at"], name="resident_stale"),
            models.Index(fields=["name", "born_on"], name="resident_name_born"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="resident_merged"
            ),
            models.Index(fields=["left_on"], condition=Q(left_on__isnull=False), name="resident_left"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document_index"],
                condition=~Q(document_index="") & Q(merged_into=None),
                name="resident_document_once",
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(born_on=None) | Q(died_on__gte=F("born_on")),
                name="resident_dies_after_birth",
            ),
        ]

    @property
    def is_here(self) -> bool:
        """Lives here as far as is known."""
        return self.left_on is None and self.died_on is None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """A record that stands for nobody any more: erased, or made one with another."""
        return self.erased_at is not None or self.merged_into_id is not None
