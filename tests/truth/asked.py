"""What is sent with the rows of table_asked.py: an account to be linked, something proposed, something asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from mulin.posts.face import ResidentAccount, Who, enter_by_paper, issue_paper_code
from mulin.registry.face import DataRequest, Proposal, ask_for, link_record, propose, take_step
from tests.matters.world import NOW, the
from tests.truth.asking import Ask, Row
from tests.truth.things import Things

ANSWER = "查过了"
Sends = Callable[[Things], dict[str, Any]]


def a_proposal(things: Things, word: str) -> Proposal:
    """By the head of the building, about the marked home; or by whoever asks, whether they may or not."""
    made = propose(things.home.resident, {"phone": "13900000009"}, by=the("building"), now=NOW)
    if word == "own" and things.me.user:
        Proposal.objects.filter(pk=made.pk).update(by=things.me.user.pk)
    return made


def a_request(things: Things, word: str) -> DataRequest:
    """At the window, about the marked home; a copy that was granted where the row says so."""
    kind = "copy" if word == "granted" else "correct"
    made = DataRequest.objects.open().filter(resident=things.home.resident, kind=kind).first()
    if made is None:  # a second of its kind would be refused
        made = ask_for(things.home.resident, kind=kind, text="错了", seen=True, by=the("worker"), now=NOW)
    return take_step(made, "grant", answer=ANSWER, by=the("head"), now=NOW) if word == "granted" else made


def _account(_row: Row, things: Things, _browser: Client) -> None:
    """Opened with a paper in the name of the marked resident."""
    name = things.home.resident.name
    code = issue_paper_code(name=name, document="other", seen=True, by=the("worker"), now=NOW)[1]
    enter_by_paper(code, by=Who.anonymous(NOW), now=NOW)


def _linked(row: Row, things: Things, browser: Client) -> None:
    _account(row, things, browser)
    link_record(things.home.resident, **_document(things), by=the("worker"), now=NOW)


def _document(things: Things) -> dict[str, Any]:
    account = ResidentAccount.objects.order_by("-created_at", "-id").first()
    number = account.number if account else "nobodys"
    return {"number": number, "document": things.home.resident.document, "seen": True}


def _sends(make: Sends, before: Callable[[Row, Things, Client], None] | None = None) -> Ask:
    made = Ask(sent=lambda _row, things: make(things))
    return Ask(sent=made.sent, before=before) if before else made


def _given(**given: Any) -> Ask:
    return Ask(sent=lambda _row, _things: given)


LINK, LINKED = _sends(_document, _account), Ask(before=_linked)
ASKED: dict[str, Ask] = {
    "POST desk/linking/<uuid:id>/ [account]": LINK,
    "POST desk/linking/<uuid:id>/end/ [linked]": LINKED,
    "POST desk/proposals/<uuid:id>/refuse/": _given(reason=ANSWER),
    "POST desk/proposals/<uuid:id>/reveal/": _given(purpose="verify"),
    "POST desk/proposals/new/<str:record>/<uuid:id>/": _given(phone="13900000009"),
    "POST desk/requests/<uuid:id>/<slug:step>/ [grant]": _given(**{"grant-answer": ANSWER}),
    "POST desk/requests/new/resident/<uuid:id>/": _given(kind="erase", seen="on"),
    "POST api/v1/registry/residents/<id>/link [account]": LINK,
    "POST api/v1/registry/residents/<id>/unlink [linked]": LINKED,
    "POST api/v1/registry/proposals": _sends(
        lambda things: {
            "subject_kind": "resident", "subject": str(things.home.resident.pk), "given": {"phone": "13900000009"}
        }
    ),
    "POST api/v1/registry/proposals/<id>/refuse": _given(reason=ANSWER),
    "POST api/v1/registry/data-requests": _sends(
        lambda things: {"resident": str(things.home.resident.pk), "kind": "erase", "seen": True}
    ),
    "POST api/v1/registry/data-requests/<id>/steps/<step> [grant]": _given(answer=ANSWER),
}  # fmt: skip
