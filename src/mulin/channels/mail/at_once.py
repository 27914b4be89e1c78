"""Mail that is no message to a person of the town, sent while one waits: a seal of the journal for the county."""

from __future__ import annotations

from datetime import datetime

from mulin.channels.mail.smtp import SmtpSender
from mulin.channels.senders import Envelope, Sent, Unwell


def mail_at_once(key: str, address: str, subject: str, body: str, *, now: datetime) -> str:
    """Hand it to the town's server. Returns what went wrong in a word; nothing where it was taken."""
    sender = SmtpSender()
    if not sender.is_set():
        return "no mail server is set"
    line = sender.open()
    if isinstance(line, Unwell):
        return f"the mail server is not well: {line.why}"
    try:
        outcome = line.send(Envelope(key, address, subject, body, at=now), lambda: True)
    finally:
        line.close()
    return (
        ""
        if isinstance(outcome, Sent)
        else f"the mail server did not take it: {type(outcome).__name__.lower()}"
    )
