"""What the house does for itself at night: each piece once, and what goes wrong is said and lost nowhere."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from mulin.commands import nights as command
from mulin.commands import restore, safekeeping
from mulin.commands.safekeeping import Trouble
from mulin.journal.face import Night, Work, nights
from tests.commands.town import Town
from tests.support.clock import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.tiny_town


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "second").mkdir()
    return tmp_path / "second"


def with_second(town: Town, place: Path) -> Town:
    return Town(town.home, {"MULIN_BACKUP_TO": str(place)})


def test_each_piece_is_done_once_a_night(town: Town, clock: time_machine.Traveller) -> None:
    assert nights.due(NOW) == list(Work)
    first = nights.begin(Work.BACKUP, NOW)
    assert first
    assert nights.begin(Work.BACKUP, NOW) is None
    nights.end(first, NOW, bytes=1)
    assert Work.BACKUP not in nights.due(NOW + timedelta(hours=9))
    assert Work.BACKUP in nights.due(NOW + DAY)


def test_what_failed_or_hangs_is_tried_again(town: Town) -> None:
    night = nights.begin(Work.SEAL, NOW)
    assert night
    nights.end(night, NOW, problem="disk_full")
    assert nights.begin(Work.SEAL, NOW + timedelta(minutes=5)) is None
    again = nights.begin(Work.SEAL, NOW + timedelta(hours=2))
    assert again
    assert nights.begin(Work.SEAL, NOW + timedelta(hours=4)) is None
    assert nights.begin(Work.SEAL, NOW + timedelta(hours=9))


def test_a_trial_is_due_once_a_month(town: Town) -> None:
    night = nights.begin(Work.TRIAL, NOW)
    assert night
    nights.end(night, NOW)
    assert Work.TRIAL not in nights.due(NOW + DAY)
    assert Work.TRIAL in nights.due(NOW.replace(day=1) + 33 * DAY)


def test_a_night_makes_a_backup_at_both_places_and_proves_it(town: Town, place: Path) -> None:
    done = with_second(town, place).program("nights")
    assert done.code == 0, done
    [home], [away] = (
        safekeeping.archives(town.folder / "backups"),
        safekeeping.archives(place),
    )
    assert safekeeping.digest(home) == safekeeping.digest(away)
    assert away.stat().st_mode & 0o077 == 0
    assert "Restored: " in done.out
    assert {night.work for night in Night.objects.filter(problem="")} == set(Work)
    assert list((place / "seals").iterdir())
    assert not list(place.glob(".mulin-*"))
    assert with_second(town, place).program("nights").out == "Nothing is due tonight.\n"


def test_a_place_that_is_not_there_is_said_and_the_backup_at_home_stays(town: Town, tmp_path: Path) -> None:
    with town.entered(), override_settings(MULIN_BACKUP_TO=str(tmp_path / "not mounted")):
        assert command.do(Work.BACKUP) is False
    night = Night.objects.get(work=Work.BACKUP)
    assert night.problem == "place_missing"
    assert len(safekeeping.archives(town.folder / "backups")) == 1


def test_without_room_nothing_is_begun(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1_000_000))
    refusal = town.mulin("backup", tmp_path).refusal
    assert "No backup was made: the disk of" in refusal
    assert "1 MB free" in refusal
    assert list(tmp_path.glob("*.tar")) == []
    with town.entered():
        assert command.do(Work.BACKUP) is False
    assert Night.objects.get().problem == "disk_full"


def test_a_broken_copy_never_gets_the_name(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "mulin-20260301-020000.tar"
    archive.write_bytes(b"whole")
    monkeypatch.setattr(safekeeping, "digest", lambda file: file.name)
    with pytest.raises(Trouble) as trouble:
        safekeeping.copy_to(place, archive)
    assert trouble.value.code == "damaged"
    assert list(place.iterdir()) == []


def test_a_damaged_backup_fails_its_trial(town: Town, tmp_path: Path) -> None:
    (town.folder / "backups").mkdir()
    (town.folder / "backups" / "mulin-20260301-020000.tar").write_bytes(b"Dear diary")
    with town.entered():
        assert command.do(Work.TRIAL) is False
    assert Night.objects.get().problem == "not_restored"


def test_a_trial_never_writes_to_the_living_bucket(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = town.folder / "data" / "photos" / "2026" / "03" / "one.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"as it was")
    town.says("backup")
    with town.entered():
        monkeypatch.setenv("MULIN_S3_BUCKET", "living")  # nobody answers there: a touch would fail the trial
        monkeypatch.setenv("MULIN_S3_ENDPOINT", "http://127.0.0.1:9")
        [archive] = safekeeping.archives(town.folder / "backups")
        assert "Restored: " in safekeeping.try_out(archive)


def test_the_newest_stay_and_the_first_of_each_month(tmp_path: Path) -> None:
    for month in (1, 2, 3):
        for day in (3, 4, 5, 6):
            (tmp_path / f"mulin-2026{month:02}{day:02}-020000.tar").touch()
    (tmp_path / "mulin-before-upgrade.tar").touch()
    assert safekeeping.prune(tmp_path, 2) == 12 - 2 - 3 + 0
    assert [file.name[6:14] for file in safekeeping.archives(tmp_path)] == [
        "20260103", "20260203", "20260303", "20260305", "20260306",
    ]  # fmt: skip
    assert (tmp_path / "mulin-before-upgrade.tar").exists()


def test_what_a_killed_backup_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, age in ((".mulin-backup-x", 90_000), (".mulin-backup-y", 60)):
        (tmp_path / name).mkdir()
        at = NOW.timestamp() - age
        os.utime(tmp_path / name, (at, at))
    safekeeping.sweep(tmp_path)
    assert [left.name for left in tmp_path.iterdir()] == [".mulin-backup-y"]


def test_a_backup_by_hand_counts_too(town: Town, tmp_path: Path) -> None:
    town.says("backup", tmp_path)
    latest = nights.latest(Work.BACKUP, well=True)
    assert latest
    assert latest.ended_at == NOW


def test_a_backup_by_hand_hides_no_second_place_that_failed(town: Town, tmp_path: Path) -> None:
    with town.entered(), override_settings(MULIN_BACKUP_TO=str(tmp_path / "not mounted")):
        assert command.do(Work.BACKUP) is False
        assert town.mulin("backup", tmp_path).code == 0
    assert Night.objects.get(work=Work.BACKUP).problem == "place_missing"


def test_the_former_database_stays_until_the_new_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, log = (tmp_path / name for name in ("new", "town.sqlite3", "town.sqlite3-wal"))
    for file in (source, target, log):
        file.write_text(file.name)
    monkeypatch.setattr(shutil, "copyfileobj", _no_room)
    with pytest.raises(OSError, match="No space left"):
        restore.replace(source, target)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new", "town.sqlite3", "town.sqlite3-wal"]
    monkeypatch.undo()
    restore.replace(source, target)
    assert (target.read_text(), log.exists()) == ("new", False)


def _no_room(*_given: object) -> None:
    raise OSError(28, "No space left on device")
