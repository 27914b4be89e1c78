"""What this browser has sent: number and code, encrypted in the session, so that a reload shows the receipt again.

The code is kept nowhere else. It also stands for the grants to follow: whoever gave the right code once need not
give it again until the session ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from mulin.kernel import crypto

RECEIPTS, GRANTS, CONTEXT = "receipts", "follows", "portal.receipt"
KEPT = 10


@dataclass(frozen=True)
class Receipt:
    number: str
    code: str


def keep(session: SessionBase, draft_id: str, receipt: Receipt) -> None:
    """Under the draft's id: a second click finds it by that."""
    kept = {**session.get(RECEIPTS, {})}
    kept[draft_id] = crypto.encrypt(f"{receipt.number} {receipt.code}", context=CONTEXT)
    session[RECEIPTS] = dict(list(kept.items())[-KEPT:])


def of_draft(session: SessionBase, draft_id: str) -> Receipt | None:
    sealed = session.get(RECEIPTS, {}).get(draft_id)
    return _open(sealed) if sealed else None


def of_number(session: SessionBase, number: str) -> Receipt | None:
    found = (_open(sealed) for sealed in session.get(RECEIPTS, {}).values())
    return next((each for each in found if each and each.number == number), None)


def _open(sealed: str) -> Receipt | None:
    try:
        number, code = crypto.decrypt(sealed, context=CONTEXT).split(" ")
    except ValueError:  # the key that closed it is gone, or it is none of ours
        return None
    return Receipt(number, code)


def grant(session: SessionBase, number: str) -> None:
    """This browser may follow that matter."""
    session[GRANTS] = [*(each for each in session.get(GRANTS, []) if each != number), number][-KEPT:]


def may_follow(session: SessionBase, number: str) -> bool:
    return number in session.get(GRANTS, [])


def followed(session: SessionBase) -> list[str]:
    """The newest first."""
    return list(reversed(session.get(GRANTS, [])))


def forget(session: SessionBase, number: str) -> None:
    """Nobody after this person at this device sees it."""
    session[GRANTS] = [each for each in session.get(GRANTS, []) if each != number]
    session[RECEIPTS] = {
        key: sealed
        for key, sealed in session.get(RECEIPTS, {}).items()
        if (receipt := _open(sealed)) and receipt.number != number
    }
