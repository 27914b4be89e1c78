"""Photos by programs: what is no photo, far too large, or a bomb, is refused and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.matters.face import Matter, Photo
from tests.api.client import ROOT, Program, said
from tests.matters.world import a_matter
from tests.portal.pictures import a_bomb, a_photo, no_photo

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def matter(db: None) -> Matter:
    return a_matter().matter


def test_a_photo_comes_back_without_what_hid_in_it(matter: Matter) -> None:
    worker = Program("worker")
    added = said(worker.upload(f"/matters/{matter.number}/photos", a_photo()))
    shown = worker.get(f"/matters/{matter.number}/photos/{added[0]['id']}")
    content = b"".join(shown.streaming_content)
    assert shown["Content-Type"] == "image/jpeg"
    assert content.startswith(b"\xff\xd8")
    assert b"SecretPhone" not in content


@pytest.mark.parametrize(("file", "code"), [(no_photo, "no_photo"), (a_bomb, "too_many_pixels")])
def test_what_is_no_photo(matter: Matter, file: Callable[[], SimpleUploadedFile], code: str) -> None:
    answer = Program("worker").upload(f"/matters/{matter.number}/photos", file())
    assert (answer.status_code, said(answer)["code"]) == (422, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert not Photo.objects.filter(matter=matter).exists()


def test_six_photos_are_too_many(matter: Matter) -> None:
    answer = Program("worker").upload(f"/matters/{matter.number}/photos", *[a_photo() for _ in range(6)])
    assert (answer.status_code, said(answer)["code"]) == (422, "too_many_photos")


def test_a_photo_of_eleven_megabytes(matter: Matter) -> None:
    large = SimpleUploadedFile("x.jpg", b"\xff\xd8" + b"0" * 11 * 1024**2, "image/jpeg")
    answer = Program("worker").upload(f"/matters/{matter.number}/photos", large)
    assert (answer.status_code, said(answer)["code"]) == (413, "too_large")


@pytest.mark.parametrize("key", ["", "k"])
def test_two_hundred_megabytes_are_refused_before_a_byte_is_read(matter: Matter, key: str) -> None:
    program = Program("worker")
    answer = program.http.generic(
        "POST", f"{ROOT}/matters/{matter.number}/photos", b"", content_type="multipart/form-data; boundary=x",
        headers=program.headers | ({"Idempotency-Key": key} if key else {}),
        CONTENT_LENGTH=str(200 * 1024**2),
    )  # fmt: skip
    assert (answer.status_code, said(answer)["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"--x\r\nContent-Disposition: form-data; name=photos; filename=a\r\n\r\nb\r\n--x--\r\n",
    ],
)
def test_a_broken_upload(matter: Matter, body: bytes) -> None:
    program = Program("worker")
    for key in ({}, {"Idempotency-Key": "k"}):
        answer = program.http.generic(
            "POST", f"{ROOT}/matters/{matter.number}/photos", body,
            content_type="multipart/form-data; boundary=x", headers=program.headers | key,
        )  # fmt: skip
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"


def test_no_photo_at_all_is_no_act(matter: Matter) -> None:
    version = Matter.objects.get(pk=matter.pk).version
    assert Program("worker").upload(f"/matters/{matter.number}/photos").status_code == 422
    assert Matter.objects.get(pk=matter.pk).version == version
