"""A backup, taken while people work, comes back elsewhere as it was, or is refused with one plain line."""

from __future__ import annotations

import json
import resource
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from mulin.commands import restore
from mulin.doors.api.models import FirstAnswer
from mulin.kernel import keys
from mulin.matters.face import Attachment, Matter, Photo, ReporterGiven, add_files, make_safe, take_in
from mulin.posts.face import User
from tests.commands.conftest import MakePlace
from tests.commands.town import Town
from tests.matters import sent_files
from tests.matters.world import a_matter, the
from tests.support import environment
from tests.support.clock import NOW

pytestmark = pytest.mark.tiny_town
OTHER_ENGINE = "sqlite" if environment.ENGINE == "postgres" else "postgres"


@pytest.fixture
def lived_in(town: Town) -> Town:
    """A town that holds something in each encrypted column, a photo and a file."""
    given = ReporterGiven.with_contact("王小明", "13800138000")
    matter = a_matter(reporter=given, photos=make_safe([SimpleUploadedFile("a.jpg", _picture())])).matter
    paper = take_in([SimpleUploadedFile("约定.pdf", sent_files.a_pdf())], now=NOW)
    add_files(matter, paper, by=the("worker"), now=NOW)
    FirstAnswer.objects.create(key="1:00", asked="x", body="the answer", at=NOW)
    User.objects.filter(username="worker").update(phone="13900139000")
    return town


def test_it_comes_back_as_it_was(lived_in: Town, place: MakePlace, tmp_path: Path) -> None:
    archive = _backed_up(lived_in, tmp_path)
    other = place("other")
    said = other.says("restore", archive)
    assert said.startswith("Restored: ")
    assert other.facts() == lived_in.facts()
    assert "The journal is whole." in other.says("verify")
    photo, paper = Photo.objects.get(), Attachment.objects.get()
    for name in (photo.file, photo.thumb, paper.file, paper.preview):
        assert (other.folder / "data" / name).read_bytes() == (lived_in.folder / "data" / name).read_bytes()


def test_people_work_on_while_it_is_made(lived_in: Town, place: MakePlace, tmp_path: Path) -> None:
    before = Matter.objects.count()
    with _somebody_at_work() as raised:
        assert lived_in.program("backup", tmp_path / "town.tar").code == 0
        during = len(raised)
    other = place("other")
    other.says("restore", tmp_path / "town.tar")
    assert during > 0
    assert before <= other.facts()["matters.total"] <= before + during + 1
    assert "The journal is whole." in other.says("verify")


def test_a_sheet_stands_in_for_the_lost_key_ring(lived_in: Town, place: MakePlace, tmp_path: Path) -> None:
    assert "was never printed" in lived_in.says("backup", tmp_path)
    sheet = tmp_path / "typed.txt"
    sheet.write_text(lived_in.says("keys", "sheet"), encoding="utf-8")
    assert "never printed" not in lived_in.says("backup", tmp_path / "town.tar")
    other = place("other", keys=False)
    other.says("restore", tmp_path / "town.tar", "--key-sheet", sheet)
    assert other.says("keys", "sheet") == sheet.read_text(encoding="utf-8")
    assert (other.folder / "keys" / "ring.json").stat().st_mode & 0o077 == 0


def test_a_value_of_each_encrypted_column_is_tried(lived_in: Town, settings: Any, tmp_path: Path) -> None:
    tried = restore.try_keys()
    assert set(tried) == {
        "matters.Contact.name",
        "matters.Contact.phone",
        "posts.User.phone",
        "api.FirstAnswer.body",
    }
    assert all(tried.values())
    settings.MULIN_KEYS = tmp_path / "other keys"
    assert not any(restore.try_keys().values())


def test_a_lost_and_a_damaged_photo_are_noticed(lived_in: Town) -> None:
    assert restore.lost_files() == 0
    file = lived_in.folder / "data" / Photo.objects.get().file
    file.write_bytes(file.read_bytes()[:-1])
    assert restore.lost_files() == 1
    file.unlink()
    assert restore.lost_files() == 1
    (lived_in.folder / "data" / Attachment.objects.get().preview).unlink()
    assert restore.lost_files() == 2


# --- refusals: one plain line, and nothing is changed


def test_never_over_a_living_town(lived_in: Town, tmp_path: Path) -> None:
    archive = _backed_up(lived_in, tmp_path)
    before = lived_in.facts()
    assert "a town here already" in lived_in.mulin("restore", archive).refusal
    assert lived_in.facts() == before


