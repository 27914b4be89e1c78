"""What a proxy says is believed only from one that is trusted."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from mulin.doors.proxies import TrustedProxyMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize(("address", "secure"), [("10.0.0.1", True), ("10.0.0.2", False), ("", False)])
def test_only_a_trusted_proxy_makes_a_request_secure(address: str, secure: bool, settings: Settings) -> None:
    settings.MULIN_TRUSTED_PROXIES = ["10.0.0.1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = HttpRequest()
    request.META = {
        "REMOTE_ADDR": address, "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example",
    }  # fmt: skip
    TrustedProxyMiddleware(lambda _request: HttpResponse())(request)
    assert request.is_secure() == secure
    assert ("HTTP_X_FORWARDED_HOST" in request.META) == secure


def test_it_stands_before_everything_that_reads_how_one_came(settings: Settings) -> None:
    settings.MULIN_TRUSTED_PROXIES = ["10.0.0.1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    said = {"X-Forwarded-Proto": "https"}
    assert Client(headers=said).get("/", REMOTE_ADDR="10.0.0.1").status_code == 200
    assert Client(headers=said).get("/", REMOTE_ADDR="10.0.0.9").status_code == 301
