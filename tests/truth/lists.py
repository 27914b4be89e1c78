"""A list of the worker's village: just uploaded, or compared, with somebody of the planted home outstanding."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.places.face import Level, areas_at
from mulin.visits.face import ComparedList, ListPlan, ListRow, begin_list
from tests.matters.world import NOW, the, the_grid
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

SOON = NOW.date() + timedelta(days=20)
FILE = "姓名,手机号\n名单上的人,13955555555\n".encode()


def a_list_of(things: Things, *, draft: bool = False) -> ComparedList:
    """Uploaded by the head."""
    place = the_grid().path[: Level.VILLAGE]
    plan = ListPlan(title="体检", why="通知", until_on=SOON)
    made = begin_list(areas_at([place])[place], plan, FILE, by=the("head"), now=NOW)
    if not draft:
        ComparedList.objects.filter(pk=made.pk).update(stage="ready", table="", compared_at=NOW)
        home = things.home
        ListRow.objects.create(
            source=made, row=2, outcome="outstanding", how="phone", resident=home.resident.pk,
            household=home.household.pk, place=home.resident.place,
        )  # fmt: skip
    return made


def _upload(row: Row, _things: Things) -> dict[str, Any]:
    village = areas_at([the_grid().path[: Level.VILLAGE]])[the_grid().path[: Level.VILLAGE]]
    area = village.path if row.is_api else str(village.pk)
    return {
        "title": "体检", "area": area, "why": "通知", "until_on": SOON.isoformat(), "says": "todo",
        "purpose": "duty", "file": SimpleUploadedFile("list.csv", FILE),
    }  # fmt: skip


def _of(values: dict[str, Any]) -> Ask:
    return Ask(sent=lambda _row, _things: values)


TASKS = {"network": "peace", "until_on": SOON.isoformat()}
LISTS_SENT: dict[str, Ask] = {
    "POST desk/lists/new/": Ask(sent=_upload),
    "POST desk/lists/<uuid:id>/compare/ [draft]": _of({"phone": "1"}),
    "POST desk/lists/<uuid:id>/tasks/": _of(TASKS),
    "POST api/v1/lists": Ask(sent=_upload),
    "POST api/v1/lists/<id>/compare [draft]": _of({"columns": {"phone": 1}}),
    "POST api/v1/lists/<id>/settle": _of({"rows": []}),
    "POST api/v1/lists/<id>/tasks": _of(TASKS),
}
