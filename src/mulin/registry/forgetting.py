"""What goes in time: residents who left long ago, merchants and doors that are no more, old openings in emergencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, EntryText, Sweep, register_sweep
from mulin.registry.actions.erasing import RULE, erase_record, erase_words
from mulin.registry.models import BreakGlass, Dwelling, HomeImportBefore, Household, Merchant, Resident

Find = Callable[[datetime], QuerySet[Any]]

MERCHANT_EMPTY = {
    "operator_name": "", "operator_phone": "", "operator_phone_index": "", "safety_name": "", "safety_phone": "",
}  # fmt: skip
OWNER_EMPTY = {"owner_name": "", "owner_phone": "", "owner_phone_index": ""}


def declare() -> None:
    """Say how the registry is forgotten; called when the application starts."""
    _register(
        "residents", _("Residents who moved away or died"), _left,
        _("All that is personal is erased, with their permits, care needs, requests and the words of the journal."),
        _erase_residents,
    )  # fmt: skip
    _register(
        "merchants", _("Merchants that closed"), _closed_merchants, _("Who ran them is erased; the name stays."),
        _erasing(_closed_merchants, Merchant, MERCHANT_EMPTY),
    )  # fmt: skip
    _register(
        "households", _("Households that were dissolved"), _dissolved, _("Their register number is erased."),
        _erasing(_dissolved, Household, {"number": ""}),
    )  # fmt: skip
    _register(
        "dwellings", _("Doors that are no more"), _gone_doors, _("Their owner is erased."),
        _erasing(_gone_doors, Dwelling, OWNER_EMPTY),
    )  # fmt: skip
    _register(
        "lists_before", _("Records as they were before a list brought them up to date"), _old_before,
        _("Deleted: a list taken back later leaves those records as they are."), _drop_before,
    )  # fmt: skip
    _register(
        "glasses", _("Openings in emergencies"), _old_glasses,
        _("Reason and review are deleted; who read what stays with the readings, which nothing here removes."),
        _drop_glasses, rule="disclosure",
    )  # fmt: skip


def _register(name: str, title: Any, past: Find, does: Any, erase: Any, rule: str = RULE) -> None:
    register_sweep(name, Sweep(rule, title, does, lambda before: past(before).count(), erase))


def _left(before: datetime) -> QuerySet[Resident]:
    old = Resident.objects.filter(left_on__lt=timezone.localdate(before), erased_at=None, merged_into=None)
    return old.order_by("left_on", "id")


def _erase_residents(before: datetime, most: int, by: Actor, now: datetime) -> int:
    ids = list(_left(before).values_list("pk", flat=True)[:most])
    rows = _left(before).filter(pk__in=ids).select_for_update().order_by("pk")  # whoever is back by now stays
    return sum(erase_record(row, rule=RULE, by=by, now=now) for row in list(rows))


def _has_words(kind: str) -> Exists:
    """The journal still says something of it in words: who ran it before, why a household was dissolved."""
    words = EntryText.objects.filter(entry__subject_kind=kind, entry__subject=OuterRef("pk"), erased_at=None)
    return Exists(words)


def _closed_merchants(before: datetime) -> QuerySet[Merchant]:
    closed = Merchant.objects.filter(closed_on__lt=timezone.localdate(before))
    closed = closed.annotate(
        phone_there=Cast("safety_phone", TextField())
    )  # as it lies there: only whether any does
    nothing = Q(operator_name="", operator_phone_index="", safety_name="", phone_there="")
    return closed.filter(~nothing | Q(_has_words("merchant"))).order_by("id")


def _dissolved(before: datetime) -> QuerySet[Household]:
    dissolved = Household.objects.filter(to_on__lt=timezone.localdate(before))
    return dissolved.filter(~Q(number="") | Q(_has_words("household"))).order_by("id")


def _gone_doors(before: datetime) -> QuerySet[Dwelling]:
    gone = Dwelling.objects.filter(closed_at__lt=before)
    nothing = Q(owner_name="", owner_phone_index="")
    return gone.filter(~nothing | Q(_has_words("dwelling"))).order_by("id")


def _erasing(find: Find, model: type[Model], empty: dict[str, str]) -> Callable[..., int]:
    """Empty these columns, and what the journal says of them in words."""

    def erase(before: datetime, most: int, by: Actor, now: datetime) -> int:
        ids = list(find(before).values_list("pk", flat=True)[:most])
        model._default_manager.filter(pk__in=ids).update(**empty)
        erase_words(model.__name__.lower(), ids, rule=RULE, by=by, now=now)
        return len(ids)

    return erase


def _old_before(before: datetime) -> QuerySet[HomeImportBefore]:
    return HomeImportBefore.objects.filter(kept_at__lt=before).order_by("kept_at", "id")


def _drop_before(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    ids = list(_old_before(before).values_list("pk", flat=True)[:most])
    return HomeImportBefore.objects.filter(pk__in=ids).delete()[0]


def _old_glasses(before: datetime) -> QuerySet[BreakGlass]:
    return BreakGlass.objects.filter(opened_at__lt=before).order_by("opened_at", "id")


def _drop_glasses(before: datetime, most: int, by: Actor, now: datetime) -> int:  # noqa: ARG001 - a sweep's signature
    ids = list(_old_glasses(before).values_list("pk", flat=True)[:most])
    return BreakGlass.objects.filter(pk__in=ids).delete()[0]
