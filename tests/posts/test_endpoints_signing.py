"""Signing in, as programs of administrators see it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.client import Program, said
from tests.matters.world import the
from tests.truth.signing import a_factor_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def test_the_log_is_read_page_by_page() -> None:
    for name in ("nobody", "operator", "worker"):
        Client().post("/desk/sign-in/", {"username": name, "password": "wrong"})
    auditor = Program("auditor")
    first = said(auditor.get("/sign-ins?failed=true&limit=2"))
    rest = said(auditor.get(f"/sign-ins?failed=true&limit=2&after={first['next']}"))
    lines = [*first["items"], *rest["items"]]
    assert [line["outcome"] for line in lines] == ["wrong"] * 3
    assert rest["next"] is None
    worker = the("worker").user
    assert worker
    assert [line["person"] for line in lines] == [str(worker.pk), str(the("operator").user.pk), None]  # type: ignore[union-attr]  # the cast has accounts
    assert said(auditor.get(f"/sign-ins?person={worker.pk}"))["items"] == lines[:1]


def test_administrators_bind_reset_and_undo() -> None:
    worker = the("worker").user
    assert worker
    a_factor_of(worker)
    path = f"/people/{worker.pk}/sign-in"
    manager, guard = Program("sysadmin"), Program("secadmin")
    assert said(guard.get(path)) == {"app": True, "passkeys": 0, "recovery_codes": 0, "bound": False}
    assert said(manager.post(f"{path}/bind", {"subject": "4711"}))["bound"]
    assert not said(guard.post(f"{path}/reset", {}))["app"]
    assert guard.post(f"{path}/reset", {}).status_code == 409
    assert not said(manager.post(f"{path}/unbind", {}))["bound"]
    assert manager.post(f"{path}/bind", {"subject": ""}).status_code == 422
