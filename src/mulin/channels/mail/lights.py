"""The traffic light of mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from mulin.channels.mail.overseeing import MailHealth, mail_state
from mulin.channels.rules.server import HERE, Server, Tls
from mulin.channels.senders import Down
from mulin.kernel.lights import Colour, Light

# Time mends these; the others need somebody.
PASSING = (Down.NAME, Down.REFUSED, Down.SILENT, Down.DROPPED, Down.BUSY)
LONG = timedelta(hours=1)


def lights(now: datetime) -> list[Light]:
    """One light. It names no person and no address."""
    return [light_of(mail_state(now, latest=0), now)]


def light_of(state: MailHealth, now: datetime) -> Light:
    colour, says, mend = _judged(state, now)
    return Light("mail", colour, _("Mail"), says, mend)


def _judged(state: MailHealth, now: datetime) -> tuple[Colour, str, str]:
    server = state.server
    if server is None:
        return (
            Colour.OFF,
            _("There is no mail server: nobody is told by mail."),
            _("Set MULIN_MAIL_URL to use one."),
        )
    row = state.relay
    if row.down_since:
        long = now - row.down_since >= LONG
        colour = Colour.AMBER if row.why in PASSING and not long else Colour.RED
        return colour, _says(row.why), _mends(row.why)
    if state.oldest and now - state.oldest >= LONG and state.waiting and not settings.MULIN_HOLD_MESSAGES:
        return (
            Colour.AMBER,
            _("Mail waits longer than an hour."),
            _("See whether the worker runs: mulin work."),
        )
    for is_so, says, mend in _weak(state, server):
        if is_so:
            return Colour.AMBER, says, mend
    return Colour.GREEN, _("The mail server takes what is sent."), ""


def _weak(state: MailHealth, server: Server) -> tuple[tuple[bool, str, str], ...]:
    """What goes, yet not well."""
    return (
        (
            row_is_new(state),
            _("The mail server was never tried."),
            _("Send a test on the page Settings → Mail."),
        ),
        (
            state.counts.get("unsure", 0) > 0,
            _("The mail server had mail today and did not say whether it took it."),
            _("It is not sent twice. Ask whoever looks after that server, or raise MULIN_MAIL_SECONDS."),
        ),
        (
            server.tls is Tls.NONE and server.host not in HERE,
            _("Mail goes to the server without encryption: anybody on the way can read it, codes too."),
            _("Take smtp:// or smtps:// in MULIN_MAIL_URL."),
        ),
        (
            not settings.MULIN_PUBLIC_URL,
            _("Mail has no links, and none to say no with: the house does not know its own address."),
            _("Set MULIN_PUBLIC_URL."),
        ),
    )


def row_is_new(state: MailHealth) -> bool:
    return state.relay.well_at is None


def _says(why: str) -> str:
    return says_why().get(why, _("The mail server took nothing."))


def says_why() -> Mapping[str, str]:
    """What is the matter with a server."""
    return {
        Down.NAME: _("The name of the mail server is not known."),
        Down.REFUSED: _("Nobody answers at the mail server's port."),
        Down.SILENT: _("The mail server does not answer, or too slowly."),
        Down.DROPPED: _("The mail server hung up."),
        Down.CERTIFICATE: _(
            "The mail server could not prove who it is: its certificate is wrong. Nothing was sent."
        ),
        Down.PLAIN: _("The mail server offers no encryption that can be trusted. Nothing was sent."),
        Down.LOGIN: _("The mail server does not know this user and password."),
        Down.SENDER: _("The mail server does not let us write from our address."),
        Down.BUSY: _("The mail server asks to come again later."),
    }


def _mends(why: str) -> str:
    return {
        Down.NAME: _(
            "See whether the name in MULIN_MAIL_URL is right and this machine reaches a name server."
        ),
        Down.REFUSED: _("See whether the port in MULIN_MAIL_URL is right and no firewall stands between."),
        Down.SILENT: _("It is tried again by itself. If it stays so, ask whoever looks after that server."),
        Down.DROPPED: _("It is tried again by itself. If it stays so, ask whoever looks after that server."),
        Down.CERTIFICATE: _(
            "See whether the name in MULIN_MAIL_URL is the one in its certificate and whether that has expired. "
            "For a certificate of your own, name its authority in MULIN_MAIL_CA."
        ),
        Down.PLAIN: _(
            "Take smtps:// with the port for TLS, often 465, or let its keeper switch STARTTLS on."
        ),
        Down.LOGIN: _(
            "Mend user and password in MULIN_MAIL_URL; signs like / and @ are written %2F and %40."
        ),
        Down.SENDER: _("Set MULIN_MAIL_FROM to an address that this user may write from."),
        Down.BUSY: _("It is tried again by itself. If it stays so, ask whoever looks after that server."),
    }.get(Down(why) if why in set(Down) else Down.SILENT, "")
