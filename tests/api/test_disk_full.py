"""The disk is full in the middle of a write: said plainly, nothing half done, and it goes on when there is room."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mulin.journal.face import Entry, verify
from mulin.matters.face import Matter
from tests.api.client import Program, said
from tests.matters.world import a_kind, a_matter, the_building
from tests.portal.pictures import a_photo
from tests.portal.resident import Resident
from tests.support.databases import Home

pytestmark = pytest.mark.tiny_town


@contextmanager
def _no_room() -> Iterator[None]:
    """SQLite may not grow by a page; PostgreSQL answers as on a full disk, at the last rows of an act."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            [pages] = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$"
            )
            for table in ("journal_feed", "django_session"):
                cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1000000000")
        else:
            cursor.execute("DROP FUNCTION no_room CASCADE")


def _report(program: Program, key: str) -> int:
    body = {"type": a_kind().code, "text": "楼道的灯坏了。" * 300, "area": the_building().path}
    answer = program.post("/matters", body, key=key)
    if answer.status_code == 507:
        assert said(answer)["code"] == "disk_full"
        assert "send it again" in said(answer)["detail"]
    return int(answer.status_code)


def test_a_report_is_there_whole_or_not_at_all(copied_db: Home) -> None:
    program = Program("operator")
    program.http.raise_request_exception = False
    before = Matter.objects.count()
    with _no_room():
        answers = {key: _report(program, key) for key in map(str, range(40))}
        assert set(answers.values()) <= {201, 507}
        assert 507 in answers.values()
        kept = [key for key, status in answers.items() if status == 201]
        assert Matter.objects.count() == before + len(kept)
        assert verify().whole
    assert {_report(program, key) for key in answers} == {201}
    assert Matter.objects.count() == before + len(answers)
    assert verify().whole


def test_a_resident_is_told_and_keeps_what_was_typed(copied_db: Home) -> None:
    entries = Entry.objects.count()
    with _no_room():
        came = [Resident(Client(raise_request_exception=False)) for _ in range(60)]
        for resident in came:
            resident.tells("楼下的路灯不亮。" * 100)
        unlucky = next(resident for resident in came if resident.status == 507)
        assert {resident.status for resident in came} <= {200, 507}
        assert "send it again" in unlucky.page
    assert Entry.objects.count() == entries
    unlucky.tells()
    assert unlucky.status == 200


@pytest.mark.django_db
def test_a_photo_without_room_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    raised = a_matter().matter
    monkeypatch.setattr(Path, "open", _full)
    program = Program("operator")
    answer = program.upload(f"/matters/{raised.number}/photos", a_photo())
    assert (answer.status_code, said(answer)["code"]) == (507, "disk_full")
    assert raised.photos.count() == 0


_open = Path.open


def _full(path: Path, mode: str = "r", *arguments: Any, **more: Any) -> Any:
    if "w" in mode:
        raise OSError(errno.ENOSPC, "No space left on device")
    return _open(path, mode, *arguments, **more)
