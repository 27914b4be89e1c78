"""Settings: what the town may set itself, each on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.posts.face import Permission, needs, who_asks

Words = str | Promise

# url name, icon, what one must hold, title, what it is for
ITEMS: tuple[tuple[str, str, Permission, Words, Words], ...] = (
    (
        "system", "traffic-lights", Permission.SYSTEM_MANAGE, _("The installation"),
        _("Backups, disk, certificate, worker, mail: what is well, and how to mend what is not."),
    ),
    (
        "publicity", "id", Permission.PUBLICITY_PRINT, _("Grid publicity"),
        _("The public page of each grid, its signboard, and contact cards for its homes."),
    ),
    (
        "calendars", "calendar", Permission.PLACE_READ, _("Calendars"),
        _("Working hours, lunch, public holidays and the working days made up for them."),
    ),
    (
        "matter-types", "list-details", Permission.MATTER_TYPE_READ, _("Matter list"),
        _("What may be raised, who takes it, and until when."),
    ),
    (
        "message-texts", "message", Permission.MATTER_TYPE_EDIT, _("Messages"),
        _("What people are told, and in which words."),
    ),
    (
        "mail", "mail", Permission.SYSTEM_MANAGE, _("Mail"),
        _("Whether the mail server takes what is sent; a test."),
    ),
    (
        "matter-ladders", "stairs-up", Permission.MATTER_TYPE_READ, _("Reminders"),
        _("When in a turn whom to remind, and when a matter goes up a level."),
    ),
    (
        "who-table", "list-numbers", Permission.MATTER_TYPE_READ, _("Who does what"),
        _("Whose turn it is in each circulation, by town."),
    ),
    (
        "imports", "database-import", Permission.MATTER_IMPORT, _("Former matters"),
        _("Take over last year's list from Excel, and take it back."),
    ),
    (
        "retention", "archive", Permission.SYSTEM_MANAGE, _("Retention"),
        _("How long things are kept, and what is past its time."),
    ),
    (
        "seals", "shield-check", Permission.JOURNAL_READ, _("Seals"),
        _("Proofs that nobody altered the journal, to give away and to check."),
    ),
    (
        "roles", "user-check", Permission.ROLE_READ, _("Roles"),
        _("Which role may do what."),
    ),
    (
        "glasses", "lock-open", Permission.REGISTRY_REVIEW, _("Opened in an emergency"),
        _("Who opened what lay outside their area, and why: to be reviewed every week."),
    ),
    (
        "readings", "eye-check", Permission.DISCLOSURE_READ, _("Who looked at whose data"),
        _("Every reading of personal data: who, when, how and what for."),
    ),
    (
        "sign-ins", "login", Permission.SIGN_IN_READ, _("Sign-in log"),
        _("Who signed in, from where, and who tried in vain."),
    ),
)  # fmt: skip


@needs(Permission.DESK_OPEN, Permission.PLACE_READ)
def settings(request: HttpRequest) -> HttpResponse:
    """A list of the pages that one may open."""
    who = who_asks(request)
    items = [
        {"url": reverse(name), "icon": icon, "title": title, "text": text}
        for name, icon, permission, title, text in ITEMS
        if who.has(permission)
    ]
    return render(request, "desk/settings.html", {"items": items})
