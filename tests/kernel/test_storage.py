"""Where files lie: the data folder, or a bucket of a real server that speaks S3."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from mulin.kernel import disk, storage
from mulin.kernel.storage import Missing

# The clock of a server is its own.
pytestmark = [pytest.mark.real_clock, pytest.mark.only_on("sqlite")]


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.MULIN_DATA = tmp_path


@pytest.fixture
def bucket(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings.MULIN_DATA = tmp_path  # where nothing is to appear
    settings.MULIN_S3_ENDPOINT = f"http://{host}:{port}"
    settings.MULIN_S3_REGION, settings.MULIN_S3_KEY, settings.MULIN_S3_SECRET = "us-east-1", "key", "secret"
    settings.MULIN_S3_BUCKET = "town"
    storage.forget()
    client: Any = boto3.client(
        "s3", endpoint_url=settings.MULIN_S3_ENDPOINT, region_name="us-east-1", aws_access_key_id="key",
        aws_secret_access_key="secret",
    )  # fmt: skip
    assert not storage.works()  # no such bucket yet
    client.create_bucket(Bucket="town")
    yield
    client.close()
    storage.forget()
    server.stop()
    assert list(tmp_path.rglob("*")) == []


NAME = "files/2026/03/约定.pdf"
CONTENT = bytes(range(256)) * 4000


def is_kept() -> None:
    store = storage.shelf()
    assert storage.works()
    store.lay(NAME, io.BytesIO(CONTENT))
    store.lay("photos/2026/03/a.jpg", io.BytesIO(b""), durable=False)
    assert (store.size(NAME), storage.exists("photos/2026/03/a.jpg"), storage.exists("files/b")) == (
        len(CONTENT), True, False,
    )  # fmt: skip
    assert b"".join(store.read(NAME)) == CONTENT
    assert b"".join(store.read(NAME, 300)) == CONTENT[300:]
    assert b"".join(store.read(NAME, 300, 5)) == CONTENT[300:305]
    assert b"".join(store.read(NAME, 300, 0)) == b""
    with storage.reader(NAME) as content:
        assert content.read(7) + content.read() == CONTENT
    assert {each.name: each.size for each in storage.everything()} == {
        NAME: len(CONTENT),
        "photos/2026/03/a.jpg": 0,
    }
    [thing] = store.things("files/2026")
    assert abs(thing.written_at - datetime.now(UTC)) < timedelta(minutes=1)
    store.discard(NAME)
    for missing in (NAME, "../keys/ring.json", "files/../../x", "elsewhere/x", "files"):
        with pytest.raises(Missing):
            list(store.read(missing))


@pytest.mark.usefixtures("folder")
def test_the_data_folder(tmp_path: Path) -> None:
    is_kept()
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["a.jpg"]


@pytest.mark.usefixtures("bucket")
def test_a_bucket() -> None:
    is_kept()


@pytest.mark.usefixtures("folder")
def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(disk.NoRoom):
        storage.shelf().lay(NAME, Broken())
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_bucket_that_does_not_answer_is_said(settings: LazySettings) -> None:
    settings.MULIN_S3_ENDPOINT, settings.MULIN_S3_BUCKET = "http://127.0.0.1:9", "town"
    settings.MULIN_S3_REGION, settings.MULIN_S3_KEY, settings.MULIN_S3_SECRET = "us-east-1", "key", "secret"
    storage.forget()
    for asked in (
        lambda: storage.shelf().lay(NAME, io.BytesIO(CONTENT)),
        lambda: storage.shelf().size(NAME),
        lambda: storage.shelf().read(NAME),
    ):
        with pytest.raises(storage.Away):
            asked()
    storage.forget()