def _cut(archive: Path) -> None:
    with archive.open("r+b") as file:
        file.truncate(archive.stat().st_size // 2)


def _flip(archive: Path) -> None:
    """A bit of the database."""
    with archive.open("r+b") as file:
        file.seek(100_000)
        byte = file.read(1)
        file.seek(100_000)
        file.write(bytes([byte[0] ^ 1]))


def _text(archive: Path) -> None:
    archive.write_text("Dear diary", encoding="utf-8")


def _of_tomorrow(archive: Path) -> None:
    def newer(manifest: dict[str, Any]) -> dict[str, Any]:
        return manifest | {"version": "9.0", "migrations": [*manifest["migrations"], "matters.9999_x"]}

    _rewrite(archive, newer)


def _with_another_name(archive: Path) -> None:
    """An archive that would write outside of its folder."""
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo("files/photos/../../../escaped")
        member.size = 4
        tar.addfile(member, BytesIO(b"evil"))


@pytest.mark.parametrize(
    ("hurt", "told"),
    [
        (_cut, "is not a whole backup"),
        (_flip, "The database in the backup is damaged"),
        (_text, "is not a whole backup"),
        (_of_tomorrow, "The backup is of a newer Mulin (9.0)"),
        (_with_another_name, "is not a whole backup"),
    ],
)
def test_what_is_no_good_is_refused(
    town: Town, place: MakePlace, tmp_path: Path, hurt: Callable[[Path], None], told: str
) -> None:
    archive = _backed_up(town, tmp_path)
    hurt(archive)
    other = place("other")
    refusal = other.mulin("restore", archive).refusal
    assert told in refusal
    assert refusal.endswith("Nothing was changed.")
    assert "no town here yet" in other.mulin("facts").refusal
    assert not list((other.folder / "data").glob("*restor*"))


def test_a_backup_of_the_other_engine_is_refused(town: Town, place: MakePlace, tmp_path: Path) -> None:
    archive = _backed_up(town, tmp_path)
    refusal = place("other", OTHER_ENGINE).program("restore", archive).refusal
    assert "but DATABASE_URL names" in refusal


def test_without_the_right_keys_nothing_is_touched(town: Town, place: MakePlace, tmp_path: Path) -> None:
    archive = _backed_up(town, tmp_path)
    other = place("other", keys=False)
    assert "There is no key ring" in other.mulin("restore", archive).refusal
    assert not keys_of(other).exists()
    stranger = place("stranger", keys=False)
    stranger.says("keys", "sheet")
    assert "These keys do not open this backup" in stranger.mulin("restore", archive).refusal
    assert "no town here yet" in stranger.mulin("facts").refusal


def test_a_sheet_typed_wrong_is_named_by_its_line(town: Town, place: MakePlace, tmp_path: Path) -> None:
    archive, sheet = _backed_up(town, tmp_path), tmp_path / "typed.txt"
    typed = keys.sheet()
    sheet.write_text(typed.replace(typed[14], "A" if typed[14] != "A" else "C", 1), encoding="utf-8")
    other = place("other", keys=False)
    done = other.mulin("restore", archive, "--key-sheet", sheet)
    assert "Line" in done.refusal
    assert not keys_of(other).exists()


@pytest.mark.only_on("postgres")
def test_without_the_client_it_says_what_to_install(town: Town, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    without = Town(town.home, {"PATH": str(tmp_path / "bin")})
    assert "install the PostgreSQL client" in without.mulin("backup", tmp_path).refusal


# --- where it goes


def test_a_full_disk_leaves_nothing_half_done(town: Town, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    refusal = town.program("backup", tmp_path / "small", preexec_fn=small_disk).refusal
    assert "No backup was made" in refusal or "pg_dump says" in refusal
    assert list((tmp_path / "small").iterdir()) == []


def test_a_folder_that_is_not_there_is_no_file(town: Town, tmp_path: Path) -> None:
    assert f"There is no folder {tmp_path}/disk." in town.mulin("backup", tmp_path / "disk").refusal
    assert "There is no folder" in town.mulin("backup", tmp_path / "disk" / "town.tar").refusal


def test_only_its_owner_reads_it_and_no_key_is_in_it(town: Town) -> None:
    town.says("backup")
    folder = town.folder / "backups"
    [archive] = folder.iterdir()
    assert archive.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if "key" in name or "secret" in name]
    content = archive.read_bytes()
    assert not [root for root in keys.ring().roots.values() if root in content]


def keys_of(town: Town) -> Path:
    return town.folder / "keys" / "ring.json"


def _backed_up(town: Town, folder: Path) -> Path:
    archive = folder / "town.tar"
    town.says("backup", archive)
    return archive


def _rewrite(archive: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The same archive with another manifest."""
    draft = archive.with_suffix(".draft")
    with tarfile.open(archive) as old, tarfile.open(draft, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content
            body = content.read()
            if member.name == "manifest.json":
                body = json.dumps(change(json.loads(body))).encode()
                member.size = len(body)
            new.addfile(member, BytesIO(body))
    shutil.move(draft, archive)


@contextmanager
def _somebody_at_work() -> Iterator[list[Matter]]:
    """Raises matters one after the other until the block ends."""
    raised: list[Matter] = []
    stop = Event()

    def work() -> None:
        while not stop.is_set():
            raised.append(a_matter().matter)
        connection.close()

    thread = Thread(target=work)
    thread.start()
    yield raised
    stop.set()
    thread.join()


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()
