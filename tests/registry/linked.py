"""Residents at the portal whose account was linked to their record, as at the window."""

from __future__ import annotations

from mulin.posts.face import ResidentAccount, issue_paper_code
from mulin.registry.face import RecordLink, Resident, link_record
from tests.matters.world import NOW, the
from tests.portal import resident as browsers
from tests.portal.accounts import another, by_paper


def signed_in(name: str, language: str = "en") -> tuple[browsers.Resident, ResidentAccount]:
    """A browser with an account that was opened with a paper in this name."""
    code = issue_paper_code(name=name, document="identity_card", seen=True, by=the("worker"), now=NOW)[1]
    browser = by_paper(another(language), code)
    assert browser.at == "/mine/", browser.page
    return browser, ResidentAccount.objects.latest("created_at", "id")


def link(record: Resident, account: ResidentAccount, *, by: str = "worker") -> RecordLink:
    who = the(by)
    return link_record(
        record, number=account.number, seen=True, document=record.document, born_on=record.born_on, by=who, now=who.now
    )  # fmt: skip


def at_home(record: Resident, language: str = "en") -> browsers.Resident:
    """Signed in, with their record linked."""
    browser, account = signed_in(record.name, language)
    link(record, account)
    return browser
