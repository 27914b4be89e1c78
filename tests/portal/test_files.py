"""Files that residents add to what they reported: theirs, and what was meant for them; nobody else's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from mulin.matters.actions.files import take_in
from mulin.matters.face import Attachment, Matter, add_files
from tests.matters import sent_files as sent
from tests.matters.test_files import piece, tus, whole
from tests.matters.world import NOW, do, the
from tests.portal.resident import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: LazySettings) -> None:
    settings.MULIN_DATA = tmp_path


@pytest.fixture
def matter(resident: Resident) -> Matter:
    return resident.reports()


def test_a_recording_is_added_heard_and_taken_away(resident: Resident, matter: Matter) -> None:
    page = resident.sends(f"/follow/{matter.number}/files/", file=[sent.a_file("voice.mp3", sent.MP3)])
    assert "Thank you. The files were added." in page
    assert "<audio" in page
    [address] = re.findall(r'<audio[^>]+src="([^"]+)"', page)
    got = resident.client.get(address, headers={"Range": "bytes=0-2"})
    assert (got.status_code, whole(got), got["Content-Type"]) == (206, b"ID3", "audio/mpeg")
    assert Client().get(address).status_code == 404
    row = Attachment.objects.get(matter=matter)
    assert (row.by_reporter, row.for_reporter, row.by_id) == (True, True, None)
    assert "The file was removed." in resident.sends(f"{address}remove/")
    assert resident.client.get(address).status_code == 404


def test_what_colleagues_keep_among_themselves_is_not_shown(resident: Resident, matter: Matter) -> None:
    for name, shared in (("internal.mp3", False), ("answer.mp3", True)):
        taken = take_in([sent.a_file(name, sent.MP3)], now=NOW)
        add_files(matter, taken, for_reporter=shared, by=the("worker"), now=NOW)
    page = resident.opens(f"/follow/{matter.number}/")
    assert "answer.mp3" in page
    assert "internal.mp3" not in page
    assert "File added for colleagues" not in page
    hidden = Attachment.objects.get(name="internal.mp3")
    assert resident.client.get(f"/follow/{matter.number}/files/{hidden.pk}/").status_code == 404
    shown = Attachment.objects.get(name="answer.mp3")
    assert resident.client.post(f"/follow/{matter.number}/files/{shown.pk}/remove/").status_code == 403


def test_what_is_wrong_with_a_file_is_said_beside_it(resident: Resident, matter: Matter) -> None:
    page = resident.sends(f"/follow/{matter.number}/files/", file=[sent.a_file("x.pdf", sent.EXE)])
    assert "x.pdf: its content is not what its name says. Nothing was kept of it." in page
    assert resident.status == 422
    assert "Choose a file first." in resident.sends(f"/follow/{matter.number}/files/")


def test_a_video_comes_piece_by_piece(resident: Resident, matter: Matter) -> None:
    start = f"/follow/{matter.number}/uploads/"
    address = resident.client.post(start, headers=tus(len(sent.MP4)))["Location"]
    assert piece(Client(), address, 0, sent.MP4).status_code == 404
    piece(resident.client, address, 0, sent.MP4[:99])
    assert piece(resident.client, address, 99, sent.MP4[99:])["Upload-Offset"] == str(len(sent.MP4))
    resident.sends(f"/follow/{matter.number}/files/", upload=address.split("/")[-2])
    assert Attachment.objects.get(matter=matter).kind == "video"


def test_what_came_piece_by_piece_and_is_refused_is_not_kept(resident: Resident, matter: Matter) -> None:
    start = f"/follow/{matter.number}/uploads/"
    address = resident.client.post(start, headers=tus(len(sent.EXE)))["Location"]
    piece(resident.client, address, 0, sent.EXE)
    page = resident.sends(f"/follow/{matter.number}/files/", upload=address.split("/")[-2])
    assert "Nothing was kept of it." in page
    assert "has arrived</label>" not in resident.last.content.decode()
    assert piece(resident.client, address, len(sent.EXE), b"").status_code == 404


def test_nothing_is_added_to_what_is_over(resident: Resident, matter: Matter) -> None:
    do(matter, "decline", "worker", reason="no")
    assert "Add a recording" not in resident.opens(f"/follow/{matter.number}/")
    page = resident.sends(f"/follow/{matter.number}/files/", file=[sent.a_file("v.mp3", sent.MP3)])
    assert resident.status == 409
    assert "Nothing more can be added" in page or not Attachment.objects.exists()
