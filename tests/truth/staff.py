"""Staff lists for the table: one that somebody brought, and what may be brought."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.kernel import sheets
from mulin.posts.actions import issue_slips
from mulin.posts.actions.staff import keep_draft
from mulin.posts.models import StaffDraft
from mulin.posts.rules.staff import COLUMNS
from tests.matters.world import NOW, the
from tests.truth.things import Things

TITLES = ["Full name", "Role", "Area"]


def rows_for(things: Things) -> list[list[str]]:
    """Somebody new for the building."""
    return [["新来的人", "building_head", things.building.path]]


def staff_list_of(things: Things) -> StaffDraft:
    """A list that whoever asks brought; of those who may bring none, nobody's but the administrator's."""
    user = things.me.user
    found = StaffDraft.objects.filter(user=user).first() if user else None
    if found is None:
        by = the("sysadmin")
        table = sheets.table(sheets.Sheet("Staff", [TITLES, *rows_for(things)]), COLUMNS)
        found = keep_draft(table, file="staff.xlsx", by=by, now=NOW)
    return found


def staff_file(things: Things) -> SimpleUploadedFile:
    """The same list as a file."""
    lines = "\n".join(",".join(cells) for cells in [TITLES, *rows_for(things)])
    return SimpleUploadedFile("staff.csv", lines.encode())


def first_slip(things: Things) -> dict[str, str]:
    """What stands on the slip that the person was handed."""
    (handed,) = issue_slips([things.person], by=the("sysadmin"), now=NOW)
    return {"username": things.person.username, "code": handed.code}


def staff_rows(things: Things) -> list[dict[str, str]]:
    """The same list as a program sends it."""
    ((name, role, area),) = rows_for(things)
    return [{"name": name, "role": role, "area": area}]
