"""What `mulin demo` says once the town answers: where it is, and whom one may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mulin.demo.cast import cast
from mulin.posts.face import User


def welcome(address: str, sign_in: str) -> Iterator[str]:
    """Line by line, in the language that is active."""
    yield ""
    yield _("Mulin runs at %(address)s (Ctrl-C stops it).") % {"address": address}
    yield _("Everything in it is invented: people, borders, addresses, telephone numbers, words.")
    yield ""
    yield _("Residents raise and follow a matter without an account: %(address)s") % {"address": address}
    yield _("Staff sign in at one click at %(address)s as one of these:") % {"address": sign_in}
    people = cast()
    names = {
        user.username: user.label
        for user in User.objects.filter(username__in=[person.username for person in people])
    }
    for person in people:
        if person.username in names:
            yield f"  {_wide(names[person.username], 16)} {_wide(person.title, 32)} {person.about}"
    yield ""


def _wide(text: str, width: int) -> str:
    """Padded as a terminal shows it: a Chinese character takes two places."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(0, width - taken)
