"""Raising a matter at the desk: for a resident, for nobody known, for oneself, settled on the spot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mulin.kernel.ids import new_id
from mulin.matters.face import Matter, MatterType, opens, suggest_kinds
from mulin.matters.views.raising import RECEIPT_COOKIE
from mulin.places.face import Area, Level
from tests.matters.pages.desk import Answer, a_photo, at_desk, colleague_elsewhere, words_of
from tests.matters.world import a_kind, the, the_building, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
NEW = "/desk/matters/new/"


def filled(**changes: Any) -> dict[str, Any]:
    village = Area.objects.get(path=the_grid().path[: Level.VILLAGE])
    form = {
        "id": str(new_id()), "text": "楼道灯不亮，晚上看不清台阶", "type": a_kind().code, "village": str(village.pk),
        "grid": str(the_grid().pk), "building": str(the_building().pk), "address": "2 单元", "lon": "", "lat": "",
        "on_behalf": "resident", "name": "王秀英", "phone": "138 1234 2211", "channel": "window",
    }  # fmt: skip
    return form | changes


@dataclass
class Sent:
    """What came back, and the matter that was made of it."""

    answer: Answer
    matter: Matter | None

    @property
    def made(self) -> Matter:
        assert self.matter, words_of(self.answer)[:3000]
        return self.matter


def send(client: Client | str, **changes: Any) -> Sent:
    form = filled(**changes)
    answer = (at_desk(client) if isinstance(client, str) else client).post(NEW, form)
    key = form["id"] if re.fullmatch(r"[0-9a-f-]{36}", form["id"]) else new_id()
    return Sent(answer, Matter.objects.filter(pk=key).first())


def test_a_clerk_raises_it_for_a_resident_and_hands_out_number_and_code() -> None:
    client = at_desk("clerk")
    sent = send(client, photos=[a_photo(), a_photo("b.jpg")])
    matter, slip_at = sent.made, reverse("matter-slip", args=[sent.made.number])
    assert (sent.answer.status_code, sent.answer["Location"]) == (303, slip_at)
    assert (matter.place, matter.channel, matter.address) == (the_building().path, "window", "2 单元")
    assert (matter.reporters.get().kind, matter.photos.count()) == ("contact", 2)
    slip = client.get(slip_at)
    code = re.search(r"<b class=\"figure-big\">([2-9A-HJ-NP-Z]{8})</b>", words_of(slip))
    assert code
    assert opens(matter, code[1])
    assert "no-store" in slip["Cache-Control"]


def test_the_code_is_nobody_elses_to_see() -> None:
    url = reverse("matter-slip", args=[send("clerk").made.number])
    slip = words_of(at_desk("operator").get(url))
    assert "Slip for the reporter" in slip
    assert not re.search(r"figure-big\">[2-9A-HJ-NP-Z]{8}<", slip)
    assert at_desk(colleague_elsewhere()).get(url).status_code == 404


def test_the_slip_is_there_also_where_one_sees_nothing_else() -> None:
    grids = Area.objects.open().at_level(Level.GRID).of_family("base")
    other = grids.exclude(path=the_grid().path)[0]
    client = at_desk("worker")
    sent = send(client, village=str(other.parent_id), grid=str(other.pk), building="")
    assert not Matter.objects.visible_to(the("worker")).filter(pk=sent.made.pk).exists()
    slip = client.get(sent.answer["Location"])
    assert slip.status_code == 200
    assert re.search(r"figure-big\">[2-9A-HJ-NP-Z]{8}<", words_of(slip))
    assert at_desk("worker").get(sent.answer["Location"]).status_code == 404, "without the cookie"


def test_a_worker_raises_what_they_saw_themselves() -> None:
    reporter = send("worker", on_behalf="myself", name="", phone="", channel="patrol").made.reporters.get()
    assert (reporter.kind, reporter.user) == ("staff", the("worker").user)


def test_somebody_may_stay_unknown() -> None:
    reporter = send("clerk", on_behalf="anonymous", name="王秀英", phone="").made.reporters.get()
    assert (reporter.kind, reporter.contact) == ("anonymous", None)


def test_a_worker_settles_on_the_spot_in_their_own_grid_only() -> None:
    done = {"on_behalf": "myself", "settled": "on", "done": "换了灯泡", "phone": "", "name": ""}
    matter = send("worker", **done).made
    assert (matter.state, matter.parts.get().person) == ("handled", the("worker").user)
    elsewhere = send(colleague_elsewhere(), **done)
    assert (elsewhere.answer.status_code, elsewhere.matter) == (403, None)
    assert "换了灯泡" in words_of(elsewhere.answer), "nothing typed is lost"


def test_settling_asks_what_was_done() -> None:
    sent = send("worker", on_behalf="myself", settled="on", done=" ", phone="", name="")
    assert (sent.answer.status_code, sent.matter) == (422, None)
    assert 'id="id_done_error"' in words_of(sent.answer)


def test_an_operator_is_not_offered_to_settle() -> None:
    assert "settled on the spot" not in words_of(at_desk("operator").get(NEW)).lower()
    assert "I have settled it on the spot" in words_of(at_desk("worker").get(NEW))


def test_a_pin_outside_every_grid_is_offered_the_nearest_and_keeps_everything() -> None:
    building = the_building()
    assert building.lon is not None
    assert building.lat is not None
    far = {
        "lon": str(building.lon + 0.5),
        "lat": str(building.lat),
        "village": "",
        "grid": "",
        "building": "",
    }
    refused = send("clerk", **far)
    text = words_of(refused.answer)
    assert (refused.answer.status_code, refused.matter) == (422, None)
    assert "楼道灯不亮" in text
    offered = re.search(r'name="accept_area" value="([0-9a-f-]{36})"', text)
    assert offered
    taken = send("clerk", **far, accept_area=offered[1]).made
    assert (str(taken.taken_by_id), taken.lon) == (offered[1], building.lon + 0.5)


def test_without_a_place_it_is_asked_for() -> None:
    sent = send("clerk", village="", grid="", building="")
    assert (sent.answer.status_code, sent.matter) == (422, None)
    assert 'id="id_village_error"' in words_of(sent.answer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "长" * 10_000}, "text"),
        ({"text": "   "}, "text"),
        ({"type": "999999"}, "type"),
        ({"type": ""}, "type"),
        ({"phone": "123"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"channel": "telepathy"}, "channel"),
        ({"lon": "abc", "lat": "34"}, "lon"),
        ({"village": "no-area"}, "village"),
        ({"address": "长" * 300}, "address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(changes: dict[str, str], field: str) -> None:
    sent = send("clerk", **changes)
    text = words_of(sent.answer)
    assert (sent.answer.status_code, sent.matter) == (422, None)
    assert "王秀英" in text
    assert changes.get("text", "楼道灯不亮") in text
    assert f'href="#id_{field}"' in text or field == "lon", "the summary leads to the field"


def test_settled_for_a_resident_keeps_their_contact_hands_out_the_code_and_shows_how_it_is_now() -> None:
    sent = send("worker", settled="on", done="换了灯泡", photos=a_photo())
    assert sent.answer.status_code == 303
    assert RECEIPT_COOKIE in sent.answer.cookies
    contact = sent.made.reporters.get().contact
    assert contact
    assert contact.name == "王秀英"
    photo = sent.made.photos.get()
    assert (photo.when, photo.by_reporter) == ("after", False)


def test_the_same_page_sent_twice_makes_one_matter() -> None:
    client, form = at_desk("clerk"), filled()
    assert client.post(NEW, form).status_code == 303
    again = client.post(NEW, form)
    assert (again.status_code, again["Location"]) == (
        303,
        f"/desk/matters/{Matter.objects.get(pk=form['id']).number}/",
    )


def test_a_strange_id_is_no_obstacle() -> None:
    assert send("clerk", id="not-a-uuid").answer.status_code == 422


def test_the_next_select_fills_when_the_one_before_is_chosen() -> None:
    form = filled(grid=str(the_grid().pk), building="", text="还没写完", step="areas")
    answer = at_desk("clerk").post(NEW, form)
    text = words_of(answer)
    assert answer.status_code == 200
    assert the_building().label in text
    assert "还没写完" in text
    assert "error" not in re.sub(
        r"data-\S+", "", text[text.index('id="areas"') : text.index('id="id_address"')]
    )
    assert not Matter.objects.filter(pk=form["id"]).exists()


def test_the_text_proposes_the_kind_and_warns_of_danger() -> None:
    lamp = MatterType.objects.get(code="010301")
    text = words_of(at_desk("clerk").post(NEW, filled(type="", text="路灯不亮", step="kinds")))
    assert f'<option value="{lamp.code}" selected>' in text
    more = filled(type=lamp.code, proposed=lamp.code, text="垃圾桶满了没人收", step="kinds")
    assert '<option value="020101" selected>' in words_of(at_desk("clerk").post(NEW, more)), (
        "it follows the words"
    )
    kept = filled(type=lamp.code, proposed="", text="垃圾桶满了没人收", step="kinds")
    assert f'<option value="{lamp.code}" selected>' in words_of(at_desk("clerk").post(NEW, kept)), (
        "chosen is chosen"
    )
    danger = words_of(at_desk("clerk").post(NEW, filled(type="", text="着火了，有人被困", step="kinds")))
    assert "119" in danger


def test_the_list_can_be_narrowed_down() -> None:
    text = words_of(at_desk("clerk").post(NEW, filled(type="", text="", kind_filter="rubbish", step="kinds")))
    kinds = text[text.index('id="id_type"') : text.index("</select>", text.index('id="id_type"'))]
    assert 'value="020101"' in kinds
    assert 'value="010301"' not in kinds


def test_suggestions_prefer_longer_words() -> None:
    kinds = list(MatterType.objects.listed())
    assert suggest_kinds("", kinds) == []
    assert suggest_kinds("小区门口的路灯不亮了", kinds)[0].code == "010301"
    assert len(suggest_kinds("路灯 垃圾 井盖 噪音 占道", kinds)) == 3


@pytest.mark.parametrize("username", ["worker", "clerk", "operator", "handler", "county"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_form_opens_for_staff_in_both_languages(username: str, language: str) -> None:
    text = words_of(at_desk(username, language).get(NEW))
    assert ("上报事项" if language == "zh-hans" else "Raise a matter") in text


def test_residents_do_not_come_to_the_desk(client: Client) -> None:
    assert client.get(NEW).status_code == 302


def test_the_form_costs_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = at_desk("operator")
    client.get(NEW)
    with django_assert_max_num_queries(24):
        client.post(NEW, filled(step="areas"))


def test_what_lies_under_the_pin_is_named() -> None:
    building = the_building()
    named = at_desk("clerk").get(f"{NEW}nearest/?lon={building.lon}&lat={building.lat}").json()["name"]
    assert the_grid().label in named
    outside = at_desk("clerk").get(f"{NEW}nearest/?lon=1&lat=1").json()["name"]
    assert "nearest" in outside
    for query in ("", "?lon=x&lat=y", "?lon=999&lat=0", "?lon=nan&lat=nan"):
        assert at_desk("clerk").get(f"{NEW}nearest/{query}").json() == {"name": ""}
