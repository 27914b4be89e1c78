"""A resident's own page: what they raised over all devices; linking by the receipt's code, unlinking, leaving."""

from __future__ import annotations

import re

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.channels.face import Message, send
from mulin.journal.face import Entry
from mulin.matters.face import Matter, Reporter
from mulin.posts.face import ResidentAccount as Account
from mulin.posts.face import ResidentCode, User
from tests.matters.world import NOW, a_matter, the
from tests.portal.accounts import MAIL, Post, another, by_mail, by_paper, desk_of, paper_from
from tests.portal.people import handed_in
from tests.portal.resident import LAMP, Resident

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

WRONG = "Number and code do not fit together."


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post.caught(monkeypatch)


@pytest.fixture
def anna(post: Post) -> Resident:
    return by_mail(another(), post)


def entries(code: str) -> int:
    return Entry.objects.filter(code=code).count()


def link(resident: Resident, number: str, code: str) -> str:
    return resident.sends("/mine/link/", number=number, code=code)


def test_a_report_of_another_device_is_linked_by_its_receipt(resident: Resident, anna: Resident) -> None:
    matter = resident.reports()
    code = resident.code
    anna.opens(f"/follow/{matter.number}/")
    assert LAMP not in anna.page
    page = link(anna, matter.number.replace("-", " "), code.lower())
    assert (anna.at, f"{matter.number} is in your account now." in page) == ("/mine/", True)
    assert matter.title in page
    assert LAMP in anna.opens(f"/follow/{matter.number}/")
    assert "Not your own device?" not in anna.page
    account = Account.objects.get()
    row = Reporter.objects.get(matter=matter)
    assert (row.user_id, row.kind) == (account.user_id, "resident")
    written = Entry.objects.get(code="matter.linked")
    assert (written.subject, written.by) == (matter.pk, account.user_id)
    assert "Linked to its" not in resident.opens(
        f"/follow/{matter.number}/"
    )  # still open where it was raised


def test_on_the_next_device_everything_is_there(resident: Resident, anna: Resident, post: Post) -> None:
    link(anna, resident.reports().number, resident.code)
    other = by_mail(another("zh-CN"), post)
    assert Matter.objects.get(reporters__user__resident__isnull=False).title in other.page
    number = Matter.objects.get(reporters__user__resident__isnull=False).number
    other.does("withdraw", number)
    assert Matter.objects.get(number=number).state == "withdrawn"


def test_a_wrong_code_links_nothing_says_nothing_and_is_written_down(
    resident: Resident, anna: Resident
) -> None:
    matter = resident.reports()
    code, pages = resident.code, set()
    for number, tried in ((matter.number, "ABCDEFGH"), ("26-999999-9", code), ("nonsense", code)):
        page = link(anna, number, tried)
        assert (anna.at, anna.status) == ("/mine/link/", 422)
        pages.add(re.sub(r'value="[^"]*"', "", re.sub(r"[A-Za-z0-9]{64}", "", page)))
    assert len(pages) == 1
    assert WRONG in pages.pop()
    assert not Reporter.objects.filter(user__resident__isnull=False).exists()
    failed = Entry.objects.filter(code="resident.link_failed")
    assert {each.subject for each in failed} == {Account.objects.get().user_id}
    assert len(failed) == 3


def test_nobody_is_linked_by_name_or_phone(resident: Resident) -> None:
    resident.reports(how="phone", phone="13800138000", name="王秀英")
    again = by_paper(another(), paper_from(desk_of())[1])  # the same name stands in the document
    assert "Nothing is linked to your account yet" in again.page
    assert Reporter.objects.filter(user__resident__isnull=False).count() == 0


@pytest.mark.only_on("sqlite")
def test_what_was_opened_here_is_kept_with_one_tap(anna: Resident) -> None:
    anna.sends("/mine/sign-out/")
    matter = anna.reports()
    page = anna.opens(f"/follow/{matter.number}/")
    assert "Sign in to have all your reports together" in page
    anna.sends(f"/follow/{matter.number}/keep/")
    assert anna.at == "/mine/sign-in/"


