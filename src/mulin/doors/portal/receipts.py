"""What this browser has sent: number and code, encrypted in the session, so that a reload shows the receipt again.

The code is kept nowhere else. It also stands for the grants to follow: whoever gave the right code once need not
give it again until the session ends. A grant says as whom: the first reporter, or one of the voices.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from mulin.kernel import crypto

RECEIPTS, GRANTS, CONTEXT = "receipts", "follows", "portal.receipt"
KEPT = 10
FIRST = "first"


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


def _grants(session: SessionBase) -> dict[str, str]:
    kept = session.get(GRANTS, {})
    return kept if isinstance(kept, dict) else dict.fromkeys(kept, FIRST)


def grant(session: SessionBase, number: str, voice: UUID | None = None) -> None:
    """This browser may follow that matter: as whoever raised it, or as this voice."""
    others = {each: whose for each, whose in _grants(session).items() if each != number}
    session[GRANTS] = dict([*others.items(), (number, voice.hex if voice else FIRST)][-KEPT:])


def may_follow(session: SessionBase, number: str) -> bool:
    return number in _grants(session)


def voice_of(session: SessionBase, number: str) -> UUID | None:
    """The voice as which this browser follows it; none for the first reporter."""
    whose = _grants(session).get(number, FIRST)
    return None if whose == FIRST else UUID(whose)


def followed(session: SessionBase) -> list[str]:
    """The newest first."""
    return list(reversed(_grants(session)))


def forget(session: SessionBase, number: str) -> None:
    """Nobody after this person at this device sees it."""
    session[GRANTS] = {each: whose for each, whose in _grants(session).items() if each != number}
    session[RECEIPTS] = {
        key: sealed
        for key, sealed in session.get(RECEIPTS, {}).items()
        if (receipt := _open(sealed)) and receipt.number != number
    }
