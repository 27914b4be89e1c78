"""One-time codes by mail: queued at once, whatever the server does."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.channels.face import codes_can_be_sent, send_code
from mulin.channels.models import Mail
from mulin.channels.rules.server import read_server
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def has_server(settings: Any) -> None:
    settings.MULIN_MAIL_SERVER = read_server("smtp+plain://localhost:2525")


@pytest.mark.usefixtures("has_server")
def test_a_code_waits_for_the_worker_in_the_persons_language() -> None:
    assert codes_can_be_sent()
    assert send_code("li@example.cn", "135790", "zh-hans", now=NOW)
    assert send_code("smith@example.cn", "246801", "en", now=NOW)
    chinese, english = Mail.objects.order_by("id")
    assert (chinese.subject, english.subject) == ("您的验证码：135790", "Your code: 246801")
    assert "135790" in chinese.body
    assert "10 minutes" in english.body
    assert (chinese.address, chinese.priority) == ("li@example.cn", 0)


@pytest.mark.usefixtures("has_server")
@pytest.mark.parametrize("wrong", ["", "nobody", "a@b\r\nBcc: c@d.cn", "李@example.cn", f"{'a' * 300}@b.cn"])
def test_what_is_no_address_is_not_queued(wrong: str) -> None:
    assert not send_code(wrong, "135790", "en", now=NOW)
    assert not Mail.objects.exists()


def test_without_a_server_no_code_can_be_sent() -> None:
    assert not codes_can_be_sent()
    assert not send_code("li@example.cn", "135790", "en", now=NOW)