def test_kept_with_one_tap_and_taken_out_again(resident: Resident, post: Post) -> None:
    matter = resident.reports(how="phone", phone="13800138000")
    code = resident.code
    by_mail(resident, post)
    assert "Opened on this device, not linked yet" in resident.page
    resident.sends(f"/follow/{matter.number}/keep/")
    assert "Opened on this device" not in resident.page
    row = Reporter.objects.get(matter=matter)
    stranger = by_mail(another(), post, "other@example.org")
    for path in (f"/mine/reports/{row.pk}/unlink/", f"/follow/{matter.number}/keep/"):
        stranger.sends(path)
        assert stranger.status == 404
    page = resident.sends(f"/mine/reports/{row.pk}/unlink/")
    assert "is no longer in your account" in page
    row.refresh_from_db()
    assert (row.user_id, row.kind, row.contact is not None) == (None, "contact", True)
    assert (entries("matter.linked"), entries("matter.unlinked")) == (1, 1)
    assert LAMP not in resident.opens(f"/follow/{matter.number}/")
    resident.sends("/follow/", number=matter.number, code=code)
    assert resident.at == f"/follow/{matter.number}/"


def test_one_report_is_in_one_account_at_most(resident: Resident, anna: Resident, post: Post) -> None:
    number, code = resident.reports().number, resident.code
    link(anna, number, code)
    other = by_mail(another(), post, "other@example.org")
    page = link(other, number, code)
    assert (other.status, "in another account already" in page) == (409, True)
    link(anna, number, code)  # once more is no harm
    assert anna.at == "/mine/"
    assert entries("matter.linked") == 1


def test_what_staff_raised_is_not_theirs_to_link(anna: Resident) -> None:
    raised = a_matter(by=the("worker"))
    page = link(anna, raised.matter.number, raised.code)
    assert (anna.status, "in another account already" in page) == (409, True)


def test_who_is_signed_in_raises_into_their_account_unless_they_stay_unknown(anna: Resident) -> None:
    anna.ready()
    assert 'value="account" ' in anna.page
    anna.send(how="account")
    mine = Matter.objects.get(number=anna.number)
    anna.ready(text="井盖松动，走路危险。")
    anna.send(how="anonymous")
    unknown = Matter.objects.get(number=anna.number)
    row, other = Reporter.objects.get(matter=mine), Reporter.objects.get(matter=unknown)
    assert (row.kind, row.user_id, row.contact) == ("resident", Account.objects.get().user_id, None)
    assert (other.kind, other.user_id) == ("anonymous", None)
    assert mine.title in anna.opens("/mine/")
    assert Entry.objects.get(subject=mine.pk, code="matter.reported").by is None
    stranger = another()
    stranger.ready()
    stranger.send(how="account")
    assert stranger.status == 422


def test_what_they_were_told_stands_on_their_page(anna: Resident) -> None:
    anna.ready()
    anna.send(how="account")
    handed_in(Matter.objects.get(number=anna.number))
    send(NOW)
    assert Message.objects.filter(to=Account.objects.get().user).exists()
    page = anna.opens("/mine/messages/")
    assert "What we told you" in page
    assert "Nothing yet" not in page
    assert "All messages" in anna.opens("/mine/")


@pytest.mark.only_on("sqlite")
def test_staff_see_no_name_of_an_account(anna: Resident) -> None:
    anna.ready()
    anna.send(how="account")
    number = Matter.objects.get(reporters__user__resident__isnull=False).number
    page = desk_of().get(f"/desk/matters/{number}/").content.decode()
    assert "Resident with an account" in page
    assert MAIL not in page
    people = desk_of("sysadmin").get("/desk/people/").content.decode()
    assert "resident-" not in people


