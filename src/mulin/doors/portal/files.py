"""The files of a matter as its reporter has them, and the form that takes more."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mulin.matters.face import (
    Attachment,
    FileShape,
    Kind,
    Matter,
    UploadForm,
    files_for_reporter,
    shape,
    tus_owner,
)


def files_context(matter: Matter, *, voice: bool, returned: UploadForm | None = None) -> dict[str, Any]:
    """Whoever merely joined in adds none; nor does anybody to what was withdrawn, declined or joined."""
    may_add = not voice and matter.kind is not Kind.VOID
    rows = files_for_reporter(matter, voice=voice)
    return {
        "files": [_shape(matter, row) for row in rows],
        "files_form": (returned or UploadForm(auto_id="files_%s")) if may_add else None,
    }


def _shape(matter: Matter, row: Attachment) -> FileShape:
    one = [matter.number, row.pk]
    return shape(
        row,
        url=reverse("follow-file", args=one),
        preview=reverse("follow-file-small", args=one),
        remove=reverse("follow-file-remove", args=one) if row.by_reporter else "",
    )


def owner_of(matter: Matter) -> str:
    """Whoever holds its code: the same person on another device goes on with the same upload."""
    return tus_owner("portal", "reporter", matter.pk)
