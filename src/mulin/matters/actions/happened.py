"""What to tell someone whose page had grown old: who did what, when."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mulin.journal.face import Entry
from mulin.kernel.refusals import Conflict
from mulin.matters.labels import ENTRIES, state_label
from mulin.matters.models import Matter
from mulin.posts.face import User


def overtaken(matter: Matter) -> Conflict:
    """The refusal for whoever came second. Names the act that came first, never words of it."""
    now = Matter.objects.get(pk=matter.pk)
    last = Entry.objects.filter(subject=matter.pk).order_by("-seq").first()
    what = str(ENTRIES.get(last.code, last.code)) if last else ""
    return Conflict(
        _(
            "Someone was faster: %(who)s, %(when)s: %(what)s. "
            "The matter is now “%(state)s”. Nothing of yours was saved."
        )
        % {
            "who": _who(last),
            "when": date_format(timezone.localtime(last.at), "H:i") if last else "",
            "what": what,
            "state": state_label(now.state),
        },
        code="overtaken",
    )


def _who(entry: Entry | None) -> str:
    person = User.objects.filter(pk=entry.by).first() if entry and entry.by else None
    return person.label if person else _("someone else")
