"""Files of photos without a row go after seven days; those with one stay."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from mulin.matters.face import add_photos, make_safe, path_of, sweep_stored
from tests.matters.pages.desk import a_photo
from tests.matters.world import NOW, a_matter, do, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: object) -> None:
    settings.MULIN_DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings


def lain(name: str, since: timedelta) -> Path:
    """The file of that name, last written so long ago."""
    file = path_of(name)
    written = (NOW - since).timestamp()
    os.utime(file, (written, written))
    return file


def test_only_old_files_without_a_row_go() -> None:
    matter = do(a_matter().matter, "file", "worker")
    kept, gone, fresh = (
        add_photos(matter, make_safe([a_photo()]), by=the("worker"), now=NOW)[0] for _each in range(3)
    )
    files = [lain(name, WEEK * 2) for photo in (kept, gone) for name in (photo.file, photo.thumb)]
    files += [lain(name, WEEK - timedelta(hours=1)) for name in (fresh.file, fresh.thumb)]
    gone.delete()
    fresh.delete()
    assert sweep_stored(NOW) == 1
    assert [file.exists() for file in files] == [True, True, False, False, True, True]
    assert sweep_stored(NOW + timedelta(hours=2)) == 1
    assert [file.exists() for file in files] == [True, True, False, False, False, False]


def test_without_a_folder_there_is_nothing_to_do() -> None:
    assert sweep_stored(NOW) == 0
