"""What every answer says to a browser about what it may do with it."""

from __future__ import annotations

import importlib

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.mark.parametrize("path", ["/", "/desk/sign-in/", "/desk/queue/", "/no/such/page/"])
def test_every_answer_is_strict(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert "payment=()" in answer["Permissions-Policy"]


def test_a_page_of_the_desk_is_kept_by_nobody(client: Client) -> None:
    assert "no-store" in client.get("/desk/sign-in/")["Cache-Control"]


def test_by_https_cookies_are_for_this_host_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from mulin.config import settings

    try:
        monkeypatch.setenv("MULIN_HTTPS", "1")
        strict = importlib.reload(settings)
        assert strict.SESSION_COOKIE_NAME.startswith("__Host-")
        assert strict.CSRF_COOKIE_NAME.startswith("__Host-")
        assert strict.SESSION_COOKIE_SECURE
        assert strict.CSRF_COOKIE_SECURE
        assert strict.SECURE_HSTS_SECONDS >= 31_536_000
    finally:
        monkeypatch.undo()
        importlib.reload(settings)


def test_a_single_sign_on_without_https_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from mulin.config import environment

    monkeypatch.setenv("X", "http://sso.example.cn")
    with pytest.raises(ImproperlyConfigured):
        environment.issuer("X")
    monkeypatch.setenv("X", "https://sso.example.cn/realms/town/")
    assert environment.issuer("X") == "https://sso.example.cn/realms/town"
    monkeypatch.setenv("X", "administrators,everybody")
    with pytest.raises(ImproperlyConfigured):
        environment.choices("X", "", ("none", "administrators"))


def test_a_proxy_is_named_by_its_address_or_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from mulin.config import environment

    monkeypatch.setenv("X", "10.0.0.1, FD00:0::1")
    assert environment.addresses("X") == ["10.0.0.1", "fd00::1"]
    for wrong in ("172.16.0.0/12", "proxy", "10.0.0.1:8000"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ImproperlyConfigured, match="no address of a machine"):
            environment.addresses("X")
