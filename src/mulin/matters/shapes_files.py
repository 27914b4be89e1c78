"""What programs are told of a file of a matter."""

from datetime import datetime

from ninja import Schema

from mulin.matters.models import Attachment


class FileOut(Schema):
    """A file that is no photo. `for_reporter`: whoever raised the matter may have it, too."""

    id: str
    kind: str
    name: str
    media: str
    size: int
    sha256: str
    preview: bool
    scanned: bool
    by_reporter: bool
    for_reporter: bool
    at: datetime

    @classmethod
    def of(cls, row: Attachment) -> "FileOut":
        return cls(
            id=str(row.pk), kind=row.kind, name=row.name, media=row.media, size=row.size, sha256=row.sha256,
            preview=bool(row.preview), scanned=row.scanned, by_reporter=row.by_reporter,
            for_reporter=row.for_reporter, at=row.at,
        )  # fmt: skip


class UploadOut(Schema):
    """An upload that has begun; `id` is what claims it when it is whole."""

    id: str
    location: str


class RemovedOut(Schema):
    """It is gone from the page; its bytes follow after seven days."""

    id: str
    removed_at: datetime
