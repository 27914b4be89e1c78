"""A list that somebody takes in or out, and what is sent with the rows of table_intakes.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.posts.face import User
from mulin.registry.models import HomeExport, HomeImport
from tests.matters.world import NOW
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

FILE = "楼栋,门牌号,姓名\n没有的楼,101,名单上的人\n".encode()


def an_intake_of(things: Things, word: str) -> UUID:
    """Checked, or taken in; nobody's without a word."""
    if not word or things.me.user is None:
        return things.post.pk
    stage = "done" if "taken" in word else "checked"
    made = HomeImport.objects.create(
        by=things.me.user, kind="homes", name="x.csv", stage=stage, rows=2, wrong=0, made_at=NOW
    )
    return made.pk


def an_export_of(things: Things, _word: str) -> UUID:
    """Asked for by somebody else of the same town."""
    other = User.objects.get(username="a.stranger")
    made = HomeExport.objects.create(
        by=other, kind="residents", purpose="duty", reason="核对", stage="asked", rows=1, made_at=NOW,
        places=[things.home.unit.path],
    )  # fmt: skip
    return made.pk


def _upload(_row: Row, _things: Things) -> dict[str, Any]:
    return {"kind": "homes", "make_doors": "on", "file": SimpleUploadedFile("list.csv", FILE)}


def _of(values: dict[str, Any]) -> Ask:
    return Ask(sent=lambda _row, _things: values)


START, ANSWER = _of({"repeats": "skip"}), _of({"answer": "agree", "note": ""})
OUT = {"purpose": "duty", "reason": "核对"}
INTAKEN: dict[str, Ask] = {
    "POST desk/registry/intakes/": Ask(sent=_upload),
    "POST desk/registry/intakes/<uuid:id>/start/ [own]": START,
    "POST desk/registry/take-out/<str:by>/": _of(OUT),
    "POST desk/registry/exports/<uuid:id>/decide/": ANSWER,
    "POST api/v1/registry/intakes": Ask(sent=lambda _row, _things: {"kind": "homes", "file": _file()}),
    "POST api/v1/registry/intakes/<id>/choices [own]": _of({"choices": {}}),
    "POST api/v1/registry/intakes/<id>/start [own]": START,
    "POST api/v1/registry/exports": _of({"kind": "residents", **OUT}),
    "POST api/v1/registry/exports/<id>/decide": _of({"agree": True}),
}


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", FILE)
