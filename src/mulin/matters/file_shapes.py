"""The files of a matter as pages show them, and the form that takes more; desk and portal use both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel import resumable
from mulin.kernel.filekinds import ACCEPT, KINDS, Kind
from mulin.kernel.refusals import NotYours, Refusal
from mulin.kernel.resumable import Upload
from mulin.kernel.serving import Served
from mulin.matters.models import Attachment

ICONS = {
    Kind.AUDIO: "microphone", Kind.VIDEO: "video", Kind.PDF: "file-type-pdf", Kind.OFFICE: "file-text",
    Kind.TEXT: "file-text", Kind.PHOTO: "photo",
}  # fmt: skip


class FileShape(TypedDict):
    """One file on a page; `remove` is empty where the person may not remove it."""

    row: Attachment
    icon: str
    size: str
    url: str
    preview: str
    remove: str


def shape(row: Attachment, *, url: str, preview: str, remove: str) -> FileShape:
    return {
        "row": row,
        "icon": ICONS[Kind(row.kind)],
        "size": filesizeformat(row.size),
        "url": url,
        "preview": preview if row.preview else "",
        "remove": remove,
    }


def served(row: Attachment, *, preview: bool = False) -> Served:
    """As its browser is told of it."""
    if preview:
        if not row.preview:
            raise NotYours
        return Served(row.preview, "image/jpeg", "preview.jpg", f"{row.sha256}-small", plays=True)
    return Served(row.file, row.media, row.name, row.sha256, plays=row.plays)


class FileInput(forms.FileInput):
    """Several files at once. With scripts they come piece by piece, and go on where they stopped."""

    template_name = "matters/widgets/file_input.html"
    allow_multiple_selected = True

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False  # what has arrived already may be all that is to be added

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["accept"] = ACCEPT
        return context | {"kept": getattr(self, "kept", [])}


class FilesField(forms.FileField):
    """Files as they are; what they are is told by looking into them."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002 - Django's signature
        return data


class UploadForm(forms.Form):
    """Files as they are, or the ids of uploads that arrived piece by piece."""

    file = FilesField(label=gettext_lazy("Files"))

    def __init__(self, *args: Any, owner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("upload") if isinstance(self.data, QueryDict) else []
        self.uploads = find_uploads(sent, owner)
        self.fields["file"].widget.kept = self.uploads
        self.fields["file"].help_text = limits_in_words()

    def refuse(self, refusal: Refusal) -> None:
        self.uploads[:] = [each for each in self.uploads if each.is_here]
        self.add_error("file", str(refusal.message))


class DeskUploadForm(UploadForm):
    """At the desk one says whether the reporter has it, too."""

    for_reporter = forms.BooleanField(
        label=gettext_lazy("The reporter may see it, too"), required=False, initial=False
    )


def find_uploads(ids: Sequence[str], owner: str) -> list[Upload]:
    """Those that are this owner's; one that was swept or is somebody else's is left out."""
    found = []
    for id in ids[: settings.MULIN_FILES_AT_ONCE + 1]:
        try:
            found.append(resumable.find(UUID(id), owner))
        except (ValueError, NotYours):
            continue
    return found


def limits_in_words() -> str:
    """How large each kind may be."""
    parts = [
        _("%(kind)s %(most)d MB") % {"kind": KINDS[kind], "most": settings.MULIN_FILE_MB[kind]}
        for kind in (Kind.AUDIO, Kind.VIDEO, Kind.PDF, Kind.OFFICE)
    ]
    return _("At most: %(limits)s. At most %(count)d at once.") % {
        "limits": " · ".join(parts), "count": settings.MULIN_FILES_AT_ONCE,
    }  # fmt: skip


def largest() -> int:
    """Bytes of the largest file that may be sent."""
    return int(max(settings.MULIN_FILE_MB.values()) * 1024**2)


def tus_owner(door: str, who: object, matter: UUID) -> str:
    """Whose upload it is, and for which matter: nobody else goes on with it or claims it."""
    return f"{door}:{who}:{matter}"


def files_sent(request: HttpRequest) -> list[Any]:
    return list(request.FILES.getlist("file"))
