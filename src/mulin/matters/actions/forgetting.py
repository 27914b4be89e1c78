"""What of a matter is erased when its time is past: how to reach people, photos, at last its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Actor, Draft, Sweep, record_many, register, register_sweep
from mulin.matters.actions.apply import subject
from mulin.matters.actions.searching import index
from mulin.matters.models import Attachment, Contact, Matter, Photo, Reporter
from mulin.matters.rules.states import Kind, of_kind

OVER = of_kind(Kind.DONE, Kind.VOID)
CODE = "matter.forgotten"


def declare() -> None:
    register(CODE, _("What was past its time was erased"))
    register_sweep("contacts", Sweep(
        "contact", _("How to reach reporters"), _("Name and phone are erased; the matter stays."),
        lambda before: _contacts(before).count(), _erase_contacts,
    ))  # fmt: skip
    register_sweep("photos", Sweep(
        "photo", _("Photos of matters"), _("Erased; the files go seven days later."),
        lambda before: _photos(before).count(), _erase_photos,
    ))  # fmt: skip
    register_sweep("files", Sweep(
        "file", _("Recordings, videos and documents of matters"), _("Erased; the files go seven days later."),
        lambda before: _files(before).count(), _erase_files,
    ))  # fmt: skip
    register_sweep("matters", Sweep(
        "matter", _("Words and spots of matters"), _("Emptied; number, kind, dates, states and figures stay."),
        lambda before: _worded(before).count(), _empty_matters,
    ))  # fmt: skip


def _contacts(before: datetime) -> QuerySet[Reporter]:
    return Reporter.objects.filter(
        contact__isnull=False, matter__state__in=OVER, matter__state_at__lt=before
    ).order_by("matter__state_at", "pk")


def _erase_contacts(before: datetime, most: int, by: Actor, at: datetime) -> int:
    voices = list(_contacts(before).values_list("pk", "contact", "matter")[:most])
    Reporter.objects.filter(pk__in=[pk for pk, _contact, _matter in voices]).update(contact=None)
    Contact.objects.filter(pk__in=[contact for _pk, contact, _matter in voices]).delete()
    _say("contact", [matter for _pk, _contact, matter in voices], by, at)
    return len(voices)


def _photos(before: datetime) -> QuerySet[Photo]:
    return Photo.objects.filter(matter__state__in=OVER, matter__state_at__lt=before).order_by("at", "pk")


def _erase_photos(before: datetime, most: int, by: Actor, at: datetime) -> int:
    photos = list(_photos(before).values_list("pk", "matter")[:most])
    Photo.objects.filter(pk__in=[pk for pk, _matter in photos]).delete()
    _say("photo", [matter for _pk, matter in photos], by, at)
    return len(photos)


def _files(before: datetime) -> QuerySet[Attachment]:
    return Attachment.objects.filter(
        removed_at=None, matter__state__in=OVER, matter__state_at__lt=before
    ).order_by("at", "pk")


def _erase_files(before: datetime, most: int, by: Actor, at: datetime) -> int:
    files = list(_files(before).values_list("pk", "matter")[:most])
    Attachment.objects.filter(pk__in=[pk for pk, _matter in files]).update(removed_at=at, name="")
    _say("file", [matter for _pk, matter in files], by, at)
    return len(files)


def _worded(before: datetime) -> QuerySet[Matter]:
    return (
        Matter.objects.filter(state__in=OVER, state_at__lt=before).exclude(text="").order_by("state_at", "pk")
    )


def _empty_matters(before: datetime, most: int, by: Actor, at: datetime) -> int:
    matters = list(_worded(before).select_related("type", "taken_by", "held_at")[:most])
    for matter in matters:
        matter.title, matter.text, matter.address = matter.type.name, "", ""
        matter.lon = matter.lat = matter.spot = None
        index(matter)
    Matter.objects.bulk_update(matters, ["title", "text", "address", "lon", "lat", "spot"])
    _say("matter", [matter.pk for matter in matters], by, at)
    return len(matters)


def _say(rule: str, matters: Iterable[UUID], by: Actor, at: datetime) -> None:
    """One entry in the chain of each matter."""
    counts: dict[UUID, int] = {}
    for matter in matters:
        counts[matter] = counts.get(matter, 0) + 1
    drafts = [
        Draft(CODE, subject(Matter(pk=pk)), by, at, {"rule": rule, "count": count})
        for pk, count in counts.items()
    ]
    if drafts:
        record_many(drafts)
