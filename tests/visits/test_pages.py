"""The pages of visits and campaigns, as their people walk through them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mulin.journal.face import DisclosureOf
from mulin.kernel.ids import new_id
from mulin.registry.face import Household, Residence, move_household, move_out
from mulin.visits.face import (
    Call,
    Campaign,
    CampaignTask,
    CheckIn,
    Plan,
    Stage,
    Visit,
    close_campaign,
    plan_visit,
    record_visit,
    set_campaign,
)
from mulin.visits.rules.marks import Mark
from tests.matters.world import a_kind, a_matter, the, the_grid, the_workers_seat
from tests.registry.world import (
    a_building_elsewhere,
    a_dwelling,
    a_household,
    a_merchant,
    a_resident,
    a_unit,
)
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
TODAY = NOW.date()
OLD = NOW - timedelta(days=300)


def at_the_desk(username: str) -> Client:
    browser = Client()
    user = the(username).user
    assert user
    browser.force_login(user)
    return browser


def a_stale_home(name: str = "王秀英") -> Household:
    home = a_household()
    a_resident(home, name=name, relation="0", phone="13900000001")
    Household.objects.filter(pk=home.pk).update(confirmed_at=OLD)
    return home


def residence_at(home: Household) -> Residence:
    return Residence.objects.there().select_related("resident", "household", "dwelling").get(household=home)


def a_call(home: Household, **more: Any) -> dict[str, Any]:
    return {
        "key": str(new_id()), "met": "yes", "way": "door", "at": "2026-03-18T09:10", "said": "腿疼", "agreed": "",
        "marks": [f"household:{home.pk}"], **more,
    }  # fmt: skip


def test_every_page_opens(db: None) -> None:
    home = a_stale_home()
    planned = plan_visit(home, on=TODAY, by=the("worker"), now=NOW)
    worker, head = at_the_desk("worker"), at_the_desk("head")
    for name in ("visits", "visits-due", "visits-week", "coverage", "campaigns"):
        assert worker.get(reverse(name)).status_code == 200, name
    assert head.get(reverse("presence")).status_code == 200
    assert head.get(reverse("campaign-new")).status_code == 200
    assert worker.get(reverse("visit", args=[planned.pk])).status_code == 200
    assert worker.get(reverse("visit-plan", args=["household", home.pk])).status_code == 200
    assert worker.get(reverse("visit-record", args=["merchant", a_merchant().pk])).status_code == 200
    assert worker.get(reverse("visit-record", args=["elephant", home.pk])).status_code == 404


def test_a_worker_records_a_planned_visit_in_one_go(db: None) -> None:
    home, worker = a_stale_home(), at_the_desk("worker")
    planned = plan_visit(home, on=TODAY, by=the("worker"), now=NOW)
    url = reverse("visit-record", args=["household", home.pk]) + f"?visit={planned.pk}"
    shown = worker.get(url).content.decode()
    assert "王秀英" in shown
    assert "13900000001" not in shown
    sent = a_call(home, planned=str(planned.pk), next_on=str(TODAY + timedelta(days=30)))
    answer = worker.post(url, sent)
    assert answer.status_code == 303
    visit = Visit.objects.get(pk=planned.pk)
    assert (visit.stage, visit.said) == (Stage.DONE, "腿疼")
    home.refresh_from_db()
    assert home.confirmed_at == NOW
    assert "腿疼" in worker.get(answer["Location"]).content.decode()
    assert Visit.objects.planned().count() == 1


def test_opening_the_form_and_the_visit_are_readings(db: None) -> None:
    home = a_stale_home()
    at_the_desk("worker").get(reverse("visit-record", args=["household", home.pk]))
    visit = record_visit(home, Call(at=NOW, said="腿疼"), by=the("worker"), now=NOW)
    at_the_desk("head").get(reverse("visit", args=[visit.pk]))
    readers = {each.disclosure.reader for each in DisclosureOf.objects.select_related("disclosure")}
    assert readers == {the("worker").user.pk, the("head").user.pk}  # type: ignore[union-attr]  # the cast has accounts


def test_of_a_visit_also_those_are_told_who_have_left_since_and_whatever_was_refused(db: None) -> None:
    home = a_stale_home()
    wang = residence_at(home).resident
    mark = Mark("resident", wang.pk)
    visit = record_visit(home, Call(at=NOW, said="腿疼", marks=[mark]), by=the("worker"), now=NOW)
    move_out(residence_at(home), on=TODAY, by=the("operator"), now=NOW)
    assert not DisclosureOf.objects.filter(disclosure__reader=the("head").user.pk).exists()  # type: ignore[union-attr]  # the cast has accounts
    page = at_the_desk("head").post(reverse("visit-move", args=[visit.pk]), {"on": "never"})
    assert page.status_code == 422
    assert "腿疼" in page.content.decode()
    read = DisclosureOf.objects.filter(disclosure__reader=the("head").user.pk)  # type: ignore[union-attr]  # the same
    assert list(read.values_list("person", flat=True)) == [wang.pk]


def test_where_a_home_has_moved_to_is_not_told_where_it_was_called_on(db: None) -> None:
    home = a_stale_home("欧阳春华")
    visit = record_visit(home, Call(at=NOW, said="腿疼"), by=the("worker"), now=NOW)
    plan_visit(home, on=TODAY, by=the("worker"), now=NOW)
    there = a_dwelling(area=a_unit(a_building_elsewhere()), number="9908")
    move_household(home, there, by=the("operator"), now=NOW)
    for url in (reverse("visit", args=[visit.pk]), reverse("visits"), reverse("visits-week")):
        page = at_the_desk("worker").get(url).content.decode()
        assert "9908" not in page, url
        assert "欧***" not in page, url
        assert "another area" in page, url
    assert "9908" in at_the_desk("operator").get(reverse("visit", args=[visit.pk])).content.decode()


def test_lists_mask_names(db: None) -> None:
    a_stale_home("欧阳春华")
    page = at_the_desk("worker").get(reverse("visits-due")).content.decode()
    assert "欧***" in page
    assert "欧阳春华" not in page


def test_what_was_typed_comes_back_with_what_is_wrong(db: None) -> None:
    home = a_stale_home()
    url = reverse("visit-record", args=["household", home.pk])
    answer = at_the_desk("worker").post(url, a_call(home, at="2027-01-01T09:00"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This time has not come yet" in page
    assert "腿疼" in page
    assert f'value="household:{home.pk}" id="m2" checked' in page


def test_due_doors_are_planned_and_a_week_is_proposed(db: None) -> None:
    homes, worker = [a_stale_home(), a_stale_home(), a_stale_home()], at_the_desk("worker")
    seat = the_workers_seat()
    answer = worker.post(
        reverse("visits-plan"),
        {"seat": str(seat.pk), "on": str(TODAY), "doors": [f"household:{homes[0].pk}"]},
    )
    assert answer.status_code == 303
    assert worker.post(reverse("visits-propose"), {"seat": str(seat.pk)}).status_code == 303
    planned = Visit.objects.planned()
    assert {each.household_id for each in planned} == {home.pk for home in homes}
    assert all(TODAY <= each.planned_on <= TODAY + timedelta(days=4) for each in planned if each.planned_on)
    assert worker.post(reverse("visits-propose"), {"seat": str(seat.pk)}).status_code == 303
    assert planned.count() == 3


def test_a_page_key_before_all_time_begins_the_list_anew(db: None) -> None:
    a_stale_home()
    key = f"0001-01-01T00:00:00+23:00~{new_id()}"
    assert at_the_desk("worker").get(reverse("visits-due"), {"after": key}).status_code == 200
    glasses = at_the_desk("director").get(reverse("glasses"), {"after": key.replace("~", " ")})
    assert glasses.status_code == 200


def test_a_visit_is_put_off_changed_and_called_off(db: None) -> None:
    home, worker = a_stale_home(), at_the_desk("worker")
    visit = plan_visit(home, on=TODAY, by=the("worker"), now=NOW)
    late = {"on": str(TODAY - timedelta(days=1))}
    assert worker.post(reverse("visit-move", args=[visit.pk]), late).status_code == 422
    later = {"on": str(TODAY + timedelta(days=2))}
    assert worker.post(reverse("visit-move", args=[visit.pk]), later).status_code == 303
    assert worker.post(reverse("visit-cancel", args=[visit.pk])).status_code == 303
    visit.refresh_from_db()
    assert visit.stage == Stage.CANCELLED
    done = record_visit(home, Call(at=NOW, said="腿疼"), by=the("worker"), now=NOW)
    assert worker.post(reverse("visit-change", args=[done.pk]), {"said": "好些了"}).status_code == 303
    assert at_the_desk("head").post(reverse("visit-change", args=[done.pk]), {"said": "…"}).status_code == 403


def test_a_matter_is_raised_without_anybodys_number(db: None) -> None:
    visit = record_visit(a_stale_home(), Call(at=NOW), by=the("worker"), now=NOW)
    url, worker = reverse("visit-matter", args=[visit.pk]), at_the_desk("worker")
    sent = {"key": str(new_id()), "type": a_kind().code, "text": "楼道的灯坏了，找13900000001。"}
    refused = worker.post(url, sent)
    assert refused.status_code == 422
    assert worker.post(url, sent | {"text": "楼道的灯坏了。"}).status_code == 303
    matter = visit.matters.get().matter
    assert matter.title == "楼道的灯坏了"
    other = record_visit(a_stale_home(), Call(at=NOW), by=the("worker"), now=NOW)
    named = worker.post(reverse("visit-matter", args=[other.pk]), {"number": matter.number})
    assert named.status_code == 303
    assert worker.post(reverse("visit-matter", args=[other.pk]), {"number": "26-999999-9"}).status_code == 422


def test_a_page_that_was_damaged_loses_nothing(db: None) -> None:
    """Neither a key that is none, nor one of something else, nor the same page sent twice."""
    home, worker = a_stale_home(), at_the_desk("worker")
    visit = record_visit(home, Call(at=NOW), by=the("worker"), now=NOW)
    url = reverse("visit-matter", args=[visit.pk])
    sent = {"type": a_kind().code, "text": "楼道的灯坏了。"}
    taken = str(a_matter().matter.pk)
    for key in ("'; --", taken, ""):
        answer = worker.post(url, sent | {"key": key})
        page = answer.content.decode()
        assert (answer.status_code in (409, 422), "send it again" in page) == (True, True)
        assert "楼道的灯坏了。" in page
        new = key_in(page)
        assert new != key
    for _twice in range(2):
        assert worker.post(url, sent | {"key": new}).status_code == 303
    assert visit.matters.count() == 1
    url = reverse("visit-record", args=["household", home.pk])
    planned = plan_visit(home, on=TODAY, by=the("worker"), now=NOW)
    for wrong in ({"key": "x"}, {"key": str(planned.pk)}, {"planned": "x"}):
        answer = worker.post(url, a_call(home, planned=str(planned.pk)) | wrong)
        page = answer.content.decode()
        assert (answer.status_code in (409, 422), "send it again" in page, "腿疼" in page) == (
            True,
            True,
            True,
        )
        assert f'value="{planned.pk}"' in page
    assert worker.post(url, a_call(home, key=key_in(page), planned=str(planned.pk))).status_code == 303
    planned.refresh_from_db()
    assert planned.stage == Stage.DONE


def key_in(page: str) -> str:
    return str(re.findall(r'name="key" value="([^"]+)"', page)[0])


def test_campaigns_and_lists_go_on_behind_the_first_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mulin.visits.views.campaigns.PAGE", 2)
    head = the("head")
    area = head.seats[0].area
    assert area
    made = [
        set_campaign(
            area, Plan(network="peace", title=f"第{n}次", until_on=TODAY, whom="grids"), by=head, now=NOW
        )
        for n in range(3)
    ]
    for show in ("", "closed"):
        first = at_the_desk("head").get(reverse("campaigns"), {"show": show})
        again = at_the_desk("head").get(reverse("campaigns") + first.context["page"]["next_url"])
        pages = [[row["campaign"] for row in answer.context["rows"]] for answer in (first, again)]
        assert ([len(each) for each in pages], {*pages[0], *pages[1]}) == ([2, 1], set(made))
        for each in made if not show else ():
            close_campaign(each, by=head, now=NOW)


def test_a_campaign_from_setting_to_closing(db: None) -> None:
    home, head, worker = a_stale_home(), at_the_desk("head"), at_the_desk("worker")
    a_household()
    area = the("head").seats[0].area
    assert area
    sent = {
        "title": "入户查燃气", "text": "看软管和阀门", "network": "peace", "area": str(area.pk), "whom": "households",
        "until_on": str(TODAY + timedelta(days=14)), "done_by": "tick",
    }  # fmt: skip
    answer = head.post(reverse("campaign-new"), sent)
    campaign = Campaign.objects.get()
    assert answer["Location"] == reverse("campaign", args=[campaign.pk])
    assert "入户查燃气" in worker.get(reverse("visits")).content.decode()
    list_page = worker.get(reverse("campaign-tasks", args=[campaign.pk])).content.decode()
    assert "王**" in list_page
    task = CampaignTask.objects.get(household=home)
    done = worker.post(reverse("campaign-tick", args=[campaign.pk]), {"tasks": [str(task.pk)]})
    assert done.status_code == 303
    other = CampaignTask.objects.exclude(pk=task.pk)[0]
    assert worker.post(reverse("campaign-task", args=[other.pk]), {"note": ""}).status_code == 422
    assert worker.post(reverse("campaign-task", args=[other.pk]), {"note": "没有燃气"}).status_code == 303
    assert worker.post(reverse("campaign-task", args=[other.pk]), {"reopen": "1"}).status_code == 303
    assert worker.post(reverse("campaign-close", args=[campaign.pk])).status_code == 403
    later = {"until_on": str(TODAY + timedelta(days=20))}
    assert head.post(reverse("campaign-extend", args=[campaign.pk]), later).status_code == 303
    assert head.post(reverse("campaign-widen", args=[campaign.pk])).status_code == 303
    assert head.get(reverse("campaign", args=[campaign.pk])).status_code == 200
    assert head.post(reverse("campaign-close", args=[campaign.pk])).status_code == 303
    assert not Campaign.objects.running().exists()


def test_a_visit_settles_a_task(db: None) -> None:
    home, worker = a_stale_home(), at_the_desk("worker")
    area = the("head").seats[0].area
    at_the_desk("head").post(
        reverse("campaign-new"),
        {
            "title": "独居老人走访", "network": "livelihood", "area": str(area and area.pk), "whom": "households",
            "until_on": str(TODAY), "done_by": "visit",
        },
    )  # fmt: skip
    task = CampaignTask.objects.get(household=home)
    campaign = reverse("campaign-tick", args=[task.campaign_id])
    worker.post(campaign, {"tasks": [str(task.pk)]})
    task.refresh_from_db()
    assert task.is_open
    worker.post(reverse("visit-record", args=["household", home.pk]), a_call(home, settles=[str(task.pk)]))
    task.refresh_from_db()
    assert (task.stage, task.visit) == ("done", Visit.objects.get(household=home))


def test_somebody_says_once_a_day_that_they_are_there(db: None) -> None:
    cadre = at_the_desk("instructor")
    for _again in range(2):
        assert cadre.post(reverse("check-in"), {"area": str(the_grid().pk)}).status_code == 303
    assert CheckIn.objects.count() == 1
    assert "You were in your grid on <b>1</b> day" in cadre.get(reverse("visits")).content.decode()
    page = at_the_desk("head").get(reverse("presence")).content.decode()
    assert "No cadres here" in page  # the instructor's seat is at the town
    shown = at_the_desk("operator").get(reverse("presence")).content.decode()
    assert "0 of " in shown


@pytest.mark.parametrize("name", ["visits", "visits-due", "visits-week", "coverage"])
def test_pages_cost_the_same_however_long_they_are(
    db: None, name: str, django_assert_max_num_queries: Any
) -> None:
    for _each in range(4):
        plan_visit(a_stale_home(), on=TODAY, by=the("worker"), now=NOW)
    worker = at_the_desk("worker")
    worker.get(reverse(name))
    with django_assert_max_num_queries(26):
        worker.get(reverse(name))
