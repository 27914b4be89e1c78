"""Photos of a report: nothing but the picture is kept, and what is no picture costs none of the others."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mulin.doors.portal import draft_photos
from mulin.matters.face import Matter, Photo, path_of
from tests.portal.pictures import WHERE, a_bomb, a_photo, no_photo
from tests.portal.resident import LAMP, Resident
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def drafts(settings: LazySettings) -> list[Path]:
    return list((Path(settings.MULIN_DATA) / "drafts").glob("*/*.jpg"))


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MULIN_DATA = tmp_path


def test_where_it_was_taken_and_by_what_is_gone(resident: Resident, settings: LazySettings) -> None:
    resident.ready(photos=[a_photo()])
    for file in drafts(settings):
        assert_tells_nothing(file.read_bytes())
    resident.send()
    photo = Photo.objects.get(matter__number=resident.number)
    for name in (photo.file, photo.thumb):
        assert_tells_nothing(path_of(name).read_bytes())
    assert (photo.by_reporter, photo.when, photo.by_id) == (True, "before", None)


def assert_tells_nothing(stored: bytes) -> None:
    for secret in (b"SecretPhone", b"Exif", WHERE.encode()):
        assert secret not in stored
    assert not Image.open(BytesIO(stored)).getexif()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (no_photo("invoice.jpg"), "invoice.jpg: This is not a photo that can be opened."),
        (a_bomb(), "bomb.png: This picture has too many pixels."),
        (SimpleUploadedFile("empty.jpg", b""), "empty.jpg: This is not a photo that can be opened."),
    ],
)
def test_what_is_no_photo_costs_none_of_the_others(
    resident: Resident, settings: LazySettings, file: SimpleUploadedFile, words: str
) -> None:
    resident.tells()
    file.seek(0)
    page = resident.chooses(photos=[a_photo("one.jpg"), file, a_photo("two.jpg")])
    assert resident.status == 422
    assert words in page
    assert page.count('name="remove"') == 2
    assert len(drafts(settings)) == 4  # two, each with its small one
    resident.chooses()
    assert resident.at == "/report/where/"


def test_a_photo_of_more_than_ten_megabytes_is_named(resident: Resident, settings: LazySettings) -> None:
    settings.MULIN_PHOTO_BYTES = 1000
    resident.tells()
    assert "lamp.jpg: This photo is too large" in resident.chooses(photos=[a_photo()])


def test_five_are_enough(resident: Resident) -> None:
    resident.tells()
    page = resident.chooses(photos=[a_photo(f"{n}.jpg") for n in range(7)])
    assert "At most 5 photos fit." in page
    assert page.count('name="remove"') == 5


def test_a_photo_is_taken_out_again(resident: Resident, settings: LazySettings) -> None:
    resident.tells()
    resident.sends("/report/kind/", photos=[a_photo("one.jpg"), a_photo("two.jpg")])
    assert resident.status == 422  # the kind is still missing, the photos are there
    names = [photo.stem for photo in drafts(settings) if not photo.stem.endswith(".thumb")]
    page = resident.sends("/report/kind/", remove=names[0])
    assert page.count('name="remove"') == 1
    assert len(drafts(settings)) == 2


def test_a_draft_s_photos_are_its_own(resident: Resident, settings: LazySettings) -> None:
    resident.ready(photos=[a_photo()])
    name = next(file.stem for file in drafts(settings) if not file.stem.endswith(".thumb"))
    assert resident.client.get(f"/report/photos/{name}/")["Content-Type"] == "image/jpeg"
    assert Client().get(f"/report/photos/{name}/").status_code == 404


def test_nothing_of_a_draft_is_left_when_it_was_sent_or_thrown_away(
    resident: Resident, settings: LazySettings
) -> None:
    resident.ready(photos=[a_photo()])
    resident.send()
    assert drafts(settings) == []
    resident.ready(photos=[a_photo()])
    resident.sends("/report/again/")
    assert drafts(settings) == []


def test_the_worker_sweeps_what_nobody_sent(resident: Resident, settings: LazySettings) -> None:
    resident.ready(photos=[a_photo()])
    [folder] = {file.parent for file in drafts(settings)}
    os.utime(folder, (NOW.timestamp(), NOW.timestamp()))
    assert draft_photos.sweep(NOW + timedelta(hours=23)) == 0
    assert draft_photos.sweep(NOW + timedelta(hours=25)) == 1
    assert not folder.exists()
    resident.opens("/report/send/")
    resident.send()  # what is gone is left out; the report is not
    assert Matter.objects.get(number=resident.number).text == LAMP


def test_a_town_without_drafts_has_nothing_to_sweep() -> None:
    assert draft_photos.sweep(NOW) == 0
