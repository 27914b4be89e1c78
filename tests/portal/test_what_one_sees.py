"""What one person sees of their record never shows another: two spouses, an heir and a flatmate behind one door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from mulin.journal.face import Purpose, Reading
from mulin.kernel.refusals import Refusal
from mulin.registry.face import (
    Proposal,
    Resident,
    Stay,
    change_dwelling,
    note_reading,
    propose_own,
    set_died,
    set_householder,
)
from tests.matters.world import NOW, the
from tests.portal.resident import Resident as Browser
from tests.registry.linked import at_home
from tests.registry.world import TODAY, a_dwelling, a_household, a_resident, residence_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

PAGES = ("", "looked/", "copy/", "copy.json", "change/", "ask/")
# Words that only a record of a household would say.
OF_OTHERS = ("spouse", "householder", "household", "daughter", "members", "配偶", "户主")


@dataclass
class Flat:
    """They live behind one door: he heads the household, his wife, a daughter who inherits, somebody who rents."""

    husband: Resident
    wife: Resident
    heir: Resident
    flatmate: Resident

    @property
    def everybody(self) -> list[Resident]:
        return [self.husband, self.wife, self.heir, self.flatmate]


@pytest.fixture
def flat() -> Flat:
    door = a_dwelling()
    home = a_household(door, number="户号77001")
    change_dwelling(door, by=the("operator"), now=NOW, owner_name="房东钱七", owner_phone="13911111177")
    return Flat(
        husband=a_resident(home, relation="0", name="孙大山", phone="13911111101", workplace="东厂孙"),
        wife=a_resident(home, relation="1", name="周小云", phone="13911111102", workplace="西校周"),
        heir=a_resident(home, relation="3", name="孙继红", phone="13911111103", workplace="北店继"),
        flatmate=a_resident(
            dwelling=door, stay=Stay(kind="02"), name="吴同租", phone="13911111104", workplace="南站吴"
        ),
    )


def marks_of(person: Resident) -> tuple[str, ...]:
    return (
        person.name,
        person.phone,
        person.workplace,
        person.document,
        str(person.pk),
        person.name[:1] + "**",
    )


def all_pages(browser: Browser) -> str:
    found = ""
    for path in PAGES:
        page = browser.opens(f"/mine/record/{path}")
        assert browser.status == 200, path
        found += page
    return found


def a_busy_week(flat: Flat) -> None:
    """Everything that happens to a household at once: its page, a print, a list, a search by a phone they share."""
    for hours, kind in enumerate((Reading.PAGE, Reading.PRINT, Reading.EXPORT, Reading.SEARCH), 1):
        by = the("worker", NOW + timedelta(hours=hours))
        home = residence_of(flat.wife).household
        note_reading(
            [each.pk for each in flat.everybody], kind=kind, purpose=Purpose.DUTY, by=by, now=by.now, about=home
        )  # fmt: skip


def test_nobody_reads_of_anybody_else_behind_the_same_door(flat: Flat) -> None:
    browsers = {each.pk: at_home(each) for each in flat.everybody}
    a_busy_week(flat)
    for me in flat.everybody:
        said = all_pages(browsers[me.pk])
        assert me.name in said
        for other in flat.everybody:
            if other != me:
                assert [mark for mark in marks_of(other) if mark in said] == [], me.name
        for word in ("房东钱七", "13911111177", "户号77001", str(residence_of(me).dwelling_id)):
            assert word not in said, word
        lowered = said.lower().replace("household register", "")
        assert [word for word in OF_OTHERS if word in lowered] == []


def test_a_reading_of_all_of_them_is_told_to_each_as_their_own(flat: Flat) -> None:
    """The same words, whether one lives alone or with five others."""
    alone = a_resident(name="独居")
    mine, theirs = at_home(alone), at_home(flat.wife)
    a_busy_week(flat)
    for hours, kind in enumerate((Reading.PAGE, Reading.PRINT, Reading.EXPORT, Reading.SEARCH), 1):
        by = the("worker", NOW + timedelta(hours=hours))
        note_reading([alone.pk], kind=kind, purpose=Purpose.DUTY, by=by, now=by.now, about=alone)
    told = [_said(browser.opens("/mine/record/looked/")) for browser in (mine, theirs)]
    assert told[0] == told[1]


def _said(page: str) -> str:
    return page.partition('id="readings"')[2].partition("</ol>")[0]


def test_what_happens_to_another_leaves_no_trace_on_ones_own_page(flat: Flat) -> None:
    browser = at_home(flat.flatmate)
    before = _kept(browser)
    home = residence_of(flat.wife).household
    assert home
    set_died(flat.husband, TODAY, by=the("operator"), now=NOW)
    set_householder(home, residence_of(flat.wife), by=the("operator"), now=NOW)
    assert _kept(browser) == before


def _kept(browser: Browser) -> list[str]:
    """Without what is another at each showing anyway: the token of its forms."""
    pages = [browser.opens(f"/mine/record/{path}") for path in ("", "looked/", "copy/")]
    return [page.partition("<main")[2].partition("csrfmiddlewaretoken")[0] for page in pages]


def test_the_phone_of_one_who_died_shows_their_heir_nothing(flat: Flat) -> None:
    left_behind, heir = at_home(flat.husband), at_home(flat.heir)
    set_died(flat.husband, TODAY, by=the("operator"), now=NOW)
    for path in PAGES:
        said = left_behind.opens(f"/mine/record/{path}")
        assert flat.husband.workplace not in said
        assert flat.husband.document not in said
    said = all_pages(heir)
    assert [mark for mark in marks_of(flat.husband) if mark in said] == []


def test_claiming_the_number_of_another_tells_nothing(flat: Flat) -> None:
    """Whether somebody else is known here is not found out by proposing their phone or name as one's own."""
    browser = at_home(flat.flatmate)
    answers = []
    for phone in (flat.wife.phone, "13911111199"):  # one that is known here, and one that nobody has
        page = browser.sends("/mine/record/change/", name=flat.flatmate.name, phone=phone)
        answers.append((browser.status, "Your grid worker looks at it" in page))
    assert answers == [(200, True), (200, True)]
    assert Proposal.objects.count() == 2


def test_one_cannot_act_on_what_belongs_to_another(flat: Flat) -> None:
    wife, husband = at_home(flat.wife), at_home(flat.husband)
    wife.sends("/mine/record/change/", name="周小雲", phone=flat.wife.phone)
    row = Proposal.objects.get()
    husband.sends(f"/mine/record/changes/{row.pk}/withdraw/")
    assert husband.status == 404
    from mulin.posts.face import ResidentAccount, Who

    accounts = list(ResidentAccount.objects.order_by("created_at", "id"))
    with pytest.raises(Refusal):
        propose_own(accounts[0], {"name": "x"}, by=Who.of(accounts[1].user, NOW), now=NOW)
