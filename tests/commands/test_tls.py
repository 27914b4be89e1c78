"""`mulin tls`: HTTPS in an office, served, trusted, renewed."""

from __future__ import annotations

import ssl
from datetime import timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import override_settings

from mulin.commands import tls
from mulin.kernel import certificates
from mulin.kernel.clock import now
from tests.commands.conftest import MakePlace
from tests.commands.town import Town
from tests.support import server

pytestmark = pytest.mark.only_on("sqlite")  # how a town is reached has nothing to do with its database
NAMES = ("localhost", "127.0.0.1")


def folder_of(town: Town) -> Path:
    return town.folder / "keys" / "tls"


def test_an_authority_is_made_once_shown_and_renewed(place: MakePlace) -> None:
    town = place("office")
    made = town.mulin("tls", "init", "192.168.1.20", "mulin.local")
    authority = certificates.read(folder_of(town) / "authority.pem")
    assert made.code == 0
    assert authority.fingerprint in made.out
    assert "http://192.168.1.20:8000/trust/" in made.out
    assert "already" in town.mulin("tls", "init", "192.168.1.20").refusal
    before = certificates.read(folder_of(town) / "server.pem")
    assert town.mulin("tls", "renew").code == 0
    after = certificates.read(folder_of(town) / "server.pem")
    assert after.names == before.names == ("192.168.1.20", "mulin.local")
    assert after.fingerprint != before.fingerprint
    assert certificates.read(folder_of(town) / "authority.pem") == authority


@pytest.mark.parametrize("verb", ["renew", "show"])
def test_without_an_authority_it_says_what_to_do(place: MakePlace, verb: str) -> None:
    assert "mulin tls init NAME" in place("office").mulin("tls", verb).refusal


def test_a_wrong_name_makes_nothing(place: MakePlace) -> None:
    town = place("office")
    assert "neither a name nor an address" in town.mulin("tls", "init", "not a name").refusal
    assert not folder_of(town).exists()


def test_the_certificate_is_renewed_by_itself_at_a_start_within_its_last_month(
    place: MakePlace, clock: time_machine.Traveller
) -> None:
    town = place("office")
    town.mulin("tls", "init", "mulin.local")
    with town.entered():
        folder = folder_of(town)
        with override_settings(MULIN_TLS_CERT=str(folder / "server.pem")):
            before = certificates.read(folder / "server.pem")
            tls.renewed_if_due()
            assert certificates.read(folder / "server.pem") == before
            clock.shift(certificates.SERVER_FOR - timedelta(days=5))
            tls.renewed_if_due()
            assert certificates.read(folder / "server.pem").ends > now() + timedelta(days=300)


@pytest.mark.real_clock
def test_a_phone_that_trusts_the_authority_comes_in_and_others_are_led_to_it() -> None:
    with server.running_over_tls(*NAMES) as (town, plain, secure):
        folder = town.home.folder / "keys" / "tls"
        trusting = ssl.create_default_context(cafile=str(folder / "authority.pem"))
        line = HTTPSConnection("localhost", secure, context=trusting, timeout=30)
        line.request("GET", "/desk/sign-in/")
        answer = line.getresponse()
        cookies = answer.headers.get_all("Set-Cookie") or []
        assert answer.status == 200
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        line.close()
        assert _plainly(plain, "/follow/?x=1") == (308, f"https://localhost:{secure}/follow/?x=1", b"")
        status, _, page = _plainly(plain, "/trust/")
        assert status == 200
        assert certificates.read(folder / "authority.pem").fingerprint.encode() in page
        assert _plainly(plain, "/trust/mulin.crt")[2] == certificates.authority_der(folder)
        assert _plainly(plain, "/", host="elsewhere.example")[0] == 400
        assert _plainly(plain, "/api/v1/matters")[0] == 403
        stranger = HTTPSConnection("localhost", secure, context=ssl.create_default_context(), timeout=30)
        with pytest.raises(ssl.SSLCertVerificationError):
            stranger.request("GET", "/")
        stranger.close()


def _plainly(port: int, path: str, host: str = "localhost") -> tuple[int, str, bytes]:
    line = HTTPConnection("localhost", port, timeout=30)
    line.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = line.getresponse()
    found = answer.status, urlsplit(answer.headers["Location"] or "").geturl(), answer.read()
    line.close()
    return found


def test_a_certificate_that_no_server_can_use_stops_the_start(town: Town, tmp_path: Path) -> None:
    certificates.make_authority(tmp_path, NAMES, now=now())
    files = {"MULIN_TLS_CERT": str(tmp_path / "server.pem"), "MULIN_TLS_KEY": str(tmp_path / "authority.key")}
    refusal = Town(town.home, files).program("serve", "--port", "1").refusal
    assert "do not belong together" in refusal


@pytest.mark.parametrize("key", ["", "no key"])
def test_a_key_that_is_gone_or_broken_is_as_little_use(settings: Any, tmp_path: Path, key: str) -> None:
    certificates.make_authority(tmp_path, NAMES, now=now())
    settings.MULIN_TLS_CERT, settings.MULIN_TLS_KEY = tmp_path / "server.pem", tmp_path / "server.key"
    tls.usable()
    (tmp_path / "server.key").unlink()
    if key:
        (tmp_path / "server.key").write_text(key)
    with pytest.raises(SystemExit, match="cannot be read"):
        tls.usable()
