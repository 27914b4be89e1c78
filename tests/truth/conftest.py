"""Who is answered what is asked hundreds of times: no sheet of paper is set for it. There is a mail server, unasked."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.channels.rules.server import read_server
from mulin.kernel import paper
from tests.truth import cheap


@pytest.fixture(autouse=True)
def _unset_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_child", lambda _asked: b"%PDF-1.7")


@pytest.fixture(autouse=True)
def _no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap.remember_no_templates(monkeypatch)


@pytest.fixture(autouse=True)
def _a_mail_server(settings: Any) -> None:
    settings.MULIN_MAIL_SERVER = read_server("smtp+plain://localhost")
