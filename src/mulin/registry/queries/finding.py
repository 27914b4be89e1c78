"""Records by an exact number: by the blind index under every key of the ring, so also while keys are rotated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from mulin.kernel.crypto import blind_all
from mulin.posts.face import Permission, Who
from mulin.registry.models import Dwelling, Merchant, Resident
from mulin.registry.models.dwelling import OWNER_PHONE
from mulin.registry.models.merchant import MERCHANT_PHONE
from mulin.registry.models.resident import DOCUMENT, PHONE
from mulin.registry.queries.opening import openable
from mulin.registry.rules.documents import document_form, phone_form

M = TypeVar("M", bound=Model)
MOST = 20  # a phone of a whole family, of an owner of many flats
SHORTEST = 5


@dataclass(frozen=True)
class Found:
    """Whom a number belongs to, within somebody's area."""

    residents: tuple[Resident, ...] = ()
    merchants: tuple[Merchant, ...] = ()
    dwellings: tuple[Dwelling, ...] = ()  # whose owner has this phone

    @property
    def people(self) -> list[UUID]:
        """The records that were hit: whose data this reading is."""
        return [row.pk for rows in (self.residents, self.merchants, self.dwellings) for row in rows]

    @property
    def only(self) -> Resident | Merchant | Dwelling | None:
        """The one record that was hit; nothing where there are none or several."""
        rows: list[Resident | Merchant | Dwelling] = [*self.residents, *self.merchants, *self.dwellings]
        return rows[0] if len(rows) == 1 else None

    def __bool__(self) -> bool:
        return bool(self.residents or self.merchants or self.dwellings)


def find(number: str, who: Who) -> Found:
    """Everybody with exactly this document number or phone among those whom `who` may find."""
    phone = phone_form(number)
    return Found(
        tuple(_only(Resident, who).filter(of_resident(number), merged_into=None, erased_at=None)[:MOST]),
        tuple(_only(Merchant, who).filter(_has("operator_phone_index", phone, MERCHANT_PHONE))[:MOST]),
        tuple(_only(Dwelling, who).filter(_has("owner_phone_index", phone, OWNER_PHONE), closed_at=None)[:MOST]),
    )  # fmt: skip


def of_resident(number: str) -> Q:
    """Residents with this document number or phone, wherever they live."""
    document, phone = document_form(number), phone_form(number)
    return _has("document_index", document, DOCUMENT) | _has("phone_index", phone, PHONE)


def _has(column: str, number: str, context: str) -> Q:
    if len(number) < SHORTEST:
        return Q(pk__in=())
    return Q(**{f"{column}__in": blind_all(number, context=context)})


def _only(model: type[M], who: Who) -> QuerySet[M]:
    return openable(model, who, Permission.REGISTRY_FIND).order_by("id")
