"""A resident's own record: linked by somebody who saw the document; what is kept, who looked, a copy, still right."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import DisclosureOf, Entry, Purpose, Reading
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed, NotYours, Refusal, TooMany
from mulin.posts.face import Who
from mulin.registry.codes import Marital
from mulin.registry.codes_asked import ProposalStage, RequestStage
from mulin.registry.face import (
    RecordLink,
    RequestKind,
    Resident,
    ask_own,
    end_link,
    link_record,
    note_reading,
    own_record,
    propose_own,
    set_died,
)
from tests.matters.world import NOW, the
from tests.registry.linked import at_home, link, signed_in
from tests.registry.world import TODAY, a_building_elsewhere, a_dwelling, a_resident, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture
def wang() -> Resident:
    return a_resident(name="王秀英", phone="13900000001", occupation="会计")


def refused(record: Resident, number: str, **given: object) -> Refusal:
    values = {"seen": True, "document": record.document, "by": the("worker"), "now": NOW, **given}
    with pytest.raises(Refusal) as told:
        link_record(record, number=number, **values)  # type: ignore[arg-type]  # whatever a test says
    return told.value


def test_without_a_link_nothing_is_shown_and_it_is_said_how_one_gets_it(wang: Resident) -> None:
    browser, account = signed_in("王秀英")
    page = browser.opens("/mine/record/")
    assert "Your account is not linked to a record" in page
    assert f"{account.number[:4]}-{account.number[4:]}" in page
    assert wang.occupation not in page
    for path in ("change/", "ask/", "copy/", "copy.json"):
        browser.opens(f"/mine/record/{path}")
        assert browser.status == 404, path


def test_linked_at_the_window_it_shows_what_is_kept_and_when_it_was_confirmed(wang: Resident) -> None:
    page = at_home(wang).opens("/mine/record/")
    for words in ("王秀英", "13900000001", "会计", "at the door", "own home"):
        assert words in page, words
    assert wang.document not in page
    assert f"{wang.document[:6]}********{wang.document[-4:]}" in page
    written = Entry.objects.get(code="link.made")
    assert (written.subject, written.by) == (wang.pk, the("worker").user.pk)  # type: ignore[union-attr]  # the worker has an account
    assert wang.document not in written.text


def test_whoever_does_not_fit_the_document_is_not_linked(wang: Resident) -> None:
    _browser, account = signed_in("王秀英")
    _other, stranger = signed_in("李四")
    told = [
        refused(wang, account.number, document="99040219800517999X"),
        refused(wang, stranger.number),  # the account was opened in another name
    ]
    assert {(each.code, str(each.message)) for each in told} == {
        ("other_person", "The document and this record do not belong together. Nothing was linked.")
    }
    assert refused(wang, account.number, seen=False).code == "not_seen"
    assert refused(wang, "nobodys").code == "number"
    assert isinstance(refused(wang, account.number, by=the("handler")), NotYours)
    assert isinstance(refused(wang, account.number, by=the("building")), NotAllowed)
    assert Entry.objects.filter(code="link.failed").count() == 2
    assert not RecordLink.objects.exists()
    assert DisclosureOf.objects.filter(person=wang.pk).exists()  # that a number was compared is a reading


def test_nobody_guesses_numbers_by_linking(wang: Resident) -> None:
    _browser, account = signed_in("王秀英")
    for _each in range(20):
        assert refused(wang, account.number, document="1").code == "other_person"
    assert isinstance(refused(wang, account.number), TooMany)


def test_one_account_has_one_record_and_one_record_one_account(wang: Resident) -> None:
    _browser, account = signed_in("王秀英")
    made = link(wang, account)
    _again, second = signed_in("王秀英")
    assert isinstance(refused(wang, second.number), Conflict)
    namesake = a_resident(name="王秀英")
    assert isinstance(refused(namesake, account.number), Conflict)
    end_link(made, by=the("worker"), now=NOW)
    link(wang, second)
    assert (own_record(account), own_record(second)) == (None, wang)


def test_in_another_grid_nobody_links_or_sees_anything(wang: Resident) -> None:
    _browser, account = signed_in("王秀英")
    far = a_resident(name="王秀英", dwelling=a_dwelling(a_unit(a_building_elsewhere())))
    assert isinstance(refused(far, account.number), NotYours)


def test_who_looked_is_told_with_role_and_purpose_and_without_the_name(wang: Resident) -> None:
    browser, worker = at_home(wang), the("worker", NOW + timedelta(hours=1))
    note_reading(
        [wang.pk], kind=Reading.REVEAL, purpose=Purpose.CONTACT, by=worker, now=worker.now, about=wang
    )
    page = browser.opens("/mine/record/looked/")
    assert "A hidden detail was shown" in page
    assert "To reach the person about their matter" in page
    assert "You were looked for by your number or phone" in page  # when it was linked
    assert worker.seats[0].label in page
    assert worker.user
    assert worker.user.name not in page


def test_long_lists_of_readings_come_page_by_page(
    wang: Resident, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = at_home(wang)
    for hours in range(1, 46):
        by = the("worker", NOW + timedelta(hours=hours))
        note_reading([wang.pk], kind=Reading.PAGE, by=by, now=by.now, about=wang)
    with django_assert_max_num_queries(14):
        page = browser.opens("/mine/record/looked/")
    assert page.count("Your data was opened on a page") == 20
    browser.opens("/mine/record/looked/?after=nonsense")
    assert browser.status == 422


def test_said_to_be_right_it_counts_as_confirmed_by_the_resident(wang: Resident) -> None:
    browser = at_home(wang)
    page = browser.sends("/mine/record/right/", version=wang.version)
    assert "It is noted that this is still right." in page
    wang.refresh_from_db()
    assert (wang.source, wang.facts_confirmed) == ("resident", {})
    Resident.objects.filter(pk=wang.pk).update(version=5)
    for version in (wang.version, "9" * 5000):
        assert "This was changed meanwhile." in browser.sends("/mine/record/right/", version=version)


def test_a_copy_for_people_and_for_programs_has_everything_of_them(wang: Resident) -> None:
    browser = at_home(wang)
    assert wang.document in browser.opens("/mine/record/copy/")
    browser.opens("/mine/record/copy.json")
    copy = orjson.loads(browser.page)
    assert copy["record"]["document"] == wang.document
    assert copy["record"]["phone"] == "13900000001"
    assert [home["right"] for home in copy["homes"]] == ["own home"]
    assert copy["readings"]
    assert copy["readings"][0]["roles"]


def test_the_copy_says_in_words_what_they_asked_and_proposed(wang: Resident) -> None:
    browser = at_home(wang, "zh-hans")
    me = RecordLink.objects.get().account
    by = Who.of(me.user, NOW)
    propose_own(me, {"marital": Marital.MARRIED.value}, by=by, now=NOW)
    ask_own(me, kind="copy", text="", by=by, now=NOW)
    page = browser.opens("/mine/record/copy/")
    with translation.override("zh-hans"):
        words = (
            Marital.MARRIED.label,
            RequestKind.COPY.label,
            RequestStage.ASKED.label,
            ProposalStage.OPEN.label,
        )
        assert [str(each) for each in words if str(each) not in page] == []
    assert "marital" not in page


def test_the_resident_ends_the_link_and_so_does_closing_the_account(wang: Resident) -> None:
    browser = at_home(wang)
    page = browser.sends("/mine/record/unlink/")
    assert "Your account is not linked to a record" in page
    again = at_home(wang)
    again.sends("/mine/account/close/", sure="on")
    assert not RecordLink.objects.filter(ended_at=None).exists()
    assert Entry.objects.filter(code="link.ended", subject=wang.pk).count() == 2


def test_what_an_heir_opens_shows_nothing(wang: Resident) -> None:
    """The phone of somebody who died lies in the hands of others."""
    browser = at_home(wang)
    set_died(wang, TODAY, by=the("operator"), now=NOW)
    page = browser.opens("/mine/record/")
    assert "Your account is not linked to a record" in page
    assert "13900000001" not in page
    with pytest.raises(Invalid):
        link(wang, signed_in("王秀英")[1])
