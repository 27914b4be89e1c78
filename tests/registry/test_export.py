"""Lists of the registry taken out: masked or in full, always on record, above a size with a second person."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from mulin.doors.longwork import fetched as fetched_by_owner
from mulin.journal.face import Disclosure, DisclosureOf, Entry
from mulin.kernel import clock as house_clock
from mulin.kernel import jobs
from mulin.kernel.models import Job
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours
from mulin.kernel.sheets import read
from mulin.registry.actions import bulk_export as acts
from mulin.registry.models import HomeExport, Resident
from mulin.registry.queries.lists import HomeFilters
from tests.api.client import Program
from tests.matters.world import NOW, the, the_grid
from tests.registry import world

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]


def asked(kind: str = "residents", *, by: str = "operator", **more: Any) -> HomeExport:
    said = {"purpose": "duty", "reason": "核对楼栋名单", **more}
    return acts.start_export(kind, HomeFilters(), **said, by=the(by), now=NOW)


def fetched() -> list[list[str]]:
    """The worker makes the file; its first sheet."""
    assert jobs.run_next(house_clock.now, threading.Event()) == 1
    row = Job.objects.order_by("-pk")[0]
    assert row.stage == "done", row.lines
    return read((jobs.folder_of(row) / row.file).read_bytes())[0].rows


def cells(rows: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in rows)


def test_a_list_goes_out_masked_marked_and_on_record() -> None:
    wang = world.a_resident(name="=王秀英", phone="13900001234")
    asked()
    rows = fetched()
    text = cells(rows)
    assert "=**" in text
    assert "139****1234" in text
    assert "秀英" not in text
    assert wang.document not in text
    assert "Taken out by" in rows[1][0]
    reading = Disclosure.objects.get(kind="export")
    assert DisclosureOf.objects.filter(disclosure=reading, person=wang.pk).exists()
    assert Entry.objects.filter(code="registry_export.made").exists()


def test_no_name_lies_in_what_a_list_was_narrowed_by() -> None:
    said = {"kind": "residents", "purpose": "duty", "reason": "核对楼栋名单", "q": "王秀英", "stale": "1"}
    assert Program("operator").post("/registry/exports", said).status_code == 200
    assert "王秀英" not in str(HomeExport.objects.values().get())


def test_in_full_only_where_one_may_reveal_and_never_as_a_formula() -> None:
    wang = world.a_resident(name="=1+1", phone="13900001234")
    asked(revealed=True)
    text = cells(fetched())
    assert wang.document in text
    assert "13900001234" in text
    assert "=1+1" in text
    with pytest.raises(NotAllowed):
        asked(by="worker")
    with pytest.raises(Invalid):
        asked(reason=" ")
    with pytest.raises(Invalid):
        asked(purpose="curiosity")


def test_households_and_merchants_go_out_too() -> None:
    home = world.a_household()
    world.a_resident(home, relation="0", name="赵云")
    world.a_merchant(name="便民超市", operator_name="李四", operator_phone="13900005678")
    asked("households")
    assert "赵*" in cells(fetched())
    asked("merchants")
    text = cells(fetched())
    assert "便民超市" in text
    assert "李*" in text
    assert "139****5678" in text


def test_a_large_list_needs_somebody_else(settings: Any) -> None:
    settings.MULIN_EXPORT_ALONE = 0
    world.a_resident()
    made = asked()
    assert (made.stage, made.job) == ("asked", None)
    with pytest.raises(NotAllowed):
        acts.decide_export(made, agree=True, by=the("operator"), now=NOW)
    with pytest.raises(NotYours):
        acts.export_of(made.pk, the("worker"))
    director = the("director")
    assert [each.pk for each in acts.exports_to_decide(director)] == [made.pk]
    acts.decide_export(made, agree=True, note="核对后销毁", by=director, now=NOW)
    assert len(fetched()) > 2
    made.refresh_from_db()
    assert (made.stage, made.decided_by) == ("made", director.user)
    with pytest.raises(Conflict):
        acts.decide_export(made, agree=False, by=director, now=NOW)


def test_who_decides_finds_theirs_behind_many_of_elsewhere() -> None:
    world.a_resident()
    elsewhere = {"by": the("operator").user, "kind": "residents", "stage": "asked", "purpose": "duty"}
    HomeExport.objects.bulk_create(
        HomeExport(**elsewhere, places=["110101001"], made_at=NOW - timedelta(days=1)) for _n in range(200)
    )
    mine = HomeExport.objects.create(**elsewhere, places=[the_grid().path], made_at=NOW)
    wider = HomeExport.objects.create(**elsewhere, places=[the_grid().path, "110101001"], made_at=NOW)
    found = acts.exports_to_decide(the("director"))
    assert mine in found
    assert wider not in found  # it reaches where the director answers for nothing
    assert not acts.exports_to_decide(the("worker"))


def test_what_grew_since_it_was_asked_for_waits_for_somebody_else(settings: Any) -> None:
    world.a_resident()
    settings.MULIN_EXPORT_ALONE = Resident.objects.count()
    asked()
    world.a_resident()
    assert jobs.run_next(house_clock.now, threading.Event()) == 1
    row = Job.objects.order_by("-pk")[0]
    assert row.stage == "failed"
    assert "somebody else has to agree" in "".join(row.lines)


def test_nothing_goes_out_but_of_the_places_that_were_asked_for() -> None:
    world.a_resident(name="王秀英")
    made = asked()
    HomeExport.objects.filter(pk=made.pk).update(places=["370402999"])
    assert "王" not in cells(fetched())


def test_who_has_lost_the_post_that_took_it_out_cannot_fetch_it_any_more() -> None:
    world.a_resident()
    asked()
    fetched()
    row = Job.objects.order_by("-pk")[0]
    response: Any = fetched_by_owner(row, the("operator"))
    response.file_to_stream.close()
    assert response.status_code == 200
    with pytest.raises(NotAllowed):
        fetched_by_owner(row, the("worker"))


def test_a_large_list_in_small_ones_needs_somebody_else_too(settings: Any) -> None:
    world.a_resident()
    settings.MULIN_EXPORT_ALONE = Resident.objects.count()
    first = asked()
    assert (first.stage, asked().stage) == ("making", "asked")
    HomeExport.objects.filter(pk=first.pk).update(made_at=NOW - timedelta(days=2))
    assert asked().stage == "making"
