"""Whatever is sent: a clear message, nothing lost, nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from mulin.doors.uploads import most
from mulin.matters.face import Matter
from tests.portal.resident import LAMP, Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def matters() -> int:
    return Matter.objects.count()


def test_no_words_at_all(resident: Resident) -> None:
    page = resident.sends("/report/", text="   \u200b ")
    assert resident.status == 422
    assert "Please say what is the matter." in page


def test_ten_thousand_characters_come_back_whole(resident: Resident) -> None:
    text = "灯坏了。" * 2500
    page = resident.sends("/report/", text=text)
    assert resident.status == 422
    assert "at most 4000 characters" in page
    assert text in page
    assert 'aria-invalid="true"' in page


def test_script_is_only_text(resident: Resident) -> None:
    resident.ready(text="<script>alert(1)</script> & <b>lamp</b>")
    raw = resident.last.content.decode()
    assert "<script>alert" not in raw
    assert "&lt;script&gt;alert(1)" in raw
    resident.send()
    resident.opens(f"/follow/{resident.number}/")
    assert "<script>alert" not in resident.last.content.decode()


@pytest.mark.parametrize("code", ["", "999999", "01", "0103", "'; DROP TABLE", "010301\x00"])
def test_an_unknown_kind(resident: Resident, code: str) -> None:
    resident.tells()
    resident.sends("/report/kind/", kind=code)
    assert resident.status == 422
    assert resident.at == "/report/kind/"
    assert 'role="alert"' in resident.page


def test_a_kind_that_was_taken_off_the_list_meanwhile(resident: Resident) -> None:
    from mulin.matters.face import MatterType
    from tests.support.clock import NOW

    resident.ready()
    MatterType.objects.listed().update(closed_at=NOW)
    resident.opens("/report/send/")
    assert resident.at == "/report/kind/"
    assert matters() == 60


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"address": "somewhere"},
        {"lon": "abc", "lat": "34"},
        {"lon": "500", "lat": "34"},
        {"lon": "nan", "lat": "nan"},
        {"lon": "117.2", "lat": ""},
        {"area_12": "999999999999"},
        {"area_12": "x" * 12},
        {"area_12": "٣٧٠٤٠٢٠٠٥٠٠١"},
        {"nearest": "nowhere"},
    ],
)
def test_no_place(resident: Resident, where: dict[str, str]) -> None:
    resident.tells()
    resident.chooses()
    resident.sends("/report/where/", **where)
    assert resident.status == 422, resident.page
    assert resident.at == "/report/where/"
    assert where.get("address", "") in resident.page
    assert 'role="alert"' in resident.page


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ({"how": ""}, "Please choose one of the two."),
        ({"how": "pigeon"}, "Select a valid choice"),
        ({"how": "phone", "phone": ""}, "Please give a phone number, or choose to stay unknown."),
        ({"how": "phone", "phone": "12"}, "This does not look like a phone number."),
        ({"how": "phone", "phone": "13800138000", "name": "王" * 80}, "at most 60 characters"),
    ],
)
def test_no_contact(resident: Resident, contact: dict[str, str], words: str) -> None:
    resident.ready()
    page = resident.send(**contact)
    assert resident.status == 422
    assert words in page
    assert LAMP in page
    assert contact.get("phone", "") in page
    assert matters() == 60


def test_a_stale_form_sends_nothing(resident: Resident) -> None:
    resident.ready()
    page = resident.sends("/report/send/", draft="00000000-0000-0000-0000-000000000000", how="anonymous")
    assert resident.at == "/report/"
    assert "Nothing was sent" in page
    assert LAMP in page
    assert matters() == 60


def test_a_form_that_stood_open_too_long_is_told_in_words() -> None:
    strict = Resident(Client(enforce_csrf_checks=True))
    page = strict.sends("/report/", text=LAMP)
    assert strict.status == 403
    assert "stood open too long" in page


def test_two_hundred_megabytes_are_refused_unread() -> None:
    client = Client(headers={"accept-language": "en"})
    announced: dict[str, Any] = {"CONTENT_LENGTH": str(200 * 1024**2), "wsgi.input": Unread()}
    response = client.generic("POST", "/report/kind/", b"x", **announced)
    assert response.status_code == 413
    assert "at most 5 photos of 10 MB each" in response.content.decode()
    assert "<html" in response.content.decode()


def test_a_program_is_told_so_in_its_own_form() -> None:
    response = Client().post(
        "/api/v1/matters", b"{}", content_type="application/json", CONTENT_LENGTH=str(most() + 1)
    )
    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"


def test_what_a_report_may_have_is_not_too_large(settings: LazySettings) -> None:
    assert most() > settings.MULIN_PHOTOS_PER_REPORT * settings.MULIN_PHOTO_BYTES


def test_a_list_and_a_panorama_may_be_as_large_as_their_pages_say(settings: LazySettings) -> None:
    settings.MULIN_PANORAMA_BYTES = 100 * 1024**2
    for path in ("/desk/registry/intakes/", "/api/v1/registry/intakes"):
        assert most(path) > 64 * 1024**2
    for path in ("/desk/panoramas/new/", "/api/v1/panoramas"):
        assert most(path) > 100 * 1024**2
    announced: dict[str, Any] = {"CONTENT_LENGTH": str(200 * 1024**2), "wsgi.input": Unread()}
    client = Client(headers={"accept-language": "en"})
    assert (
        "at most 64 MB"
        in client.generic("POST", "/desk/registry/intakes/", b"x", **announced).content.decode()
    )


class Unread:
    """A body that nobody may touch."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize(
    "path",
    [
        "/report/photos/nothing/",
        "/report/photos/..%2f..%2fkeys/",
        "/follow/26-000001-9/photos/01900000-0000-7000-8000-000000000000/",
        "/map/nearest.json",
        "/map/nearest.json?lon=x&lat=y",
        "/map/nearest.json?lon=1e400&lat=nan",
        "/map/matters.geojson?box=1,2,3",
        "/map/matters.geojson?box=a,b,c,d",
        "/map/matters.geojson?box=999,0,0,0",
    ],
)
def test_addresses_that_mean_nothing(resident: Resident, path: str) -> None:
    resident.opens(path)
    assert resident.status in (404, 422)
    assert "<h1" in resident.page


@pytest.mark.parametrize(
    "path", ["/report/again/", "/follow/26-000001-9/leave/", "/follow/26-000001-9/rate/"]
)
def test_what_changes_something_is_no_link(resident: Resident, path: str) -> None:
    resident.opens(path)
    assert resident.status == 405


def test_a_step_that_is_no_act_is_unknown(resident: Resident) -> None:
    matter = resident.reports()
    for code in ("file", "confirm", "nonsense"):
        resident.sends(f"/follow/{matter.number}/{code}/", version="1")
        assert resident.status == 404
    matter.refresh_from_db()
    assert (matter.state, matter.version) == ("reported", 1)
