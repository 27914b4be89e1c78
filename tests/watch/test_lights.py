"""The traffic lights, the page that shows them, `mulin doctor`, and what machines ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from mulin.doors.watch import lights, machine, secrets, tls
from mulin.kernel import beats, certificates, keys
from mulin.kernel.clock import now
from mulin.kernel.lights import Colour, Light, worst
from tests.desk.test_pages import at_desk
from tests.matters.world import a_matter
from tests.watch.certificates import a_certificate

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def colours(found: Iterable[Light]) -> dict[str, Colour]:
    return {light.code: light.colour for light in found}


def test_a_worker_that_falls_silent_is_a_red_light(clock: time_machine.Traveller) -> None:
    assert colours(machine.worker(now())) == {"worker": Colour.RED}
    beats.beat(beats.WORKER, now())
    assert colours(machine.worker(now())) == {"worker": Colour.GREEN}
    clock.shift(beats.LATE)
    assert colours(machine.worker(now())) == {"worker": Colour.RED}


def test_work_that_fails_is_red_until_it_runs_again(clock: time_machine.Traveller) -> None:
    began = now()
    beats.failed("ladder", began)
    clock.shift(timedelta(minutes=7))
    beats.failed("ladder", now())
    [light] = machine.failing(now())
    assert (light.colour, "7 minutes" in str(light.says)) == (Colour.RED, True)
    beats.mended("ladder", now())
    assert list(machine.failing(now())) == []


def test_a_clock_that_was_set_back_is_noticed(clock: time_machine.Traveller) -> None:
    a_matter()
    assert colours(machine.clock(now())) == {"clock": Colour.GREEN}
    clock.shift(-timedelta(hours=1))
    assert colours(machine.clock(now())) == {"clock": Colour.RED}


@pytest.mark.parametrize(
    ("free", "colour"),
    [(0, Colour.RED), (99, Colour.RED), (100, Colour.AMBER), (299, Colour.AMBER), (300, Colour.GREEN)],
)
def test_the_disk_turns_before_it_is_full(free: int, colour: Colour) -> None:
    assert machine.disk_light(free, 100)[0] == colour


def test_the_key_ring_wants_to_be_printed(settings: Settings, tmp_path: Path) -> None:
    settings.MULIN_KEYS = tmp_path / "keys"
    keys.forget()
    assert colours(secrets.key_sheet(now())) == {"key-sheet": Colour.RED}
    keys.ring()
    keys.mark_printed()
    assert colours(secrets.key_sheet(now())) == {"key-sheet": Colour.GREEN}
    keys.forget()


def test_settings_that_belong_to_a_demo_are_told(settings: Settings) -> None:
    settings.MULIN_DEMO, settings.DEBUG, settings.ALLOWED_HOSTS, settings.MULIN_PUBLIC_URL = (
        False,
        True,
        ["*"],
        "",
    )
    found = colours(secrets.settings_of_a_demo(now()))
    assert found == {"debug": Colour.RED, "hosts": Colour.RED, "public-url": Colour.AMBER}
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.MULIN_PUBLIC_URL = False, ["x.cn"], "https://x.cn"
    assert colours(secrets.settings_of_a_demo(now())) == {}


HTTPS_STATES = [
    ("nothing", False, [], Colour.AMBER),
    ("nothing", True, ["127.0.0.1"], Colour.GREEN),
    ("nothing", True, [], Colour.RED),
    ("good", True, [], Colour.GREEN),
    ("ends soon", True, [], Colour.AMBER),
    ("ended", True, [], Colour.RED),
    ("not yet", True, [], Colour.RED),
    ("other key", True, [], Colour.RED),
    ("no file", True, [], Colour.RED),
    ("no certificate", True, [], Colour.RED),
]


@pytest.mark.parametrize(("what", "https", "proxies", "colour"), HTTPS_STATES)
def test_https_is_told_as_it_is(
    what: str, https: bool, proxies: list[str], colour: Colour, settings: Settings, tmp_path: Path
) -> None:
    settings.HTTPS, settings.MULIN_TRUSTED_PROXIES = https, proxies
    settings.MULIN_TLS_CERT, settings.MULIN_TLS_KEY = a_certificate(tmp_path, what, now())
    [light] = tls.https(now())
    assert light.colour == colour
    assert bool(light.mend) == (colour != Colour.GREEN)


def test_a_check_that_breaks_is_a_red_light_and_tells_no_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_now: datetime) -> Iterable[Light]:
        raise ValueError(str(138 * 10**8))

    monkeypatch.setattr(lights, "CHECKS", (broken, machine.database))
    found = lights.all_lights(now())
    assert [light.colour for light in found] == [Colour.RED, Colour.GREEN]
    assert str(138 * 10**8) not in caplog.text


def test_every_light_that_is_not_green_says_what_to_do() -> None:
    for light in lights.all_lights(now()):
        assert light.says
        assert light.mend or light.colour in (Colour.GREEN, Colour.OFF), light.code


@pytest.mark.parametrize(("language", "words"), [("en", "No worker runs"), ("zh-hans", "后台没有运行")])
def test_the_page_shows_the_gravest_first(language: str, words: str) -> None:
    page = at_desk("sysadmin", language).get("/desk/system/").content.decode()
    assert words in page
    assert page.index(words) < page.index("SQLite" if "SQLite" in page else "PostgreSQL")


def test_health_says_whether_it_can_be_given_work() -> None:
    assert Client().get("/health").json() == {"status": "no worker", "database": "ok", "worker": "down"}
    beats.beat(beats.WORKER, now())
    assert Client().get("/health").json()["status"] == "ok"


def test_figures_are_only_for_whoever_has_the_token(settings: Settings) -> None:
    beats.beat(beats.WORKER, now())
    a_matter()
    ask = Client().get
    assert ask("/metrics").status_code == 404
    assert ask("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.MULIN_METRICS_TOKEN = "a-long-token"
    assert ask("/metrics").status_code == 404
    assert ask("/metrics", headers={"Authorization": "Bearer a-long-tokex"}).status_code == 404
    answer = ask("/metrics", headers={"Authorization": "Bearer a-long-token"})
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    for line in ("mulin_worker_seen_seconds 0.0", 'mulin_light{light="worker"} 0.0', "mulin_feed_behind 1.0"):
        assert line in text, text


def test_answers_are_counted_by_route_and_never_by_address(settings: Settings) -> None:
    settings.MULIN_METRICS_TOKEN = "a-long-token"
    settings.MIDDLEWARE = ["mulin.doors.watch.figures.MeasureMiddleware", *settings.MIDDLEWARE]
    number = a_matter().matter.number
    client = Client()
    client.get(f"/follow/{number}/")
    client.get("/no/such/page/")
    client.generic("X-WHATEVER", "/no/such/page/")
    text = client.get("/metrics", headers={"Authorization": "Bearer a-long-token"}).content.decode()
    assert 'mulin_answers_total{method="GET",route="follow/<str:number>/",status="2xx"}' in text
    assert 'route="none",status="4xx"' in text
    assert number not in text
    assert 'method="other"' in text
    assert "WHATEVER" not in text


def test_the_gravest_colour_is_the_colour_of_all() -> None:
    some: list[Any] = [Light("a", colour, "", "") for colour in (Colour.OFF, Colour.GREEN, Colour.AMBER)]
    assert (worst(some), worst([])) == (Colour.AMBER, Colour.OFF)


def test_a_phone_is_helped_to_trust_the_local_authority(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get("/trust/").status_code == 404
    assert Client().get("/trust/mulin.crt").status_code == 404
    folder = tmp_path / "tls"
    monkeypatch.setattr(certificates, "folder_of_town", lambda: folder)
    certificates.make_authority(folder, ["testserver"], now=now())
    settings.MULIN_TLS_CERT, settings.MULIN_TLS_KEY = str(folder / "server.pem"), str(folder / "server.key")
    for language, words in (("en", "Fetch the certificate"), ("zh-hans", "下载证书")):
        page = Client().get(f"/trust/?language={language}").content.decode()
        assert words in page
        assert certificates.read(folder / "authority.pem").fingerprint in page
        assert 'href="https://testserver:8443/"' in page
    answer = Client().get("/trust/mulin.crt")
    assert answer["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.content == certificates.authority_der(folder)
    assert "http://testserver:8000/trust/" in at_desk("sysadmin").get("/desk/system/").content.decode()
