"""What to tell someone whose page had grown old: who did what, when."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mulin.journal.face import Entry
from mulin.kernel.refusals import Conflict
from mulin.matters.labels import ENTRIES, state_label
from mulin.matters.models import Matter, Reporter, ReporterKind
from mulin.matters.rules.moves import MOVES
from mulin.posts.face import User, Who


def overtaken(matter: Matter, *, told: Who) -> Conflict:
    """The refusal for whoever came second. Names the act that came first, never words of it."""
    now = Matter.objects.get(pk=matter.pk)
    moves = [move.entry for move in MOVES]
    last = Entry.objects.filter(subject=matter.pk, code__in=moves).order_by("-seq").first()
    what = str(ENTRIES.get(last.code, last.code)) if last else ""
    return Conflict(
        _(
            "Someone was faster: %(who)s, %(when)s: %(what)s. "
            "The matter is now “%(state)s”. Nothing of yours was saved."
        )
        % {
            "who": _who(matter, last, told),
            "when": date_format(timezone.localtime(last.at), "Y-m-d H:i") if last else "",
            "what": what,
            "state": state_label(now.state),
        },
        code="overtaken",
    )


def _who(matter: Matter, entry: Entry | None, told: Who) -> str:
    """Staff by name, among staff; a resident never, nor whoever asked for secrecy: that is another permission."""
    if entry is None or entry.by is None or not told.is_staff:
        return _("someone else")
    raised = Reporter.objects.filter(matter=matter, user=entry.by)
    if (raised if matter.secret else raised.exclude(kind=ReporterKind.STAFF)).exists():
        return _("the reporter")
    person = User.objects.filter(pk=entry.by).first()
    return person.label if person else _("someone else")
