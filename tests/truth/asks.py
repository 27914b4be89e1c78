"""What is sent with each row of the table that sends something: valid, so that 2xx and 303 mean "allowed"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.test import Client

from mulin.kernel import resumable
from mulin.kernel.ids import new_id
from mulin.matters.face import MatterType, choices, tus_owner
from tests.matters import sent_files
from tests.matters.former import a_former_list, former_columns
from tests.matters.pages.desk import another_kind
from tests.matters.world import a_matter, body_of
from tests.portal.pictures import a_photo
from tests.portal.resident import LAMP, Resident, chosen
from tests.support.clock import IN_TWO_WEEKS
from tests.truth import residents
from tests.truth.asked import ASKED
from tests.truth.asking import Ask, Row
from tests.truth.cast import PASSWORD_NOW
from tests.truth.dossier import DOSSIERS
from tests.truth.house import HOUSES
from tests.truth.intakes import INTAKEN
from tests.truth.leave import LEAVES
from tests.truth.lists import LISTS_SENT
from tests.truth.mail import MAILS
from tests.truth.map import ONE_MAP
from tests.truth.privacy import PRIVACIES
from tests.truth.publicity import PUBLICITIES
from tests.truth.records import RECORDED
from tests.truth.signing import SIGNING
from tests.truth.staff import first_slip, staff_file, staff_rows
from tests.truth.things import Things
from tests.truth.visits import VISITED

PASSWORD = "a-long-enough-password-7"


def values(**given: Any) -> Ask:
    return Ask(sent=lambda _row, _things: given)


def made(make: Callable[[Things], dict[str, Any]]) -> Ask:
    return Ask(sent=lambda _row, things: make(things))


TUS = {"Tus-Resumable": "1.0.0"}
BEGIN = Ask(headers=TUS | {"Upload-Length": "9", "Upload-Metadata": "filename di5tcDM="})  # v.mp3
A_FILE = Ask(sent=lambda _row, _things: {"file": sent_files.a_file("v.mp3", sent_files.MP3)})


def _begin(row: Row, things: Things, _browser: Client) -> None:
    """An upload of whoever asks, for the matter of the row."""
    owner = tus_owner("desk", things.me.user.pk if things.me.user else "", row.about(things).pk)
    things.upload = resumable.begin(owner, "v.mp3", 9).id


def _begun(**headers: str) -> Ask:
    return Ask(headers=TUS | headers, before=_begin)


def _move(row: Row, things: Things) -> dict[str, Any]:
    """All that any move asks for; what this one does not ask for is dropped."""
    matter = row.about(things)
    sent: dict[str, Any] = {
        "version": matter.version,
        "note": "说明",
        "reason": "给居民的话",
        "outcome": "solved",
    }
    sent |= {"rating": 5, "solved": "yes" if not row.is_api else True, "amount": 1}
    sent |= {"until": IN_TWO_WEEKS.isoformat(), "other": things.matters["at town"].number}
    sent |= {"kind": another_kind(matter), "portion1_kind": matter.type.code, "portion1_text": "井盖坏了"}
    if row.is_api:
        sent["portions"] = [{"type": matter.type.code, "text": "井盖坏了"}]
    if row.word == "dispatch":
        body, seats = str(body_of("handler").pk), [each.value for each in choices(matter)]
        sent["seat"] = next((seat for seat in seats if body in seat), seats[0])
    return sent


def _person(things: Things) -> dict[str, Any]:
    return {"name": "新人", "home": things.building.path[:15], "language": "en"}


def _account(things: Things) -> dict[str, Any]:
    return _person(things) | {"username": "somebody.new", "password": PASSWORD}


def _body(things: Things) -> dict[str, Any]:
    return {"name": "新机构", "kind": "company", "home": things.building.path[:9]}


def _appointment(things: Things) -> dict[str, Any]:
    return {"role": "building_head", "area": things.building.path}


def _temporary(things: Things) -> dict[str, Any]:
    assert things.kind.parent
    until = IN_TWO_WEEKS.isoformat()
    return {"group": things.kind.parent.code, "name": "临时", "consented_by": "镇综治中心", "until": until}


def _for_a_time(things: Things) -> None:
    MatterType.objects.filter(pk=things.kind.pk).update(temporary=True)


def _raised(things: Things) -> dict[str, Any]:
    return {"type": things.kind.code, "text": LAMP}


def _raised_at_desk(things: Things) -> dict[str, Any]:
    grid = things.building.parent
    assert grid
    where = {"village": grid.parent_id, "grid": grid.pk, "building": things.building.pk}
    return _raised(things) | where | {"on_behalf": "anonymous", "channel": "patrol", "id": new_id()}


def _followed(row: Row, things: Things, browser: Client) -> None:
    """They gave number and code before."""
    if row.word != "unknown" and not row.word.endswith("unasked"):
        browser.post("/follow/", {"number": row.about(things).number, "code": things.codes[row.matter]})


def _told(row: Row, things: Things, browser: Client) -> None:
    Resident(browser).tells()


def _chosen(row: Row, things: Things, browser: Client) -> None:
    _told(row, things, browser)
    Resident(browser).chooses()


def _ready(row: Row, things: Things, browser: Client) -> None:
    Resident(browser).ready()


def _dangerous(row: Row, things: Things, browser: Client) -> None:
    Resident(browser).tells("三楼着火了，有浓烟！")


def _draft(row: Row, things: Things) -> dict[str, Any]:
    browser = Resident(things.me.browser)
    browser.opens("/report/send/")
    return {"draft": browser.draft, "how": "anonymous"}


def _near(row: Row, things: Things, browser: Client) -> None:
    """A lamp is known at the building, and here is somebody who sees it is out."""
    a_matter(kind=_lamp())
    resident = Resident(browser)
    resident.tells()
    resident.chooses(_lamp())
    resident.says_where()


def _joining(row: Row, things: Things, browser: Client) -> None:
    _near(row, things, browser)
    known = re.search(r'name="me_too" value="([^"]+)"', Resident(browser).opens("/report/known/"))
    assert known
    Resident(browser).sends("/report/known/", me_too=known[1])


def _voice(row: Row, things: Things) -> dict[str, Any]:
    browser = Resident(things.me.browser)
    browser.opens("/report/me-too/")
    return {"draft": browser.draft, "how": "anonymous"}


def _lamp() -> MatterType:
    return MatterType.objects.get(code="010301")


FOLLOWED = Ask(before=_followed)


def _mine(row: Row, things: Things, browser: Client) -> None:
    residents.sign_in(browser)


def _followed_mine(row: Row, things: Things, browser: Client) -> None:
    _mine(row, things, browser)
    _followed(row, things, browser)


def _asked(row: Row, things: Things, browser: Client) -> None:
    browser.post("/mine/sign-in/", {"email": "anna@example.org"})


def _receipt(row: Row, things: Things) -> dict[str, Any]:
    return {"number": row.about(things).number, "code": things.codes["reported"]}


MINE = Ask(before=_mine)
OWN_PAGES = ("", "messages/", "data.json", "account/", "link/", "account/email/code/")
_BOX = "west=117&south=34&east=118&north=35"
_PIN = "lon=117.55&lat=34.81"
_WORDS = {"name": "新名字", "name_en": "New name"}
_LIMIT = {"amount": 2, "unit": "workday"}
_HOURS = {"from_1": "08:00", "to_1": "16:00", "weekdays": ["0", "1"]}

ASKS: dict[str, Ask] = {
    **MAILS,
    # -- everybody's
    "POST language/": values(language="en", next="/"),
    "POST look/theme/": values(theme="dark"),
    "POST look/text/": values(text="large"),
    # -- the portal
    "POST report/": values(text=LAMP),
    "GET report/danger/ [told]": Ask(before=_dangerous),
    "POST report/danger/ [told]": Ask(before=_dangerous),
    "GET report/kind/ [told]": Ask(before=_told),
    "POST report/kind/ [told]": Ask(sent=lambda _row, things: {"kind": things.kind.code}, before=_told),
    "GET report/where/ [told]": Ask(before=_chosen),
    "POST report/where/ [told]": Ask(sent=lambda _row, things: chosen(things.building.path), before=_chosen),
    "GET report/known/ [near]": Ask(before=_near),
    "POST report/known/ [near]": Ask(sent=lambda _row, _things: {"other": "1"}, before=_near),
    "GET report/me-too/ [joining]": Ask(before=_joining),
    "POST report/me-too/ [joining]": Ask(sent=_voice, before=_joining),
    "GET report/send/ [told]": Ask(before=_ready),
    "POST report/send/ [told]": Ask(sent=_draft, before=_ready),
    "GET follow/<str:number>/ [followed]": FOLLOWED,
    "GET follow/<str:number>/photos/<uuid:id>/ [followed]": FOLLOWED,
    "GET follow/<str:number>/photos/<uuid:id>/small/ [followed]": FOLLOWED,
    "GET follow/<str:number>/photos/<uuid:id>/ [followed another @ secret]": FOLLOWED,
    "GET follow/<str:number>/photos/<uuid:id>/small/ [followed another @ secret]": FOLLOWED,
    "POST follow/": Ask(
        sent=lambda row, things: {"number": row.about(things).number, "code": things.codes[row.matter]}
    ),
    "POST follow/ [wrong code]": Ask(
        sent=lambda row, things: {"number": row.about(things).number, "code": "AAAAAAAA"}
    ),
    "POST follow/<str:number>/leave/": FOLLOWED,
    "POST follow/<str:number>/<slug:code>/ [withdraw]": Ask(sent=_move, before=_followed),
    "POST follow/<str:number>/<slug:code>/ [rate @ closed]": Ask(sent=_move, before=_followed),
    "POST follow/<str:number>/<slug:code>/ [reopen @ closed]": Ask(sent=_move, before=_followed),
    "POST follow/<str:number>/<slug:code>/ [answer @ asked]": Ask(sent=_move, before=_followed),
    "POST follow/<str:number>/<slug:code>/ [object @ unchecked]": Ask(sent=_move, before=_followed),
    # -- a resident's own
    **{f"GET mine/{page} [mine]": MINE for page in OWN_PAGES},
    **{f"POST mine/{page} [mine]": MINE for page in ("sign-out/", "account/devices/end/")},
    "POST follow/<str:number>/keep/ [followed mine]": Ask(before=_followed_mine),
    "POST mine/sign-in/": values(email="anna@example.org"),
    "GET mine/code/ [asked]": Ask(before=_asked),
    "POST mine/paper/": made(lambda _things: {"code": residents.a_code()}),
    "POST mine/link/ [mine]": Ask(sent=_receipt, before=_mine),
    "POST mine/account/language/ [mine]": Ask(sent=lambda _row, _things: {"language": "en"}, before=_mine),
    "POST mine/account/email/ [mine]": Ask(
        sent=lambda _row, _things: {"email": "anna@example.org"}, before=_mine
    ),
    "POST mine/account/close/ [mine]": Ask(sent=lambda _row, _things: {"sure": "on"}, before=_mine),
    "POST desk/residents/": values(**residents.SEEN),
    "GET map/nearest.json": Ask(query=_PIN),
    # -- the way in, and what is one's own
    "POST desk/sign-in/": values(username="nobody", password="wrong"),
    "POST desk/sign-in/as/": values(username="worker"),
    "POST desk/password/": values(current=PASSWORD_NOW, password=PASSWORD, again=PASSWORD),
    "POST desk/tokens/": values(name="x", days=30),
    **SIGNING,
    **HOUSES,
    **RECORDED,
    **DOSSIERS,
    **PRIVACIES,
    **ASKED,
    "GET mine/record/ [mine]": MINE,
    "GET mine/record/looked/ [mine]": MINE,
    "GET mine/record/copy/ [mine]": MINE,
    "GET mine/record/copy.json [mine]": MINE,
    **PUBLICITIES,
    **LISTS_SENT,
    **INTAKEN,
    **LEAVES,
    **VISITED,
    **ONE_MAP,
    # -- calendars
    "POST desk/calendars/new/": made(lambda things: _HOURS | {"area": things.building.path}),
    "POST desk/calendars/<uuid:id>/hours/": values(**_HOURS),
    "POST desk/calendars/<uuid:id>/days/": values(date="2026-06-10", kind="off"),
    "POST desk/calendars/<uuid:id>/lines/": values(lines="2026-06-10,off"),
    "POST desk/calendars/<uuid:id>/clear/": values(date="2026-06-10"),
    "POST desk/calendars/<uuid:id>/year/": values(year=2026),
    # -- people and posts
    "POST desk/people/add/": made(_account),
    "POST desk/first/": made(lambda things: first_slip(things) | {"password": PASSWORD, "again": PASSWORD}),
    "POST desk/people/slips/print/": made(lambda things: {"person": str(things.person.pk)}),
    "POST desk/people/list/": made(lambda things: {"file": staff_file(things)}),
    "POST desk/people/list/phones/": values(purpose="contact"),
    "POST desk/people/<uuid:id>/change/": made(_person),
    "POST desk/people/<uuid:id>/password/": values(password=PASSWORD, again=PASSWORD),
    "POST desk/people/<uuid:id>/phone/": values(purpose="contact"),
    "POST desk/people/<uuid:id>/appoint/": made(_appointment),
    "POST desk/people/<uuid:id>/duty/": made(lambda things: {"area": things.building.path[:15]}),
    "POST desk/organisations/add/": made(_body),
    "POST desk/organisations/<uuid:id>/change/": made(_body),
    # -- matters
    "POST desk/matters/new/": made(_raised_at_desk),
    "GET desk/matters/new/nearest/": Ask(query=_PIN),
    "POST desk/matters/<str:number>/me-too/": values(on_behalf="anonymous"),
    "POST desk/matters/<str:number>/papers/": values(paper="sheet", language="en"),
    "POST desk/matters/<str:number>/papers/ [dispatch @ handling]": values(paper="dispatch", language="en"),
    "POST desk/matters/export/": values(purpose="duty"),
    "POST api/v1/matters/export": values(purpose="duty"),
    "POST desk/imports/": Ask(sent=lambda _row, _things: {"file": a_former_list()}),
    "POST desk/imports/<uuid:id>/columns/ [own]": Ask(sent=lambda _row, _things: former_columns()),
    "POST api/v1/imports": Ask(sent=lambda _row, _things: {"file": a_former_list()}),
    "POST desk/matters/<str:number>/note/": values(text="说明"),
    "POST desk/matters/<str:number>/contact/": values(purpose="contact"),
    "POST desk/matters/<str:number>/contact/ [@ handling]": values(purpose="contact"),
    "POST desk/matters/<str:number>/contact/ [@ secret]": values(purpose="contact"),
    "POST desk/matter-types/<slug:code>/words/": values(**_WORDS),
    "POST desk/matter-types/<slug:code>/limits/<slug:clock>/": values(**_LIMIT),
    "POST desk/matter-types/ladders/<slug:which>/add/": values(percent="50", tells="turn"),
    "POST desk/matter-types/ladders/<slug:which>/<slug:place>/change/": values(percent="80", tells="turn"),
    "GET desk/search/": Ask(query="q=灯"),
    "POST desk/matters/<str:number>/follow-up/ [@ closed]": Ask(sent=_move),
    "POST desk/matters/<str:number>/follow-up/contact/ [@ closed]": values(purpose="contact"),
    "POST desk/rechecks/<uuid:id>/": values(answer="solved"),
    "POST desk/who-does-what/<slug:circulation>/<slug:function>/": values(
        role1="grid_head", from_day=IN_TWO_WEEKS.isoformat()
    ),
    "POST desk/who-does-what/<slug:circulation>/<slug:function>/back/": values(
        from_day=IN_TWO_WEEKS.isoformat()
    ),
    "POST desk/matter-types/temporary/": made(_temporary),
    "POST desk/matter-types/<slug:code>/extend/": Ask(
        sent=lambda _row, _things: {"until": IN_TWO_WEEKS.isoformat(), "consented_by": "镇综治中心"},
        before=lambda _row, things, _browser: _for_a_time(things),
    ),
    "POST api/v1/matters/<number>/not-reached [@ closed]": values(note="无人接听"),
    "POST api/v1/rechecks/<id>": values(answer="solved"),
    # -- messages
    "POST desk/messages/<str:kind>/": values(text_zh="轮到您：{number}", text_en="Yours: {number}"),
    "POST desk/messages/<str:kind>/preview/": values(text_zh="轮到您：{number}", text_en="Yours: {number}"),
    # -- programs
    "POST api/v1/matters": made(lambda things: _raised(things) | {"area": things.building.path}),
    "POST api/v1/matters/check": made(lambda things: _raised(things) | {"area": things.building.path}),
    "GET api/v1/matters/about": Ask(query="area=370402"),
    "POST api/v1/matters/me-too/take-back": values(number="26-000001-1", code="AAAAAAAA"),
    "POST api/v1/matters/me-too": Ask(
        sent=lambda row, things: {"matter": row.about(things).number, "anonymous": True}
    ),
    "POST api/v1/matters/<number>/notes": values(text="说明"),
    "POST api/v1/matters/<number>/notes [@ own]": values(text="说明"),
    "POST api/v1/matters/<number>/contact": values(purpose="contact"),
    "POST api/v1/matters/<number>/contact [@ handling]": values(purpose="contact"),
    "POST api/v1/matters/<number>/contact [@ secret]": values(purpose="contact"),
    "POST desk/matters/<str:number>/files/": A_FILE,
    "POST desk/matters/<str:number>/files/ [@ handling]": A_FILE,
    "POST desk/matters/<str:number>/uploads/": BEGIN,
    "POST follow/<str:number>/files/": A_FILE,
    "POST follow/<str:number>/uploads/": BEGIN,
    "POST follow/<str:number>/files/ [followed]": replace(A_FILE, before=FOLLOWED.before),
    "GET follow/<str:number>/files/<uuid:id>/ [followed]": FOLLOWED,
    "GET follow/<str:number>/files/<uuid:id>/ [followed another @ secret]": FOLLOWED,
    "GET follow/<str:number>/files/<uuid:id>/small/ [followed]": FOLLOWED,
    "POST follow/<str:number>/files/<uuid:id>/remove/ [followed]": FOLLOWED,
    "POST follow/<str:number>/uploads/ [followed]": replace(BEGIN, before=FOLLOWED.before),
    "POST api/v1/matters/<number>/files": Ask(
        sent=lambda _row, _things: {"files": sent_files.a_file("v.mp3", sent_files.MP3)}
    ),
    "POST api/v1/matters/<number>/uploads": BEGIN,
    "HEAD api/v1/matters/<number>/uploads/<upload>": _begun(),
    "DELETE api/v1/matters/<number>/uploads/<upload>": _begun(),
    "PATCH api/v1/matters/<number>/uploads/<upload>": _begun(
        **{"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    ),
    "POST api/v1/matters/<number>/photos": Ask(sent=lambda _row, _things: {"photos": a_photo()}),
    "POST api/v1/matters/<number>/photos [@ handling]": Ask(sent=lambda _row, _things: {"photos": a_photo()}),
    "GET api/v1/matter-types/suggest": Ask(query="text=灯"),
    "PATCH api/v1/matter-types/<code>": values(**_WORDS),
    "POST api/v1/matter-types/<code>/limits": values(clock="handle", **_LIMIT),
    "GET api/v1/locate": Ask(query=_PIN),
    "GET api/v1/map/<name> [areas]": Ask(query=_BOX),
    "GET api/v1/map/<name> [buildings]": Ask(query=_BOX),
    "GET api/v1/public/matters": Ask(query=_BOX),
    "POST api/v1/staff-list": made(lambda things: {"rows": staff_rows(things), "dry_run": False}),
    "POST api/v1/staff-list/phones": values(purpose="contact"),
    "POST api/v1/people/slips": made(lambda things: {"people": [str(things.person.pk)]}),
    "POST api/v1/people": made(_account),
    "PATCH api/v1/people/<id>": made(_person),
    "POST api/v1/people/<id>/password": values(password=PASSWORD),
    "POST api/v1/people/<id>/phone": values(purpose="contact"),
    "POST api/v1/people/<id>/posts": made(_appointment),
    "POST api/v1/people/<id>/duties": made(lambda things: {"area": things.building.path[:15]}),
    "POST api/v1/residents/codes": values(name="王秀英", document="other", seen=True),
    "POST api/v1/organisations": made(_body),
    "PATCH api/v1/organisations/<id>": values(name="别的名字"),
}


def ask_for(row: Row) -> Ask:
    if row.label in ASKS:
        return ASKS[row.label]
    return Ask(sent=_move) if row.route.endswith(("<slug:move>/", "<move>")) else Ask()
