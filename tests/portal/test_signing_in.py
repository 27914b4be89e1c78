"""Residents sign in by a code from their mail, or by a paper from whoever saw their document."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from time_machine import Traveller

from mulin.journal.face import Entry
from mulin.journal.keeping import decide, run
from mulin.posts.face import ResidentAccount as Account
from mulin.posts.face import ResidentCode, ResidentSession, User, Who
from tests.portal.accounts import MAIL, SEEN, Post, another, by_mail, by_paper, desk_of, paper_from
from tests.portal.resident import Resident
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

NOTHING = "This code opens nothing"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post.caught(monkeypatch)


def codes() -> list[str]:
    kinds = ("resident_code", "resident_tries")
    return list(
        Entry.objects.filter(subject_kind__in=kinds).order_by("at", "id").values_list("code", flat=True)
    )


# -- by email


def test_an_address_that_can_be_read_lets_in_and_opens_an_account_once(
    resident: Resident, post: Post
) -> None:
    by_mail(resident, post, " Anna@Example.org ")
    assert post.sent == [(MAIL, post.code, "en")]
    assert re.fullmatch("[0-9]{6}", post.code)
    assert "Nothing is linked to your account yet" in resident.page
    account = Account.objects.get()
    assert (account.email, account.user.has_usable_password(), account.user.posts.count()) == (MAIL, False, 0)
    by_mail(another(), post)
    assert Account.objects.count() == 1
    assert ResidentSession.objects.filter(resident=account, ended_at=None).count() == 2
    told = Entry.objects.filter(subject=account.user_id).values_list("code", flat=True)
    assert sorted(told) == ["resident.opened", "resident.signed_in", "resident.signed_in"]
    assert codes() == ["resident.code_sent", "resident.code_used"] * 2


def test_nobody_learns_whether_an_address_has_an_account(resident: Resident, post: Post) -> None:
    by_mail(resident, post)
    pages = set()
    for email in (MAIL, "nobody@example.org"):
        stranger = another()
        page = stranger.sends("/mine/sign-in/", email=email)
        pages.add(re.sub(r"[A-Za-z0-9]{64}", "", page).replace(email, ""))
        wrong = "000000" if post.code != "000000" else "111111"
        page = stranger.sends("/mine/code/", code=wrong)
        assert (stranger.status, NOTHING in page) == (422, True)
        pages.add(re.sub(r"[A-Za-z0-9]{64}", "", page).replace(email, ""))
    assert len(pages) == 2
    assert post.sent[-1][0] == "nobody@example.org"


def test_a_code_opens_once_and_only_where_it_was_asked_for(resident: Resident, post: Post) -> None:
    resident.sends("/mine/sign-in/", email=MAIL)
    thief = another()
    thief.opens("/mine/code/")
    assert thief.at == "/mine/sign-in/"
    thief.sends("/mine/sign-in/", email="thief@example.org")
    thief.sends("/mine/code/", code=post.sent[0][1])
    assert (thief.at, thief.status) == ("/mine/code/", 422)
    resident.sends("/mine/code/", code=f" {post.sent[0][1][:3]} {post.sent[0][1][3:]} ")
    assert resident.at == "/mine/"
    code = ResidentCode.objects.exclude(used_at=None).get()
    assert MAIL not in f"{code.code}{code.name}"


def test_digits_cannot_be_guessed_nor_used_late(resident: Resident, post: Post, clock: Traveller) -> None:
    resident.sends("/mine/sign-in/", email=MAIL)
    right = post.code
    for wrong in [f"{(int(right) + n) % 1_000_000:06d}" for n in range(1, 6)]:
        resident.sends("/mine/code/", code=wrong)
    resident.sends("/mine/code/", code=right)
    assert (resident.status, Account.objects.count()) == (422, 0)
    assert codes() == ["resident.code_sent"] + ["resident.code_wrong"] * 5
    resident.sends("/mine/sign-in/", email=MAIL)
    clock.shift(timedelta(minutes=11))
    resident.sends("/mine/code/", code=post.code)
    assert (resident.status, Account.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "email", ["", "anna", "a@b", "a b@example.org", "a@example.org\nBcc: x@y.org", "a@-x.org"]
)
def test_what_is_no_address_is_said_and_sent_nowhere(resident: Resident, post: Post, email: str) -> None:
    resident.sends("/mine/sign-in/", email=email)
    assert (resident.at, resident.status, post.sent) == ("/mine/sign-in/", 422, [])


@pytest.mark.only_on("sqlite")
def test_a_mailbox_is_not_flooded_and_a_neighbourhood_gets_in(post: Post, settings: LazySettings) -> None:
    assert settings.MULIN_PUBLIC_WRITES_PER_ADDRESS == 60
    flood = another()
    for _each in range(6):
        flood.sends("/mine/sign-in/", email=MAIL)
    assert (flood.status, len(post.sent)) == (429, 5)
    assert "Codes were sent there several times" in flood.page
    assert int(flood.response["Retry-After"]) > 0
    for number in range(10):  # all of them behind one address
        by_mail(another(), post, f"neighbour{number}@example.org")


@pytest.mark.only_on("sqlite")
def test_without_a_mail_server_the_page_offers_paper(resident: Resident) -> None:
    page = resident.opens("/mine/sign-in/")
    assert "No codes by email here yet" in page
    assert 'name="email"' not in page
    assert "Code from the paper" in page


def test_the_desk_and_the_portal_know_nothing_of_each_other(resident: Resident, post: Post) -> None:
    resident.client.force_login(User.objects.get(username="worker"))
    resident.opens("/mine/")
    assert resident.at == "/mine/sign-in/"
    by_mail(resident, post)
    assert resident.client.get("/desk/queue/").status_code == 200
    resident.sends("/mine/sign-out/")
    assert resident.client.get("/desk/queue/").status_code == 200
    only_resident = by_mail(another(), post)
    assert only_resident.client.get("/desk/queue/").status_code == 302
    assert only_resident.client.get("/api/v1/me").status_code == 401


# -- by paper


def test_a_paper_from_the_door_lets_in_once(resident: Resident) -> None:
    address, code = paper_from(desk_of())
    by_paper(resident, code.lower().replace("-", " "), stay="on")
    assert resident.at == "/mine/"
    assert resident.client.cookies["resident"]["max-age"] == 30 * 86400
    assert resident.client.cookies["resident"]["httponly"]
    account = Account.objects.get()
    assert (account.name, account.document, account.email) == ("王秀英", "identity_card", "")
    assert "王秀英" not in f"{account.user.name}{account.user.username}"
    thief = by_paper(another(), code)
    assert (thief.at, thief.status, NOTHING in thief.page) == ("/mine/paper/", 422, True)
    assert codes() == ["resident.code_issued", "resident.code_used", "resident.code_wrong"]
    issued = Entry.objects.get(code="resident.code_issued")
    assert (issued.by, issued.seat is not None) == (User.objects.get(username="worker").pk, True)
    page = desk_of().get(address).content.decode()
    assert "Used" in page
    assert code not in page


def test_a_code_that_nobody_issued_opens_nothing_and_is_noted(resident: Resident) -> None:
    for code in ("ABCDE-23456", "", "💥", "9" * 60):
        by_paper(resident, code)
        assert (resident.at, resident.status) == ("/mine/paper/", 422)
    assert codes() == ["resident.try_failed"] * 3
    assert Account.objects.count() == 0


def test_a_paper_is_worth_nothing_after_seven_days_or_once_withdrawn(
    resident: Resident, clock: Traveller
) -> None:
    desk = desk_of()
    address, lost = paper_from(desk)
    assert desk.post(f"{address}withdraw/").status_code == 303
    assert desk.post(f"{address}withdraw/").status_code == 409
    _address, late = paper_from(desk)
    clock.shift(timedelta(days=7, seconds=1))
    for code in (lost, late):
        by_paper(resident, code)
        assert (resident.status, NOTHING in resident.page) == (422, True)
    assert Account.objects.count() == 0


@pytest.mark.only_on("sqlite")
def test_whoever_issues_says_which_document_they_saw() -> None:
    desk = desk_of()
    for missing, words in (("name", "Please give the name"), ("document", "Please choose which document"),
                           ("seen", "stands before you")):  # fmt: skip
        answer = desk.post("/desk/residents/", {key: value for key, value in SEEN.items() if key != missing})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert ResidentCode.objects.count() == 0


@pytest.mark.only_on("sqlite")
def test_the_code_is_shown_to_whoever_issued_it_for_a_quarter_of_an_hour(clock: Traveller) -> None:
    desk = desk_of()
    address, code = paper_from(desk)
    again = Client(headers={"accept-language": "en"})
    again.force_login(User.objects.get(username="worker"))
    assert code not in again.get(address).content.decode()
    assert desk_of("head").get(address).status_code == 404
    assert desk.get(f"{address}code.pdf")["Content-Type"] == "application/pdf"
    assert again.get(f"{address}code.pdf").status_code == 404
    clock.shift(timedelta(minutes=16))
    assert code not in desk.get(address).content.decode()
    assert desk.get(f"{address}code.pdf").status_code == 404


def test_a_further_paper_opens_the_same_account_if_the_document_has_its_name(resident: Resident) -> None:
    desk = desk_of()
    by_paper(resident, paper_from(desk)[1])
    account = Account.objects.get()
    for name, number in (("李四", account.number), ("王秀英", "ABCD2345")):
        answer = desk.post("/desk/residents/", {**SEEN, "name": name, "number": number})
        assert answer.status_code == 422
        assert "do not belong to one account" in answer.content.decode()
    _address, code = paper_from(desk, number=f"{account.number[:4]}-{account.number[4:].lower()}")
    by_paper(another(), code)
    assert Account.objects.count() == 1
    assert ResidentSession.objects.filter(resident=account).count() == 2
    assert Entry.objects.filter(code="resident.number_wrong").count() == 2
    assert "A paper code was issued for it" in resident.opens("/mine/account/")  # whoever else got it


# -- devices


@pytest.mark.only_on("sqlite")
def test_a_device_is_signed_out_by_itself_after_twelve_hours(
    resident: Resident, post: Post, clock: Traveller
) -> None:
    by_mail(resident, post)
    assert not resident.client.cookies["resident"]["max-age"]
    clock.shift(timedelta(hours=11))
    resident.opens("/mine/")
    assert resident.at == "/mine/"
    clock.shift(timedelta(hours=2))
    resident.opens("/mine/")
    assert resident.at == "/mine/sign-in/"


def test_signing_out_ends_the_device_not_only_its_cookie(resident: Resident, post: Post) -> None:
    by_mail(resident, post)
    token = resident.client.cookies["resident"].value
    resident.sends("/mine/sign-out/")
    assert "You are signed out on this device." in resident.page
    thief = another()
    thief.client.cookies["resident"] = token
    thief.opens("/mine/")
    assert thief.at == "/mine/sign-in/"


def test_other_devices_are_seen_and_signed_out(resident: Resident, post: Post) -> None:
    phone, library = by_mail(another(), post), by_mail(another(), post)
    by_mail(resident, post)
    page = resident.opens("/mine/account/")
    ends = re.findall(r'action="(/mine/account/devices/[0-9a-f-]{36}/end/)"', page)
    assert (len(ends), page.count("this device")) == (2, 1)
    stranger = by_mail(another(), post, "other@example.org")
    stranger.sends(ends[0])
    assert stranger.status == 404
    resident.sends(ends[0])  # the newest: the library's
    library.opens("/mine/")
    assert library.at == "/mine/sign-in/"
    phone.opens("/mine/")
    assert phone.at == "/mine/"
    resident.sends("/mine/account/devices/end/")
    phone.opens("/mine/")
    assert phone.at == "/mine/sign-in/"
    resident.opens("/mine/")
    assert resident.at == "/mine/"


def test_half_a_year_later_nothing_says_where_somebody_was_signed_in(resident: Resident, post: Post) -> None:
    by_mail(resident, post)
    paper_from(desk_of())
    by = Who.system(NOW).actor()
    decide("session", years=0.6, by_itself=True, by=by, at=NOW)
    assert "resident-codes" not in run(["session"], by=by, at=NOW + timedelta(days=100))
    gone = run(["session"], by=by, at=NOW + timedelta(days=240))
    assert (gone["resident-sessions"], gone["resident-codes"]) == (1, 2)
    resident.opens("/mine/")
    assert resident.at == "/mine/sign-in/"
