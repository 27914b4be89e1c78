"""Me too (我也遇到): one more voice in a matter that is known, instead of the same matter once more.

A voice is a `Reporter` of its own, with its own code, contact or account; it is told of every step. It never reads
what the first one wrote. The same person counts once, and nobody is told whether a phone had raised it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.journal.face import record
from mulin.kernel import throttle
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.apply import subject
from mulin.matters.actions.beside import lock_together
from mulin.matters.actions.joining import count_voices
from mulin.matters.actions.reporters import ReporterGiven, new_code, reporter_row
from mulin.matters.models import Matter, Reporter, ReporterKind
from mulin.matters.rules.case import Given
from mulin.matters.rules.states import LIVE
from mulin.posts.face import Permission, Who, require

VOICES_PER_DAY = 200  # for one matter; a whole estate without water stays below
SAME_PHONE_PER_DAY = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Voice:
    """Who was added, and the code with which they follow it; no code where their account had raised it already."""

    matter: Matter
    reporter: Reporter
    code: str

    @property
    def again(self) -> bool:
        return not self.code


def me_too(
    matter: Matter, *, by: Who, now: datetime, reporter: ReporterGiven | None = None, id: UUID | None = None
) -> Voice:
    """Add a voice to a matter in which somebody still owes something. Staff add it for a caller, too.

    With an `id` of the caller's own the same voice cannot be added twice: the second is an IntegrityError.
    """
    if by.user:
        require(by, Permission.MATTER_RAISE)
    given, code = reporter or ReporterGiven.of(by), new_code()
    earlier = _of_account(matter, given)
    if earlier:
        return Voice(matter, earlier, "")
    row = reporter_row(matter, given, code, now)
    row.id, row.first = id or row.id, False
    _take(row, now)
    with transaction.atomic():
        fresh = _locked(matter)
        more = 0 if _same_person(row).exists() else 1
        if row.contact:
            row.contact.save(force_insert=True)
        row.save(force_insert=True)
        _count(fresh, more, "matter.me_too", row, by, now)
    return Voice(fresh, row, code)


def withdraw_voice(matter: Matter, reporter: Reporter, *, by: Who, now: datetime) -> Matter:
    """Take a voice back: its contact goes, its code opens nothing any more. The first reporter withdraws the matter."""
    if reporter.first:
        raise NotAllowed(
            _("You raised it first: others may rely on it. Withdraw the matter itself if you can.")
        )
    with transaction.atomic():
        lock_together(matter, Given())
        fresh = Matter.objects.select_for_update().get(pk=matter.pk)
        voices = Reporter.objects.select_related("contact").filter(matter=matter, first=False)
        voice = voices.filter(pk=reporter.pk).exclude(code_hash="").first()
        if voice is None:
            raise Invalid(_("This voice was taken back already."), code="withdrawn")
        gone = not _same_person(voice).exists()
        _forget(voice)
        _count(fresh, -1 if gone else 0, "matter.voice_withdrawn", voice, by, now)
        if fresh.joined_to:
            count_voices(fresh.joined_to)
    return fresh


def may_get_voices(matter: Matter) -> bool:
    """Never one that is secret or a complaint: whoever adds a voice would learn that there is one."""
    return (
        matter.state in LIVE
        and not matter.secret
        and matter.about_area_id is None
        and matter.about_organisation_id is None
    )


def _locked(matter: Matter) -> Matter:
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    if not may_get_voices(fresh):
        raise Invalid(
            _("It is no longer open, so nothing was added. Please report what you see."), code="not_open"
        )
    return fresh


def _of_account(matter: Matter, given: ReporterGiven) -> Reporter | None:
    if given.user is None:
        return None
    return Reporter.objects.filter(matter=matter, user=given.user).first()


def _take(row: Reporter, now: datetime) -> None:
    """So many for one matter, and so many for one phone in it, whether it was there before or not."""
    if row.contact:
        phone = f"me_too:{row.matter_id}:{row.contact.phone_index}"
        throttle.take(phone, limit=SAME_PHONE_PER_DAY, per=_DAY, now=now)
    throttle.take(f"me_too:{row.matter_id}", limit=VOICES_PER_DAY, per=_DAY, now=now)


def _same_person(row: Reporter) -> QuerySet[Reporter]:
    """Other reporters of the matter with the same account or phone: all of them count once."""
    same = Q(pk__in=())
    if row.user_id:
        same |= Q(user=row.user_id)
    if row.contact:
        same |= Q(contact__phone_index=row.contact.phone_index)
    return Reporter.objects.filter(same, matter=row.matter_id).exclude(pk=row.pk)


def _forget(voice: Reporter) -> None:
    """The row stays, for messages that were sent to it; whoever it was does not."""
    contact = voice.contact
    voice.kind, voice.user, voice.contact, voice.code_hash = ReporterKind.ANONYMOUS, None, None, ""
    voice.save(update_fields=["kind", "user", "contact", "code_hash"])
    if contact:
        contact.delete()


def _count(matter: Matter, more: int, code: str, row: Reporter, by: Who, now: datetime) -> None:
    """The version stays: a voice more is no reason to tell somebody at work that someone was faster."""
    if more:
        Matter.objects.filter(pk=matter.pk).update(voices=F("voices") + more)
        matter.voices += more
    acting = by.actor() if by.is_staff else Who.anonymous(now).actor()
    record(code, subject(matter), by=acting, at=now, facts={"reporter": str(row.pk), "voices": matter.voices})
