"""Settings and keys that a town must not forget."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mulin.kernel import keys, unreadable
from mulin.kernel.lights import Colour, Light


def settings_of_a_demo(_now: datetime) -> Iterable[Light]:
    """What must never be on where real people are."""
    if settings.MULIN_DEMO:
        says = _("This is a demo town: everybody can sign in as anybody.")
        mend = _("For a real town start with `mulin migrate` and `mulin serve`, without MULIN_DEMO.")
        yield Light("demo", Colour.AMBER, _("Demo"), says, mend)
    if settings.DEBUG:
        says = _("Pages of errors show everything, also what is personal.")
        yield Light("debug", Colour.RED, "MULIN_DEBUG", says, _("Take MULIN_DEBUG out of the settings."))
    if "*" in settings.ALLOWED_HOSTS and not settings.MULIN_DEMO:
        says = _("Any name leads here: links in messages could be forged.")
        yield Light(
            "hosts", Colour.RED, "MULIN_ALLOWED_HOSTS", says, _("Name the addresses by which it is reached.")
        )
    if not settings.MULIN_PUBLIC_URL:
        says = _("QR codes and messages do not know the address of this town.")
        mend = _("Set MULIN_PUBLIC_URL to the address that residents type.")
        yield Light("public-url", Colour.AMBER, _("Address"), says, mend)


def key_sheet(_now: datetime) -> Iterable[Light]:
    """Whether the key ring lies on paper in a safe."""
    if keys.was_printed():
        yield Light("key-sheet", Colour.GREEN, _("Key ring"), _("It was printed for the safe."))
        return
    says = _("It was never printed. If this disk breaks, no backup gives back a telephone number.")
    mend = _("Run `mulin keys sheet` on the server and put the sheet in the safe.")
    yield Light("key-sheet", Colour.RED, _("Key ring"), says, mend)


def key_rotation(_now: datetime) -> Iterable[Light]:
    """Whether a new key was made that not everything is closed with yet. Towns that never made one see nothing."""
    title, number = _("Key rotation"), keys.ring().current
    if not keys.is_rotated():
        says = _("Key %(number)s was made, and not everything is closed with it yet.") % {"number": number}
        mend = _(
            "It is still at work, was cut off, or some rows did not open: `mulin keys status` says what is left."
        )
        yield Light("key-rotation", Colour.AMBER, title, says, mend)
    elif number > 1:
        says = _("Everything is closed with key %(number)s.") % {"number": number}
        yield Light("key-rotation", Colour.GREEN, title, says)


def unreadable_values(_now: datetime) -> Iterable[Light]:
    """Whether a value did not open since somebody last counted. Where none ever did, there is nothing to see."""
    if unreadable.sign().exists():
        says = _("Something that lies encrypted could not be read. It is kept as it is; pages show a mark.")
        mend = _("Run `mulin keys status` on the server: it counts what no key opens, and says what to do.")
        yield Light("unreadable", Colour.RED, _("Unreadable values"), says, mend)


def second_factor(_now: datetime) -> Iterable[Light]:
    """Whether a stolen password is enough."""
    title = _("Second factor")
    if {"administrators", "operators"} <= set(settings.MULIN_SECOND_FACTOR):
        yield Light(
            "second-factor", Colour.GREEN, title, _("Operators and administrators need one to sign in.")
        )
        return
    says = _("Not everybody who should needs one: whoever learns a password can sign in with it.")
    yield Light(
        "second-factor", Colour.AMBER, title, says, _("Set MULIN_SECOND_FACTOR to administrators,operators.")
    )
