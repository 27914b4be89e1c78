"""One more voice instead of one more matter: counted once a person, followed with a code of its own, taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from mulin.journal.face import Entry, verify
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid, NotAllowed, TooMany
from mulin.matters.actions.me_too import Voice, may_get_voices, me_too, withdraw_voice
from mulin.matters.actions.reporters import opened_by
from mulin.matters.face import Contact, Matter, Reporter, ReporterGiven, ReporterKind, opens
from mulin.posts.face import User, Who
from tests.matters.world import NOW, a_matter, body_of, nobody, the, the_grid

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

PHONE = ReporterGiven.with_contact("李雷", "15400005678")
NOBODY = ReporterGiven()


def voices(matter: Matter) -> int:
    return Matter.objects.values_list("voices", flat=True).get(pk=matter.pk)


def says(
    matter: Matter, given: ReporterGiven = NOBODY, by: Who | None = None, id: UUID | None = None
) -> Voice:
    who = by or nobody()
    return me_too(matter, by=who, now=who.now, reporter=given, id=id)


def a_resident(name: str = "neighbour") -> Who:
    return Who.of(User.objects.create(username=name, name="邻居", created_at=NOW), NOW)


def test_a_voice_is_counted_and_follows_with_its_own_code() -> None:
    raised = a_matter()
    said = says(raised.matter, PHONE)
    assert (voices(raised.matter), said.matter.voices) == (2, 2)
    assert said.code != raised.code
    assert opens(raised.matter, said.code)
    assert opened_by(raised.matter, said.code) == said.reporter
    assert opened_by(raised.matter, raised.code) != said.reporter
    assert opened_by(raised.matter, "AAAAAAAA") is None
    row = Reporter.objects.select_related("contact").get(pk=said.reporter.pk)
    assert (row.kind, row.first, row.contact and row.contact.phone) == (
        ReporterKind.CONTACT, False, "15400005678",
    )  # fmt: skip


def test_it_is_in_the_journal_without_a_name_and_the_version_stays() -> None:
    matter = a_matter().matter
    before = Matter.objects.get(pk=matter.pk).version
    says(matter, PHONE)
    entry = Entry.objects.get(subject=matter.pk, code="matter.me_too")
    assert (entry.by_kind, entry.by) == ("anonymous", None)
    assert "15400005678" not in entry.text
    assert Matter.objects.get(pk=matter.pk).version == before
    assert verify().problems == []


def test_the_same_phone_counts_once_and_is_answered_like_any_other() -> None:
    raised = a_matter(reporter=PHONE)
    first, second = says(raised.matter, PHONE), says(raised.matter, PHONE)
    assert voices(raised.matter) == 1, "the first reporter has this phone"
    assert first.code
    assert second.code
    assert not first.again
    assert opens(raised.matter, second.code)
    assert says(raised.matter, PHONE)
    with pytest.raises(TooMany):
        says(raised.matter, PHONE)


def test_the_same_account_is_there_already() -> None:
    matter, who = a_matter().matter, a_resident()
    assert me_too(matter, by=who, now=NOW).code
    again = me_too(matter, by=who, now=NOW)
    assert again.again
    assert voices(matter) == 2
    own = a_matter(by=who).matter
    assert me_too(own, by=who, now=NOW).again
    assert voices(own) == 1


def test_the_same_browser_sends_it_once() -> None:
    matter, key = a_matter().matter, new_id()
    says(matter, id=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        says(matter, id=key)
    assert voices(matter) == 2


def test_a_clerk_adds_a_caller() -> None:
    matter = a_matter().matter
    said = says(matter, PHONE, by=the("clerk"))
    entry = Entry.objects.get(subject=matter.pk, code="matter.me_too")
    assert entry.by == the("clerk").user.pk  # type: ignore[union-attr]  # one of the cast
    assert said.reporter.kind == ReporterKind.CONTACT
    assert voices(matter) == 2


def test_never_for_what_is_secret_a_complaint_or_over() -> None:
    secret, grid = a_matter(secret=True).matter, a_matter(about_area=the_grid()).matter
    body = a_matter(about_organisation=body_of("handler")).matter
    over = a_matter().matter
    Matter.objects.filter(pk=over.pk).update(state="withdrawn")
    over.refresh_from_db()
    for matter in (secret, grid, body, over):
        assert not may_get_voices(matter)
        with pytest.raises(Invalid) as told:
            says(matter)
        assert told.value.code == "not_open"
        assert voices(matter) == 1
        assert matter.reporters.count() == 1


def test_a_voice_is_taken_back_and_leaves_nobody() -> None:
    matter = a_matter().matter
    said = says(matter, PHONE)
    withdraw_voice(matter, said.reporter, by=nobody(), now=NOW)
    assert voices(matter) == 1
    assert not opens(matter, said.code)
    row = Reporter.objects.get(pk=said.reporter.pk)
    assert (row.kind, row.user, row.contact) == (ReporterKind.ANONYMOUS, None, None)
    assert not Contact.objects.filter(phone_index=said.reporter.contact.phone_index).exists()  # type: ignore[union-attr]  # it has one
    with pytest.raises(Invalid):
        withdraw_voice(matter, said.reporter, by=nobody(), now=NOW)
    assert voices(matter) == 1
    assert verify().problems == []


def test_of_two_with_one_phone_the_last_to_go_is_counted_off() -> None:
    matter = a_matter().matter
    one, two = says(matter, PHONE), says(matter, PHONE)
    assert voices(matter) == 2
    withdraw_voice(matter, one.reporter, by=nobody(), now=NOW)
    assert voices(matter) == 2
    withdraw_voice(matter, two.reporter, by=nobody(), now=NOW)
    assert voices(matter) == 1


def test_whoever_raised_it_first_does_not_take_back_a_voice() -> None:
    raised = a_matter()
    first = opened_by(raised.matter, raised.code)
    assert first
    with pytest.raises(NotAllowed):
        withdraw_voice(raised.matter, first, by=nobody(), now=NOW)


def test_an_account_that_said_me_too_does_not_see_what_the_first_one_wrote() -> None:
    """It follows by its code; the matter itself stays the first reporter's and staff's."""
    matter, who = a_matter().matter, a_resident()
    me_too(matter, by=who, now=NOW)
    assert not Matter.objects.visible_to(who).filter(pk=matter.pk).exists()
    assert who.user
    assert who.user.pk not in matter.scope().people
