"""What stands where a closed value does not open: the page goes on, and the ciphertext is kept as it lies.

A mark is text like any other, so every page and program shows it. Saved with its row it writes the ciphertext back;
typed or sent back as plain text it is refused: nothing but a new value takes the place of what is damaged.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

log = logging.getLogger("mulin.kernel")
SIGN = "⚠"
MOST_TOLD = 1000  # rows that one process names in its log: with the wrong key ring it would be all of them

_told: set[tuple[str, str]] = set()


class Unreadable(str):
    """The mark, with the ciphertext for which it stands and the context of that."""

    __slots__ = ("closed", "context")
    closed: str
    context: str

    def __str__(self) -> str:
        """Itself: on its way through `str(...)` it stays what it is."""
        return self


def unreadable(closed: str, context: str) -> Unreadable:
    """The mark in the language of whoever looks."""
    made = Unreadable(_mark())
    made.closed, made.context = closed, context
    return made


def is_marked(text: str) -> bool:
    """Whether somebody sends back, as if it were a value, what is only a mark."""
    return SIGN in text and any(mark in text for mark in _marks())


def _mark() -> str:
    words = _("cannot be read")
    return f"{SIGN} {words}"


@cache
def _marks() -> tuple[str, ...]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(_mark())
    return tuple(found)


def tell(model: str, key: object = "") -> None:
    """A sign for the lights; once a process and row into the log, by model and id alone."""
    about = (model, str(key))
    _set_sign()
    if about not in _told and len(_told) < MOST_TOLD:
        _told.add(about)
        log.error(
            "a value of %s (%s) does not open: `mulin keys status` counts them", model, key or "one of many"
        )


def _set_sign() -> None:
    """Each time that it is missing: another process takes it away when all opens, and what comes then is news."""
    try:
        if not sign().exists():
            sign().touch()
    except OSError:  # a folder of keys that only an administrator writes to: said once a process
        if not _told:
            log.warning("the sign for the lights could not be set")


def sign() -> Path:
    """The file that is there since a value did not open, until `mulin keys status` finds that all do."""
    return Path(settings.MULIN_KEYS) / "unreadable"


def forget() -> None:
    """All opens again: the lights may say so. What comes is told anew, here and by the sign wherever it comes."""
    _told.clear()
    sign().unlink(missing_ok=True)
