"""Outside one's area, in an emergency: a reason, three hours, the owner told, and somebody who looks at it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mulin.channels.face import Message
from mulin.channels.face import send as send_messages
from mulin.journal.face import Disclosure, DisclosureOf, Entry, Outbox, verify
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours, TooMany
from mulin.posts.face import Permission, Who, may
from mulin.registry.actions import breaking
from mulin.registry.actions.breaking import break_glass_at, break_glass_on, judge_glass
from mulin.registry.actions.glass_week import remind_of_glass
from mulin.registry.actions.revealing import reveal
from mulin.registry.models import BreakGlass, Household, Resident
from mulin.registry.queries.glass import overdue
from mulin.registry.queries.opening import openable, opens
from tests.matters.world import NOW, the
from tests.truth.cast import a_stranger
from tests.truth.planted import NUMBERS, Home, a_marked_home

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
REASON = "邻居打来电话：屋里有烟味，无人应门"
At = Callable[[timedelta], Who]
NO_TIME = timedelta()


@pytest.fixture
def home() -> Home:
    return a_marked_home()


@pytest.fixture
def stranger_at() -> At:
    """The worker of the next grid, so long after now."""
    user = a_stranger()
    return lambda later: Who.of(user, NOW + later)


def test_a_person_opens_for_three_hours_to_read_and_only_that(home: Home, stranger_at: At) -> None:
    stranger, soon, late = (stranger_at(timedelta(hours=hours)) for hours in (0, 2.9, 3))
    assert not opens(stranger, Permission.REGISTRY_OPEN, home.resident)
    break_glass_on(NUMBERS["document"], reason=REASON, by=stranger, now=NOW)
    for who, expected in ((soon, True), (late, False)):
        assert opens(who, Permission.REGISTRY_OPEN, home.resident) is expected
        assert openable(Resident, who).filter(pk=home.resident.pk).exists() is expected
    assert reveal(home.resident, "phone", purpose="emergency", by=soon, now=soon.now) == NUMBERS["phone"]
    with pytest.raises(NotYours):
        reveal(home.resident, "phone", purpose="emergency", by=late, now=late.now)
    assert not opens(soon, Permission.REGISTRY_EDIT, home.resident)
    assert not opens(soon, Permission.REGISTRY_OPEN, home.spouse)  # nor whoever lives with them
    assert not opens(soon, Permission.REGISTRY_OPEN, home.household)


def test_a_door_opens_with_whoever_lives_behind_it(home: Home, stranger_at: At) -> None:
    stranger = stranger_at(NO_TIME)
    break_glass_at(home.unit, home.dwelling.number, reason=REASON, by=stranger, now=NOW)
    for thing in (home.dwelling, home.household, home.resident, home.spouse, home.residence):
        assert opens(stranger, Permission.REGISTRY_OPEN, thing)
    assert list(openable(Household, stranger)) == [home.household]
    assert set(DisclosureOf.objects.values_list("person", flat=True)) == {home.resident.pk, home.spouse.pk}


def test_it_is_written_down_and_whoever_is_responsible_there_is_told(home: Home, stranger_at: At) -> None:
    stranger = stranger_at(NO_TIME)
    glass = break_glass_on(NUMBERS["phone"], reason=REASON, by=stranger, now=NOW)
    said = Disclosure.objects.get()
    assert (said.kind, said.purpose, said.seat) == ("page", "emergency", stranger.seats[0].pk)
    entry = Entry.objects.get(subject=home.resident.pk)
    assert entry.code == "glass.broken"
    assert REASON not in entry.text
    assert str(glass.pk) in entry.text
    told = set(Outbox.objects.filter(kind="glass.broken").values_list("to", flat=True))
    assert told >= {the(name).user.pk for name in ("worker", "head")}  # type: ignore[union-attr]  # accounts
    assert stranger.user
    assert stranger.user.pk not in told
    send_messages(NOW)
    texts = Message.objects.filter(kind="glass.broken").values_list("text_en", flat=True)
    assert len(texts) == len(told)
    assert all("opened a record in your area" in text and "漏" not in text for text in texts)


def test_a_miss_is_written_too_and_tries_are_few(
    home: Home, stranger_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaking, "TRIES_AN_HOUR", 2)
    stranger = stranger_at(NO_TIME)
    for number in ("370498198001019999", "13012345678"):
        with pytest.raises(Invalid, match="written down"):
            break_glass_on(number, reason=REASON, by=stranger, now=NOW)
    assert Disclosure.objects.filter(purpose="emergency", kind="search").count() == 2
    with pytest.raises(TooMany):
        break_glass_on(NUMBERS["phone"], reason=REASON, by=stranger, now=NOW)
    assert not BreakGlass.objects.exists()


def test_it_asks_for_a_reason_a_right_and_somewhere_else(home: Home, stranger_at: At) -> None:
    stranger = stranger_at(NO_TIME)
    for reason in ("", "火"):
        with pytest.raises(Invalid):
            break_glass_on(NUMBERS["phone"], reason=reason, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        break_glass_on(NUMBERS["phone"], reason=REASON, by=the("building"), now=NOW)
    with pytest.raises(Invalid, match="own area"):
        break_glass_on(NUMBERS["phone"], reason=REASON, by=the("worker"), now=NOW)
    told = DisclosureOf.objects.get()  # to be told so is an exact search that hit
    assert (told.person, told.disclosure.kind) == (home.resident.pk, "search")
    assert not BreakGlass.objects.exists()


def test_it_is_reviewed_once_by_somebody_else(home: Home, stranger_at: At) -> None:
    glass = break_glass_on(NUMBERS["phone"], reason=REASON, by=stranger_at(NO_TIME), now=NOW)
    auditor = the("auditor", NOW + timedelta(days=1))
    assert list(BreakGlass.objects.visible_to(auditor)) == [glass]
    assert not may(auditor, Permission.REGISTRY_READ, home.resident)
    with pytest.raises(NotAllowed):
        judge_glass(glass, judged="right", note="", by=the("worker"), now=NOW)
    with pytest.raises(Invalid):
        judge_glass(glass, judged="wrong", note="", by=auditor, now=auditor.now)
    judge_glass(glass, judged="talked", note="下次先打电话", by=auditor, now=auditor.now)
    with pytest.raises(Conflict):
        judge_glass(glass, judged="right", note="", by=the("director"), now=auditor.now)
    glass.refresh_from_db()
    assert (glass.judged, glass.note) == ("talked", "下次先打电话")


def test_after_a_week_unreviewed_it_is_overdue(home: Home, stranger_at: At) -> None:
    break_glass_on(NUMBERS["phone"], reason=REASON, by=stranger_at(NO_TIME), now=NOW)
    assert overdue(NOW + timedelta(days=6)) == 0
    assert overdue(NOW + timedelta(days=8)) == 1


def test_once_a_week_whoever_reviews_reads_how_many_wait(home: Home, stranger_at: At) -> None:
    """NOW is a Wednesday; told on the Monday after, and again a week later unless it was looked at."""
    glass = break_glass_on(NUMBERS["phone"], reason=REASON, by=stranger_at(NO_TIME), now=NOW)
    monday = NOW + timedelta(days=5)
    system = Who.system
    assert remind_of_glass(by=system(NOW), now=NOW) == 0
    assert remind_of_glass(by=system(monday), now=monday) >= 2
    for later in (monday, monday + timedelta(days=6)):
        assert remind_of_glass(by=system(later), now=later) == 0
    told = set(Outbox.objects.filter(kind="glass.week").values_list("to", flat=True))
    assert told >= {the(name).user.pk for name in ("auditor", "director")}  # type: ignore[union-attr]  # accounts
    send_messages(monday)
    texts = Message.objects.filter(kind="glass.week").values_list("text", "text_en")
    assert len(texts) == len(told)
    assert all("：1" in text and "review: 1." in english for text, english in texts)
    assert verify().problems == []
    auditor = the("auditor", monday)
    judge_glass(glass, judged="right", note="", by=auditor, now=auditor.now)
    assert remind_of_glass(by=system(monday + timedelta(days=7)), now=monday + timedelta(days=7)) == 0


def test_the_pages(
    home: Home, stranger_at: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, judge = Client(), Client()
    browser.force_login(stranger_at(NO_TIME).user)  # type: ignore[arg-type]  # has an account
    judge.force_login(the("auditor").user)  # type: ignore[arg-type]  # has an account
    refused = browser.post("/desk/registry/glass/", {"reason": REASON})
    assert refused.status_code == 422
    assert REASON in refused.content.decode()
    door = {"reason": REASON, "building": home.unit.path, "door": home.dwelling.number}
    led = browser.post("/desk/registry/glass/", door)
    assert (led.status_code, led["Location"]) == (303, f"/desk/dwellings/{home.dwelling.pk}/")
    assert led["Location"] in browser.get("/desk/registry/glass/").content.decode()
    judge.get("/desk/registry/glass/review/")
    with django_assert_max_num_queries(16):
        page = judge.get("/desk/registry/glass/review/").content.decode()
    assert REASON in page
    assert home.resident.name not in page
    glass = BreakGlass.objects.get()
    url = f"/desk/registry/glass/review/{glass.pk}/"
    assert judge.get(url).status_code == 200
    assert judge.post(url, {"judged": "wrong"}).status_code == 422
    assert judge.post(url, {"judged": "right"}).status_code == 303
    assert REASON in judge.get("/desk/registry/glass/review/?judged=yes").content.decode()
    assert REASON not in judge.get("/desk/registry/glass/review/").content.decode()
