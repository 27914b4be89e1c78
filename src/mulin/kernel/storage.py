"""Where photos and files lie: in the data folder, or by setting in a bucket that speaks S3.

A name is made by us (`files/2026/07/<uuid>.pdf`), never by whoever sent the file. What is laid down is never changed.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mulin.kernel import disk
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Refusal

CHUNK = 256 * 1024
FOLDERS = ("photos", "files", "panoramas")  # all that lies here, and all that a backup takes


class Missing(FileNotFoundError):
    """There is no such file where it should be."""


class Away(Refusal):
    """The service that holds the bucket does not answer, or does not let us in."""

    status = 503
    default_code = "storage_away"
    default_message = _(
        "The place where photos and files are kept does not answer. Nothing was lost: please try again later."
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that lies in the store."""

    name: str
    size: int
    written_at: datetime


class Store(Protocol):
    """`lay` is whole or not at all; `durable`: it also outlives a cut of the power."""

    def lay(self, name: str, content: BinaryIO, *, durable: bool = True) -> None: ...
    def read(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]: ...
    def size(self, name: str) -> int: ...
    def things(self, folder: str) -> Iterator[Thing]: ...
    def discard(self, name: str) -> None: ...


def shelf() -> Store:
    """The one that the settings name."""
    return _bucket(settings.MULIN_S3_BUCKET) if settings.MULIN_S3_BUCKET else _Folder()


def exists(name: str) -> bool:
    try:
        shelf().size(name)
    except Missing:
        return False
    return True


def everything() -> Iterator[Thing]:
    """All photos and files."""
    for folder in FOLDERS:
        yield from shelf().things(folder)


def reader(name: str) -> io.BufferedReader:
    """A thing as a file that is read from its start to its end. Raises Missing."""
    return io.BufferedReader(_Stream(shelf().read(name)), CHUNK)


class _Stream(io.RawIOBase):
    """Pieces, one after another, as what wants to read a file takes them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = next(pieces, b"")  # what is missing is noticed now, not half-way

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def forget() -> None:
    """For tests: the settings of the bucket have changed."""
    _bucket.cache_clear()


def _checked(name: str) -> str:
    """A last line: whatever a row of a table says, nothing outside our folders is touched."""
    parts = PurePosixPath(name).parts
    if len(parts) < 2 or parts[0] not in FOLDERS or ".." in parts or "\\" in name:
        raise Missing(name)
    return name


class _Folder:
    """The data folder."""

    def lay(self, name: str, content: BinaryIO, *, durable: bool = True) -> None:
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{new_id()}.part")
        try:
            with disk.refusing(), beside.open("wb") as out:
                content.seek(0)
                shutil.copyfileobj(content, out, CHUNK)
                if durable:
                    out.flush()
                    os.fsync(out.fileno())
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)

    def read(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        self._stat(name)
        return _pieces(self._path(name), start, length)

    def size(self, name: str) -> int:
        return self._stat(name).st_size

    def things(self, folder: str) -> Iterator[Thing]:
        root = Path(settings.MULIN_DATA)
        for file in sorted((root / folder).rglob("*")):
            try:
                found = file.stat()
            except FileNotFoundError:  # removed since the folder was read
                continue
            if S_ISREG(found.st_mode) and not file.name.startswith("."):
                written_at = datetime.fromtimestamp(found.st_mtime, UTC)
                yield Thing(file.relative_to(root).as_posix(), found.st_size, written_at)

    def discard(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return Path(settings.MULIN_DATA) / _checked(name)

    def _stat(self, name: str) -> os.stat_result:
        try:
            return self._path(name).stat()
        except FileNotFoundError:
            raise Missing(name) from None


def _pieces(path: Path, start: int, length: int | None) -> Iterator[bytes]:
    """Opened with the first piece: an answer that nobody reads holds nothing open."""
    with path.open("rb") as file:
        file.seek(start)
        left = length
        while left is None or left > 0:
            piece = file.read(CHUNK if left is None else min(CHUNK, left))
            if not piece:
                return
            left = None if left is None else left - len(piece)
            yield piece


@lru_cache(maxsize=1)
def _bucket(name: str) -> _Bucket:
    return _Bucket(name)


class _Bucket:
    """A bucket of a service that speaks S3. Its library is loaded only where one is set."""

    def __init__(self, name: str) -> None:
        from storages.backends.s3 import S3Storage

        self._storage: Any = S3Storage(
            bucket_name=name,
            endpoint_url=settings.MULIN_S3_ENDPOINT or None,
            region_name=settings.MULIN_S3_REGION or None,
            access_key=settings.MULIN_S3_KEY or None,
            secret_key=settings.MULIN_S3_SECRET or None,
            addressing_style="path" if settings.MULIN_S3_ENDPOINT else None,
            default_acl=None,
            file_overwrite=True,
            client_config=_patience(),
        )

    def lay(self, name: str, content: BinaryIO, *, durable: bool = True) -> None:  # noqa: ARG002 - it always is
        content.seek(0)
        with _answering():
            self._storage.bucket.Object(_checked(name)).upload_fileobj(_Unclosed(content))

    def read(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        span = {} if not start and length is None else {"Range": _span(start, length)}
        if length == 0:
            return iter(())
        found = self._ask(name, lambda thing: thing.get(**span))
        return iter(found["Body"].iter_chunks(CHUNK))

    def size(self, name: str) -> int:
        return int(self._ask(name, lambda thing: thing.content_length))

    def things(self, folder: str) -> Iterator[Thing]:
        for each in self._storage.bucket.objects.filter(Prefix=f"{folder}/"):
            yield Thing(each.key, each.size, each.last_modified)

    def discard(self, name: str) -> None:
        self._storage.bucket.Object(_checked(name)).delete()

    def check(self) -> None:
        """Raise what the service raises where the bucket cannot be used."""
        self._storage.connection.meta.client.head_bucket(Bucket=self._storage.bucket_name)

    def _ask(self, name: str, what: Any) -> Any:
        from botocore.exceptions import ClientError

        with _answering():
            try:
                return what(self._storage.bucket.Object(_checked(name)))
            except ClientError as error:
                if error.response["Error"]["Code"] in ("404", "NoSuchKey", "NotFound"):
                    raise Missing(name) from error
                raise


@contextmanager
def _answering() -> Iterator[None]:
    """Say of whatever the service or the network does that it is away."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise Away from error


class _Unclosed:
    """Uploading closes what it read; whoever opened it does that."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        return self._content.read(size)


def _span(start: int, length: int | None) -> str:
    return f"bytes={start}-" if length is None else f"bytes={start}-{start + length - 1}"


def _patience() -> Any:
    from botocore.config import Config

    # Checksums that only newer services know are left out: most that speak S3 in a town's own cellar do not.
    return Config(
        connect_timeout=5, read_timeout=30, retries={"max_attempts": 2}, signature_version="s3v4",
        s3={"addressing_style": "path"} if settings.MULIN_S3_ENDPOINT else {},
        request_checksum_calculation="when_required", response_checksum_validation="when_required",
    )  # fmt: skip


def works() -> bool:
    """Whether files can be put and read now: for the lights."""
    found = shelf()
    if not isinstance(found, _Bucket):
        return os.access(settings.MULIN_DATA, os.W_OK)
    try:
        found.check()
    except Exception:  # whatever the service or the network says: it cannot be used
        return False
    return True