@pytest.mark.only_on("sqlite")
def test_language_and_address_are_changed(anna: Resident, post: Post) -> None:
    anna.sends("/mine/account/language/", language="zh-hans")
    assert "我的账户" in anna.page
    assert Account.objects.get().user.language == "zh-hans"
    anna.sends("/mine/account/language/", language="en")
    anna.sends("/mine/account/email/", email="new@example.org")
    assert anna.at == "/mine/account/email/code/"
    anna.sends("/mine/account/email/code/", code="x")
    assert anna.status == 422
    assert Account.objects.get().email == MAIL
    anna.sends("/mine/account/email/code/", code=post.code)
    assert "From now on you sign in with this address." in anna.page
    assert Account.objects.get().email == "new@example.org"
    assert entries("resident.email_set") == 1
    # a code that proves an address lets nobody in, and an address stands in one account
    other = by_mail(another(), post, "other@example.org")
    other.sends("/mine/account/email/", email="new@example.org")
    other.sends("/mine/account/email/code/", code=post.code)
    assert (other.status, "With this address you have another account" in other.page) == (409, True)
    assert ResidentCode.objects.filter(changes_email=True, used_at=None).count() == 1


@pytest.mark.only_on("sqlite")
def test_the_next_one_at_this_device_sees_nothing_of_the_one_before(anna: Resident, post: Post) -> None:
    number = anna.reports().number
    anna.sends("/mine/account/email/", email="new@example.org")
    by_mail(anna, post, "bob@example.org")  # nobody signed out
    assert "new@example.org" not in anna.opens("/mine/account/email/code/")
    assert LAMP not in anna.opens(f"/follow/{number}/")


def test_a_key_of_a_page_from_before_time_is_refused(anna: Resident) -> None:
    key = "0001-01-01T00:00:00%2B14:00~0190f2b6-7d4c-7c1e-9a53-5f6d2c1b7e44"
    for page in ("/mine/", "/mine/messages/"):
        anna.opens(f"{page}?after={key}")
        assert anna.status == 422


def test_they_take_everything_along(anna: Resident) -> None:
    anna.ready()
    anna.send(how="phone", phone="13800138000", name="安娜")
    answer = anna.client.get("/mine/data.json")
    told = orjson.loads(answer.content)
    assert answer["Cache-Control"] == "private, no-store"
    assert told["account"]["email"] == MAIL
    [report] = told["reports"]
    assert (report["text"], report["phone"], report["name"]) == (LAMP, "13800138000", "安娜")
    assert len(told["devices"]) == 1


def test_closing_forgets_who_it_was_and_keeps_what_was_raised(anna: Resident, post: Post) -> None:
    number = anna.reports(how="account").number
    receipt = anna.page
    anna.sends("/mine/account/close/")
    assert anna.status == 422
    anna.sends("/mine/account/close/", sure="on")
    assert "Your account is closed" in anna.page
    account = Account.objects.select_related("user").get()
    assert (account.email, account.email_index, account.name, account.user.is_active) == ("", "", "", False)
    assert Reporter.objects.get(matter__number=number).user_id is None
    assert (entries("resident.closed"), entries("matter.unlinked")) == (1, 1)
    anna.opens("/mine/")
    assert anna.at == "/mine/sign-in/"
    again = by_mail(another(), post)
    assert "Nothing is linked to your account yet" in again.page
    assert Account.objects.count() == 2
    found = re.search(r'id="code">([^<]+)<', receipt)
    assert found
    again.sends("/follow/", number=number, code=found[1])
    assert again.at == f"/follow/{number}/"


def test_a_page_of_many_reports_costs_a_fixed_handful(
    anna: Resident, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = User.objects.get(resident__isnull=False)
    for _each in range(22):
        matter = a_matter().matter
        Reporter.objects.filter(matter=matter).update(user=user, kind="resident")
    with django_assert_max_num_queries(12):
        page = anna.opens("/mine/")
    assert page.count('href="/follow/26-') == 20
    [more] = re.findall(r'href="(\?after=[^"]+)"', page)
    assert anna.opens(f"/mine/{more}").count('href="/follow/26-') == 2
    anna.opens("/mine/?after=nonsense")
    assert anna.status == 422
