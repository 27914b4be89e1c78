"""What a clerk is shown beside the form before it is sent, and the voice of a caller."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.matters.face import Filters, Matter, MatterType, Reporter, Show, listed, opened_by
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.pages.test_raising import NEW, Sent, filled, send
from tests.matters.test_similar import a_lamp, pin
from tests.matters.world import a_matter, body_of, the, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
PRIVATE = "路灯不亮，王先生请打13800138000"
LAMP = "010301"


def panel(username: str = "clerk", language: str = "en", **changes: str) -> str:
    """What comes back while one types."""
    form = filled(**({"type": LAMP, "step": "before"} | changes))
    return words_of(at_desk(username, language).post(NEW, form))


def at_pin(north: float = 0) -> dict[str, str]:
    lon, lat = pin(north)
    return {"lon": str(lon), "lat": str(lat)}


def ticks(page: str) -> list[tuple[str, bool]]:
    found = re.findall(r'name="remove" data-no-draft value="([^"]+)"( checked)?', page)
    return [(key, bool(checked)) for key, checked in found]


def seen(page: str) -> str:
    found = re.search(r'name="seen" data-no-draft value="([^"]*)"', page)
    assert found
    return found[1]


def test_while_one_types_what_is_personal_is_listed_and_stored_nowhere() -> None:
    page = panel(text=PRIVATE)
    assert "<b>王先生</b>" in page
    assert "<b>13800138000</b>" in page
    assert [checked for _key, checked in ticks(page)] == [False, True]
    assert not Matter.objects.filter(text=PRIVATE).exists()


def test_what_was_unticked_stays_so_while_one_goes_on_typing() -> None:
    page = panel(text=PRIVATE)
    again = panel(text=f"小区里的{PRIVATE}，还有13900139000", seen=seen(page))
    assert [checked for _key, checked in ticks(again)] == [False, False, True], "only the new one is ticked"


def test_a_number_that_nobody_looked_at_is_shown_once_before_it_is_sent() -> None:
    client = at_desk("clerk")
    held = send(client, text=PRIVATE)
    page = words_of(held.answer)
    assert (held.answer.status_code, held.matter) == (422, None)
    assert "Please look at it once more" in page
    assert "王秀英" in page, "nothing is lost"
    chosen = [key for key, checked in ticks(page) if checked]
    sent = send(client, text=PRIVATE, seen=seen(page), remove=chosen)
    assert sent.made.text == "路灯不亮，王先生请打「电话」"


def test_whoever_wants_it_in_keeps_it_in() -> None:
    assert send("clerk", text=PRIVATE, seen=seen(panel(text=PRIVATE))).made.text == PRIVATE


def test_what_is_known_near_by_is_shown_with_its_number_and_how_many_raised_it() -> None:
    matter = a_lamp(12)
    page = panel(**at_pin())
    assert "Already known?" in page
    assert matter.number in page
    assert "1 person raised it" in page
    assert re.search(r"1[12] m away", page)
    a_lamp(12, secret=True)
    assert panel(**at_pin()).count("It is this one: add the voice") == 1


def test_a_callers_voice_is_added_from_the_form() -> None:
    matter, client = a_lamp(12), at_desk("operator")
    page = panel("operator", **at_pin())
    key = re.search(r'name="me_too" value="([^"]+)"', page)
    assert key
    answer = client.post(NEW, filled(text="", type="", me_too=key[1], phone="154 0000 5678", name="李雷"))
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/matters/{matter.number}/slip/")
    slip = words_of(client.get(answer["Location"]))
    code = re.search(r"<b class=\"figure-big\">([2-9A-HJ-NP-Z]{8})</b>", slip)
    assert code
    owner = opened_by(matter, code[1])
    assert owner
    assert not owner.first
    assert "路灯不亮" not in slip, "the first one's words stay in the house"
    assert "1 more person" in words_of(client.get(f"/desk/matters/{matter.number}/"))


def test_a_voice_needs_a_phone_or_somebody_unknown_and_the_form_comes_back() -> None:
    a_lamp(12)
    key = re.search(r'name="me_too" value="([^"]+)"', panel(**at_pin()))
    assert key
    answer = at_desk("clerk").post(NEW, filled(text="灯", me_too=key[1], phone=""))
    page = words_of(answer)
    assert answer.status_code == 422
    assert 'id="id_phone_error"' in page
    assert "王秀英" in page
    answer = at_desk("clerk").post(NEW, filled(text="灯", me_too="nonsense"))
    assert answer.status_code == 422
    assert "It is no longer open" in words_of(answer)


def test_a_caller_is_added_on_the_matters_own_page() -> None:
    matter = a_matter().matter
    client = at_desk("operator")
    url = f"/desk/matters/{matter.number}/me-too/"
    assert url in words_of(client.get(f"/desk/matters/{matter.number}/"))
    assert "Add a caller to" in words_of(client.get(url))
    wrong = client.post(url, {"on_behalf": "resident", "name": "李雷", "phone": ""})
    assert wrong.status_code == 422
    assert 'value="李雷"' in words_of(wrong)
    answer = client.post(url, {"on_behalf": "resident", "name": "李雷", "phone": "15400005678"})
    assert answer.status_code == 303
    assert Reporter.objects.filter(matter=matter, first=False).count() == 1
    assert at_desk("police").get(url).status_code == 404


@pytest.mark.parametrize("facts", ["secret", "about", "over"])
def test_nobody_is_added_to_what_is_secret_about_staff_or_over(facts: str) -> None:
    about = body_of("handler") if facts == "about" else None
    matter = a_matter(secret=facts == "secret", about_organisation=about).matter
    if facts == "over":
        Matter.objects.filter(pk=matter.pk).update(state="withdrawn")
    url = f"/desk/matters/{matter.number}/me-too/"
    client = at_desk("operator")
    assert url not in words_of(client.get(f"/desk/matters/{matter.number}/"))
    assert "No voice can be added" in words_of(client.get(url))
    assert client.post(url, {"on_behalf": "anonymous"}).status_code == 422
    assert not Reporter.objects.filter(matter=matter, first=False).exists()


def test_how_the_public_will_see_it() -> None:
    assert "On the public map, at a spot that is about twenty metres exact." in panel(**at_pin())
    assert "you asked that it be kept who raised it" in panel(**at_pin(), secret="on")
    hidden = MatterType.objects.listed().filter(public=False)[0]
    assert "matters of this kind are not shown publicly" in panel(type=hidden.code)


def complaint(**changes: str) -> Sent:
    return send("clerk", **changes)


def test_a_complaint_is_out_of_sight_of_whom_it_concerns_wherever_they_look() -> None:
    page = panel()
    assert f'value="area:{the_grid().pk}"' in page
    matter = complaint(about=f"area:{the_grid().pk}", text="网格员三次没有来").made
    assert matter.about_area == the_grid()
    worker, client = the("worker"), at_desk("worker")
    for path in (f"/desk/matters/{matter.number}/", f"/desk/matters/{matter.number}/me-too/"):
        assert client.get(path).status_code == 404
    for path in (
        "/desk/queue/",
        "/desk/queue/?show=all",
        "/desk/search/?q=三次没有来",
        "/desk/map/matters.json",
        NEW,
    ):
        assert matter.number not in words_of(client.get(path)), path
    assert matter not in listed(worker, Filters(show=Show.ALL), limit=200).rows
    assert matter not in listed(worker, Filters(show=Show.ALL, q="没有来"), limit=200).rows
    assert matter.number not in panel("worker", **at_pin())
    assert matter.number in words_of(at_desk("head").get("/desk/search/?q=三次没有来"))
    public = at_desk("worker").get("/map/matters.geojson").content.decode()
    assert "网格员" not in public


def test_a_complaint_is_not_settled_on_the_spot_and_not_about_strangers() -> None:
    settled = {"on_behalf": "myself", "settled": "on", "done": "道歉了", "phone": "", "name": ""}
    refused = send("worker", about=f"area:{the_grid().pk}", **settled)
    assert (refused.answer.status_code, refused.matter) == (422, None)
    assert "cannot be settled on the spot" in words_of(refused.answer)
    assert "道歉了" in words_of(refused.answer)
    refused = complaint(about="body:nonsense")
    assert (refused.answer.status_code, refused.matter) == (422, None)
    assert 'id="id_about_error"' in words_of(refused.answer)


def test_in_chinese_nothing_is_left_in_english() -> None:
    a_lamp(12)
    page = panel(language="zh-hans", text=PRIVATE, **at_pin())
    known, mine = ("是否已有人反映？", "就是这一件：计入人数"), ("这些内容要保留吗？", "可能是姓名")
    for words in (*known, *mine, "公众将看到什么", "投诉工作人员或单位"):
        assert words in page


def test_the_panel_costs_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(4):
        a_lamp(n)
    client = at_desk("operator")
    client.get(NEW)
    with django_assert_max_num_queries(28):
        client.post(NEW, filled(type=LAMP, text=PRIVATE, step="before", **at_pin()))
