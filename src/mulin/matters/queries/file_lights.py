"""Whether files can be kept and looked at for viruses, and how to mend it where they cannot."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mulin.kernel import clamav, storage
from mulin.kernel.lights import Colour, Light


def file_lights(now: datetime) -> list[Light]:  # noqa: ARG001 - the shape of every check
    return [_store(), _scanner()]


def _store() -> Light:
    title = _("Where photos and files lie")
    where = _("in the bucket") if settings.MULIN_S3_BUCKET else _("in the data folder")
    if storage.works():
        return Light("files.store", Colour.GREEN, title, where)
    mend = (
        _(
            "Look at MULIN_S3_BUCKET, MULIN_S3_ENDPOINT and the keys: is the bucket there, may this key use it?"
        )
        if settings.MULIN_S3_BUCKET
        else _("Give the account that runs Mulin the right to write into the data folder.")
    )
    return Light(
        "files.store", Colour.RED, title, _("It cannot be used: no photo and no file is taken."), mend
    )


def _scanner() -> Light:
    title = _("Virus scanner")
    if not clamav.is_used():
        return Light(
            "files.scanner", Colour.OFF, title, _("Files are not scanned."),
            _("Install ClamAV and name its socket in MULIN_CLAMAV."),
        )  # fmt: skip
    if clamav.answers():
        return Light("files.scanner", Colour.GREEN, title, _("It answers; each file is scanned."))
    return Light(
        "files.scanner", Colour.RED, title, _("It does not answer: no file is taken until it does."),
        _("Start clamd, and see that MULIN_CLAMAV names its socket and that this account may use it."),
    )  # fmt: skip
