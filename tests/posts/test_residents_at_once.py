"""Codes of residents, tried from two devices at the same moment: a code opens once, an address has one account."""

from __future__ import annotations

from functools import partial

from mulin.journal.face import Entry
from mulin.posts.face import (
    ResidentAccount,
    Who,
    appoint,
    ask_email_code,
    enter_by_email,
    enter_by_paper,
    issue_paper_code,
)
from tests.posts import cast
from tests.posts.cast import GRID
from tests.support.clock import NOW
from tests.support.databases import Home
from tests.support.races import at_once

NOBODY = Who.anonymous(NOW)


def test_a_paper_opens_once_and_an_address_has_one_account(copied_db: Home) -> None:
    worker = cast.a_person()
    appoint(worker, role="grid_worker", area=cast.a_place(GRID), by=Who.system(NOW), now=NOW)
    by = Who.of(worker, NOW)
    _code, plain = issue_paper_code(name="王秀英", document="other", seen=True, by=by, now=NOW)
    told = at_once(*[partial(enter_by_paper, plain, by=NOBODY, now=NOW)] * 3)
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "NoneType", "ResidentAccount"]
    assert Entry.objects.filter(code="resident.code_wrong").count() == 2

    codes = [ask_email_code("anna@example.org", by=NOBODY, now=NOW) for _each in range(3)]
    told = at_once(
        *(
            partial(enter_by_email, id, "anna@example.org", digits, by=NOBODY, now=NOW, language="en")
            for id, digits in codes
        )
    )
    assert {each.pk for each in told if isinstance(each, ResidentAccount)} == {
        ResidentAccount.objects.exclude(email_index="").get().pk
    }
    assert Entry.objects.filter(code="resident.opened").count() == 2
