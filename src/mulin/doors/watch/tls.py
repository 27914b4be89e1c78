"""Whether people come by HTTPS, and how long the certificate holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.kernel import certificates
from mulin.kernel.certificates import Certificate
from mulin.kernel.lights import Colour, Light


def https(now: datetime) -> Iterable[Light]:
    """One light: none, behind a proxy, or a certificate of its own."""
    yield _own(now) if settings.MULIN_TLS_CERT else _without()


def is_local_authority() -> bool:
    """Whether phones have to be told to trust this town's own authority."""
    return bool(settings.MULIN_TLS_CERT) and Path(settings.MULIN_TLS_CERT).is_relative_to(
        certificates.folder_of_town()
    )


def authority() -> Certificate | None:
    """The local authority, where one is in use."""
    try:
        return (
            certificates.read(certificates.folder_of_town() / certificates.AUTHORITY)
            if is_local_authority()
            else None
        )
    except (OSError, ValueError):
        return None


def _without() -> Light:
    if settings.HTTPS and settings.MULIN_TRUSTED_PROXIES:
        return Light("https", Colour.GREEN, "HTTPS", _("A proxy before this server takes care of it."))
    if settings.HTTPS:
        mend = _("Set MULIN_TRUSTED_PROXIES to the proxy's address, or MULIN_TLS_CERT and MULIN_TLS_KEY.")
        says = _("MULIN_HTTPS is on, but neither a proxy nor a certificate is set: nobody can sign in.")
        return Light("https", Colour.RED, "HTTPS", says, mend)
    says = _(
        "Without it: passwords and reports cross the network in plain; phones offer neither their position, "
        "nor passkeys, nor the app without network."
    )
    mend = _("Run `mulin tls init NAME` for an authority of your own, or see docs/https.md for other ways.")
    return Light("https", Colour.AMBER, "HTTPS", says, mend)


def _own(now: datetime) -> Light:
    cert, key = Path(settings.MULIN_TLS_CERT), Path(settings.MULIN_TLS_KEY or "-")
    try:
        found, fits = certificates.read(cert), certificates.belong_together(cert, key)
    except (OSError, ValueError):
        mend = _("Look whether MULIN_TLS_CERT and MULIN_TLS_KEY name PEM files that this account may read.")
        return Light("https", Colour.RED, "HTTPS", _("The certificate or its key cannot be read."), mend)
    if not fits:
        mend = _("Put the key that was made with the certificate where MULIN_TLS_KEY says.")
        return Light(
            "https", Colour.RED, "HTTPS", _("The certificate and the key do not belong together."), mend
        )
    return _dated(found, now)


def _dated(found: Certificate, now: datetime) -> Light:
    day = {"day": date_format(localtime(found.ends).date(), "DATE_FORMAT")}
    renew = (
        _("Run `mulin tls renew` and restart.") if is_local_authority() else _("Have it renewed and restart.")
    )
    if found.has_ended(now):
        says = _("The certificate ended on %(day)s: browsers refuse this town.") % day
        return Light("https", Colour.RED, "HTTPS", says, renew)
    if now < found.begins:
        says = _("The certificate does not hold yet. Is the clock of this machine right?")
        return Light(
            "https", Colour.RED, "HTTPS", says, _("Set the clock, or have the certificate made anew.")
        )
    if found.ends_soon(now):
        return Light("https", Colour.AMBER, "HTTPS", _("The certificate ends on %(day)s.") % day, renew)
    return Light("https", Colour.GREEN, "HTTPS", _("The certificate holds until %(day)s.") % day)
