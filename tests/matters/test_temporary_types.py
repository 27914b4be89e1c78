"""Entries of the matter list for a time, and those that may not be given to grids."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from mulin.journal.face import Entry, facts_of
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.temporary import add_temporary, extend_temporary
from mulin.matters.face import MatterType, change_type, close_expired
from mulin.places.face import Level
from mulin.posts.face import Who
from tests.matters.pages.desk import at_desk
from tests.matters.world import NOW, a_kind, a_matter, nobody, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
DAY = timedelta(days=1)
TODAY = NOW.date()


def a_group() -> MatterType:
    parent = a_kind().parent
    assert parent
    return parent


def added(**more: Any) -> MatterType:
    options: dict[str, Any] = {
        "values": {"name": "清查空调外机"},
        "consented_by": "镇综治中心 2026-03-17 同意",
        "until": TODAY + 10 * DAY,
        "by": the("director"),
        "now": NOW,
    }
    return add_temporary(a_group(), **options | more)


def test_it_is_on_the_list_with_its_consent_and_its_end() -> None:
    kind = added()
    assert kind in MatterType.objects.listed()
    assert (kind.temporary, kind.to_grids, kind.name_en) == (True, True, "清查空调外机")
    assert kind.code.startswith(a_group().code)
    assert a_matter(kind=kind).matter.held_level == Level.GRID
    entry = Entry.objects.get(subject=kind.pk)
    assert facts_of(entry)["temporary"] is True


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"consented_by": " "}, "missing"),
        ({"values": {"name": ""}}, "missing"),
        ({"until": TODAY - DAY}, "until"),
        ({"until": TODAY + 200 * DAY}, "until"),
    ],
)
def test_without_consent_or_an_end_there_is_none(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as told:
        added(**more)
    assert told.value.code == code


def test_after_its_end_it_is_refused_in_words_and_leaves_the_list() -> None:
    kind = added()
    later = NOW + 12 * DAY
    with pytest.raises(Invalid, match="for a time only, until 2026-03-28"):
        a_matter(by=nobody(later), kind=kind)
    assert close_expired(by=Who.system(later), now=later) == 1
    assert close_expired(by=Who.system(later), now=later) == 0
    assert kind not in MatterType.objects.listed()
    with pytest.raises(Invalid):
        extend_temporary(
            MatterType.objects.get(pk=kind.pk), until=TODAY + 20 * DAY, consented_by="同意", by=the("director"),
            now=later,
        )  # fmt: skip


def test_it_is_extended_with_consent() -> None:
    kind = extend_temporary(
        added(), until=TODAY + 20 * DAY, consented_by="再次同意", by=the("director"), now=NOW
    )
    assert a_matter(by=nobody(NOW + 15 * DAY), kind=kind).matter.type == kind


def test_a_code_is_never_used_twice() -> None:
    first = added()
    first.closed_at = NOW
    first.save()
    assert added().code != first.code


def test_only_who_directs_every_town() -> None:
    for username in ("worker", "operator", "head"):
        with pytest.raises(NotAllowed):
            added(by=the(username))


def test_what_may_not_be_given_to_grids_starts_above_them() -> None:
    kind = change_type(a_kind(), values={"to_grids": False}, by=the("director"), now=NOW)
    matter = a_matter(kind=kind).matter
    assert matter.held_level == Level.VILLAGE
    assert matter.turn
    assert matter.turn.role == "grid_head"


def test_the_pages() -> None:
    client = at_desk("director")
    address = reverse("matter-type-temporary")
    assert "Entry for a time" in client.get(address).content.decode()
    group, until = a_group().code, (TODAY + 10 * DAY).isoformat()
    given = {"group": group, "name": "清查空调外机", "consented_by": "镇综治中心同意", "until": until}
    assert client.post(address, given | {"consented_by": ""}).status_code == 422
    assert client.post(address, given | {"until": (TODAY - DAY).isoformat()}).status_code == 422
    assert client.post(address, given).status_code == 303
    kind = MatterType.objects.get(temporary=True)
    page = client.get(reverse("matter-type", args=[kind.code])).content.decode()
    assert "For a time only, until" in page
    assert "镇综治中心同意" in page
    longer = {"until": (TODAY + 30 * DAY).isoformat(), "consented_by": "再次同意"}
    assert client.post(reverse("matter-type-extend", args=[kind.code]), longer).status_code == 303
    kind.refresh_from_db()
    assert kind.consented_by == "再次同意"
    assert "for a time" in client.get(reverse("matter-types")).content.decode()
    assert at_desk("worker").get(address).status_code == 403
