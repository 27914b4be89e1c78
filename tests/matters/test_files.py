"""Files of a matter at the desk and by programs: who gets them, what is refused, and that nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import reverse

from mulin.journal.face import Entry
from mulin.kernel import clamav, disk, storage
from mulin.kernel.refusals import Refusal
from mulin.kernel.serving import PLAYED_AT_ONCE
from mulin.matters.actions.files import add_files, remove_file, sweep_stored, take_in
from mulin.matters.actions.photos import path_of
from mulin.matters.models import Attachment, Matter, Photo
from tests.api.client import Program, said
from tests.matters import sent_files as sent
from tests.matters.pages.desk import at_desk, open_page
from tests.matters.scanner import MOST, a_scanner
from tests.matters.world import NOW, ReporterGiven, a_matter, do, the
from tests.portal.pictures import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
LARGE = 2 * 1024**3


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: LazySettings) -> None:
    settings.MULIN_DATA = tmp_path


@pytest.fixture
def matter() -> Matter:
    return a_matter().matter


def added(matter: Matter, *files: Any, by: str = "worker", **more: Any) -> list[Attachment]:
    return add_files(matter, take_in(files, now=NOW), by=the(by), now=NOW, **more)


def refused(*files: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        take_in(files, now=NOW)
    return refusal.value.code


def whole(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


# -- at the desk


def test_a_file_is_added_seen_and_saved(matter: Matter) -> None:
    desk = at_desk("worker")
    answer = desk.post(
        reverse("matter-files", args=[matter.number]),
        {"file": [sent.a_file("../../约定 书.pdf", sent.a_pdf()), sent.a_file("clip.mp4", sent.MP4)]},
    )
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/matters/{matter.number}/#files")
    pdf, clip = Attachment.objects.filter(matter=matter)
    assert (pdf.name, pdf.kind, pdf.media, pdf.scanned) == ("约定 书.pdf", "pdf", "application/pdf", False)
    assert pdf.file.startswith(f"files/{NOW:%Y/%m}/")
    page = desk.get(reverse("matter", args=[matter.number])).content.decode()
    assert "约定 书.pdf" in page
    assert "<video" in page
    assert "internal" in page
    got = desk.get(reverse("matter-file", args=[matter.number, pdf.pk]))
    assert whole(got) == sent.a_pdf()
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%BA%A6")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got["Cache-Control"] == "private, no-cache"
    small = desk.get(reverse("matter-file-small", args=[matter.number, pdf.pk]))
    assert whole(small).startswith(b"\xff\xd8")
    assert desk.get(reverse("matter-file-small", args=[matter.number, clip.pk])).status_code == 404
    codes = Entry.objects.filter(subject=matter.pk).order_by("seq").values_list("code", flat=True)
    assert list(codes)[-1] == "matter.file_kept"


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-3", 206, sent.MP4[:4]),
        ("bytes=5000-", 206, sent.MP4[5000:]),
        ("bytes=-10", 206, sent.MP4[-10:]),
        ("bytes=9-99999", 206, sent.MP4[9:]),
        ("bytes=99999-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("bytes=0-3,9-12", 200, sent.MP4),
        ("nonsense", 200, sent.MP4),
    ],
)
def test_a_video_is_given_in_parts(matter: Matter, asked: str, status: int, content: bytes) -> None:
    [clip] = added(matter, sent.a_file("clip.mp4", sent.MP4))
    got = at_desk("worker").get(
        reverse("matter-file", args=[matter.number, clip.pk]), headers={"Range": asked}
    )
    assert (got.status_code, whole(got)) == (status, content)
    if status == 206:
        assert int(got["Content-Length"]) == len(content)


def test_a_player_that_pauses_holds_nothing_up(matter: Matter) -> None:
    [clip] = added(matter, sent.a_file("clip.mp4", sent.MP4 + b"\0" * PLAYED_AT_ONCE))
    desk, address = at_desk("worker"), reverse("matter-file", args=[matter.number, clip.pk])
    got = desk.get(address, headers={"Range": "bytes=5-"})
    assert got["Content-Range"] == f"bytes 5-{PLAYED_AT_ONCE + 4}/{clip.size}"
    assert len(whole(got)) == PLAYED_AT_ONCE
    rest = desk.get(address, headers={"Range": "bytes=5-", "If-Range": got["ETag"]})  # a download goes on
    assert len(whole(rest)) == clip.size - 5


def test_what_has_not_changed_is_not_sent_again(matter: Matter) -> None:
    [clip] = added(matter, sent.a_file("clip.mp4", sent.MP4))
    desk, address = at_desk("worker"), reverse("matter-file", args=[matter.number, clip.pk])
    tag = desk.get(address)["ETag"]
    assert desk.get(address, headers={"If-None-Match": tag}).status_code == 304
    other = desk.get(address, headers={"Range": "bytes=0-3", "If-Range": '"of before"'})
    assert (other.status_code, whole(other)) == (200, sent.MP4)


def test_the_page_comes_back_with_what_was_wrong(matter: Matter) -> None:
    address = reverse("matter-files", args=[matter.number])
    desk = at_desk("worker", "zh-hans")
    answer = desk.post(address, {"file": [sent.a_file("假.pdf", sent.EXE)]})
    assert answer.status_code == 422
    assert "假.pdf：内容与文件名不符" in answer.content.decode()
    assert desk.post(address, {}).status_code == 422
    assert not Attachment.objects.filter(matter=matter).exists()


def test_a_picture_becomes_a_photo(matter: Matter) -> None:
    assert added(matter, a_photo()) == []
    assert Photo.objects.filter(matter=matter, when="after").count() == 1


def test_only_whoever_added_it_or_puts_matters_right_removes_it(matter: Matter) -> None:
    [pdf] = added(matter, sent.a_file("a.pdf", sent.a_pdf()))
    address = reverse("matter-file-remove", args=[matter.number, pdf.pk])
    assert at_desk("building").post(address).status_code in (403, 404)
    assert at_desk("worker").post(address).status_code == 303
    assert "a.pdf" not in open_page("worker", matter).content.decode()
    assert at_desk("worker").get(reverse("matter-file", args=[matter.number, pdf.pk])).status_code == 404
    with pytest.raises(Refusal, match="removed already"):
        remove_file(pdf, by=the("worker"), now=NOW)


def test_what_the_reporter_of_a_secret_matter_sent_is_not_for_its_handlers() -> None:
    contact = ReporterGiven.with_contact("王女士", "15400001234")
    matter = a_matter(reporter=contact, secret=True).matter
    added(matter, sent.a_file("voice.mp3", sent.MP3), as_reporter=True)
    added(do(matter, "file", "worker"), sent.a_file("found.pdf", sent.a_pdf()))
    page = open_page("worker", matter).content.decode()
    assert "voice.mp3" not in page
    assert "found.pdf" in page


def test_a_page_asks_no_more_for_many_files(matter: Matter, django_assert_max_num_queries: Any) -> None:
    desk = at_desk("worker")
    desk.get(reverse("matter", args=[matter.number]))
    for _each in range(2):
        added(matter, *[sent.a_file(f"{n}.mp3", sent.MP3) for n in range(5)])
    with django_assert_max_num_queries(60):
        desk.get(reverse("matter", args=[matter.number]))


# -- what is refused


def test_what_is_refused(matter: Matter) -> None:
    assert refused(sent.a_file("empty.pdf", b"")) == "empty_file"
    assert refused(sent.a_file("setup.exe", sent.EXE)) == "file_kind"
    assert refused(sent.a_file("a.pdf", sent.EXE)) == "lying_name"
    assert refused(*[sent.a_file(f"{n}.mp3", sent.MP3) for n in range(6)]) == "too_many_files"
    assert refused(a_photo(), sent.a_file("a.jpg", b"\xff\xd8\xff\xe0 no photo")) == "no_photo"
    large = sent.a_file("a.txt", b"x")
    large.size = 6 * 1024**2
    assert refused(large) == "too_large"


def test_a_video_of_two_gigabytes_is_refused_before_it_is_read(matter: Matter) -> None:
    desk = at_desk("worker")
    whole_form = desk.generic(
        "POST", reverse("matter-files", args=[matter.number]), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(LARGE),
    )  # fmt: skip
    assert whole_form.status_code == 413
    assert "at most 200 MB" in whole_form.content.decode()
    announced = desk.post(reverse("matter-uploads", args=[matter.number]), headers=tus(LARGE, "film.mp4"))
    assert (announced.status_code, announced.content.decode()) == (
        413, "film.mp4 is too large: of this kind at most 200 MB are taken.",
    )  # fmt: skip


def test_a_matter_takes_only_so_many(matter: Matter, settings: LazySettings) -> None:
    settings.MULIN_FILES_PER_MATTER = 1
    added(matter, sent.a_file("a.mp3", sent.MP3))
    with pytest.raises(Refusal, match="at most 1 files"):
        added(matter, sent.a_file("b.mp3", sent.MP3))


def test_with_the_disk_nearly_full_files_wait_and_reports_come_in(
    matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=disk.reserve() - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    assert refused(sent.a_file("a.mp3", sent.MP3)) == "disk_full"
    desk = at_desk("worker")
    announced = desk.post(reverse("matter-uploads", args=[matter.number]), headers=tus(10, "a.mp3"))
    assert announced.status_code == 507
    answer = Program("worker").upload(f"/matters/{matter.number}/photos", a_photo())
    assert (answer.status_code, said(answer)["code"]) == (507, "disk_full")
    assert a_matter().matter.number


# -- viruses


@pytest.fixture
def scanner(settings: LazySettings) -> Iterator[str]:
    with a_scanner() as place:
        settings.MULIN_CLAMAV = place
        yield place


def test_a_virus_is_refused_and_the_rest_of_them_is_not_kept(scanner: str, matter: Matter) -> None:
    assert clamav.answers()
    [clean] = added(matter, sent.a_file("clean.txt", b"ok"))
    assert clean.scanned
    assert "scanned" in open_page("worker", matter).content.decode()
    assert refused(sent.a_file("bad.txt", sent.EICAR)) == "virus"
    assert refused(sent.a_file("bad.pdf", sent.a_pdf() + sent.EICAR)) == "virus"


def test_a_scanner_that_does_not_answer_or_takes_no_more(scanner: str, settings: LazySettings) -> None:
    assert refused(sent.a_file("long.txt", b"x" * (MOST + 5))) == "too_large_to_scan"
    settings.MULIN_CLAMAV = "127.0.0.1:9"
    assert refused(sent.a_file("clean.txt", b"ok")) == "not_scanned"
    settings.MULIN_CLAMAV = "/nowhere/clamd.ctl"
    assert not clamav.answers()


# -- piece by piece


def tus(length: int, name: str = "clip.mp4") -> dict[str, str]:
    from base64 import b64encode

    return {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(length),
        "Upload-Metadata": f"filename {b64encode(name.encode()).decode()},filetype dmlkZW8=",
    }


def piece(browser: Any, address: str, at: int, content: bytes, **more: Any) -> Any:
    return browser.generic(
        "PATCH", address, content, content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(at)}, **more,
    )  # fmt: skip


def test_an_upload_that_stops_half_way_goes_on(matter: Matter) -> None:
    desk = at_desk("worker")
    begun = desk.post(reverse("matter-uploads", args=[matter.number]), headers=tus(len(sent.MP4)))
    address = begun["Location"]
    assert (begun.status_code, begun["Upload-Offset"], "Upload-Expires" in begun) == (201, "0", True)
    assert piece(desk, address, 0, sent.MP4[:1000])["Upload-Offset"] == "1000"
    # the line broke; the browser asks how far it is, and tries the wrong place first
    stood = desk.head(address, headers={"Tus-Resumable": "1.0.0"})
    assert (stood["Upload-Offset"], stood["Upload-Length"], stood["Cache-Control"]) == (
        "1000", str(len(sent.MP4)), "no-store",
    )  # fmt: skip
    assert piece(desk, address, 500, b"x").status_code == 409
    id = address.rstrip("/").rpartition("/")[2]
    form = reverse("matter-files", args=[matter.number])
    early = desk.post(form, {"upload": id})
    assert early.status_code == 422
    assert "has not arrived whole" in early.content.decode()
    assert piece(desk, address, 1000, sent.MP4[1000:]).status_code == 204
    assert desk.post(form, {"upload": id, "for_reporter": "on"}).status_code == 303
    [clip] = Attachment.objects.filter(matter=matter)
    assert (clip.size, clip.for_reporter) == (len(sent.MP4), True)
    assert b"".join(storage.shelf().read(clip.file)) == sent.MP4
    assert desk.head(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 404  # claimed


def test_an_upload_is_its_owner_s_alone(matter: Matter) -> None:
    address = at_desk("worker").post(reverse("matter-uploads", args=[matter.number]), headers=tus(10))[
        "Location"
    ]
    assert piece(at_desk("head"), address, 0, b"x").status_code == 404
    other = a_matter().matter
    assert piece(at_desk("worker"), address.replace(matter.number, other.number), 0, b"x").status_code == 404


def test_what_the_protocol_refuses(matter: Matter) -> None:
    desk, start = at_desk("worker"), reverse("matter-uploads", args=[matter.number])
    assert desk.options(start)["Tus-Max-Size"] == str(200 * 1024**2)
    assert desk.post(start).status_code == 412
    assert desk.post(start, headers=tus(10) | {"Upload-Length": "-1"}).status_code == 422
    assert desk.post(start, headers=tus(0)).status_code == 422
    assert desk.post(start, headers=tus(10, "setup.exe")).status_code == 422
    assert desk.post(start, headers=tus(10) | {"Upload-Metadata": "filename %%%"}).status_code == 422
    address = desk.post(start, headers=tus(4))["Location"]
    assert piece(desk, address, 0, b"12345").status_code == 413
    plain = desk.generic("PATCH", address, b"1", headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"})
    assert plain.status_code == 415
    assert desk.delete(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert piece(desk, address, 0, b"1").status_code == 404


# -- by programs


def test_a_program_sends_and_fetches(matter: Matter) -> None:
    worker, path = Program("worker"), f"/matters/{matter.number}/files"
    [whole_one] = said(worker.upload(path, sent.a_file("a.pdf", sent.a_pdf()), field="files"))
    assert (whole_one["name"], whole_one["preview"]) == ("a.pdf", True)
    begun = worker.http.post(
        f"/api/v1/matters/{matter.number}/uploads", headers=worker.headers | tus(len(sent.MP3), "v.mp3")
    )
    assert begun["Location"].endswith(said(begun)["id"])
    headers = worker.headers | {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    sent_on = worker.http.generic(
        "PATCH", begun["Location"], sent.MP3, content_type="application/offset+octet-stream", headers=headers
    )
    assert sent_on.status_code == 204
    claimed = worker.http.post(
        f"/api/v1{path}", {"uploads": [said(begun)["id"]], "for_reporter": "true"}, headers=worker.headers
    )
    assert (claimed.status_code, said(claimed)[0]["for_reporter"]) == (201, True)
    assert [each["name"] for each in said(worker.get(path))] == ["a.pdf", "v.mp3"]
    got = worker.http.get(
        f"/api/v1{path}/{said(claimed)[0]['id']}", headers=worker.headers | {"Range": "bytes=0-2"}
    )
    assert (got.status_code, whole(got)) == (206, b"ID3")
    assert worker.post(f"{path}/{whole_one['id']}/remove").status_code == 200
    unknown = worker.http.post(f"/api/v1{path}", {"uploads": [said(begun)["id"]]}, headers=worker.headers)
    assert (unknown.status_code, said(unknown)["code"]) == (422, "unknown_upload")


# -- in time


def test_bytes_go_seven_days_after_their_row(matter: Matter) -> None:
    kept, gone = added(matter, sent.a_file("a.pdf", sent.a_pdf()), sent.a_file("b.pdf", sent.a_pdf("b")))
    take_in([sent.a_file("never.mp3", sent.MP3)], now=NOW)  # no row came of it
    remove_file(gone, by=the("worker"), now=NOW)
    names = [each.name for each in storage.shelf().things("files")]
    assert len(names) == 5
    for name in names:
        os.utime(path_of(name), (NOW.timestamp(), NOW.timestamp()))
    assert sweep_stored(NOW + timedelta(days=6)) == 0
    assert sweep_stored(NOW + timedelta(days=8)) == 2
    assert not storage.exists(gone.file)
    assert storage.exists(kept.file)
