"""From messages to mails: which are to go out, when, and what of several for one person becomes one mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mulin.channels.deciding import decide_again
from mulin.channels.mail.queue import ORDINARY, URGENT, MailKind, can_mail, spoken
from mulin.channels.mail.stopping import stop_url
from mulin.channels.mail.whereto import Wish, wishes_of
from mulin.channels.models import Letter, Mail, Message
from mulin.channels.rules.mailing import Pace, Wanted, mail_at
from mulin.channels.rules.sending import No
from mulin.channels.rules.texts import TITLE, fill
from mulin.channels.texts import DIGEST

PEOPLE = 50
READ = "read"
USEFUL = timedelta(days=3)  # a mail that could not go out for so long says what nobody needs to hear any more


def write_letters(messages: Sequence[Message], now: datetime) -> None:
    """Note when messages that are shown from now on go out by mail too; within the transaction that shows them."""
    shown = [each for each in messages if each.to_id and each.sent_at and each.kind != DIGEST]
    if not shown or not can_mail():
        return
    wishes = wishes_of(each.to_id for each in shown if each.to_id)
    letters = [letter for each in shown if (letter := _letter(each, wishes, now))]
    if not letters:
        return
    # Where another worker was first, its messages stand and ours were never stored.
    there = set(
        Message.objects.filter(pk__in=[each.message_id for each in letters]).values_list("pk", flat=True)
    )
    Letter.objects.bulk_create((each for each in letters if each.message_id in there), ignore_conflicts=True)


def _letter(message: Message, wishes: Mapping[UUID, Wish], now: datetime) -> Letter | None:
    wish = wishes.get(message.to_id) if message.to_id else None
    if wish is None or wish.nowhere or message.to_id is None:
        return None
    at = mail_at(now, _wanted(wish), urgent=message.urgent)
    return Letter(message=message, user_id=message.to_id, due_at=at) if at else None


def _wanted(wish: Wish) -> Wanted:
    return Wanted(wish.pace, wish.quiet, settings.MULIN_MAIL_DIGEST, timezone.get_default_timezone())


def gather(now: datetime) -> int:
    """Make mails of what is due: one for each person. Returns how many messages went into them or nowhere."""
    if not can_mail() or not _due(now).exists():
        return 0
    with transaction.atomic():
        people = list(_due(now).order_by("user").values_list("user", flat=True).distinct()[:PEOPLE])
        letters = list(
            _due(now)
            .filter(user__in=people)
            .select_related("user", "message__matter__type", "message__reporter", "message__to")
            .order_by("user", "message__sent_at", "message__id")
            .select_for_update(of=("self",), skip_locked=True)
        )
        _gather(letters, now)
    return len(letters)


def _due(now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(mail=None, why="", due_at__lte=now)


def _gather(letters: list[Letter], now: datetime) -> None:
    wishes = wishes_of({letter.user_id for letter in letters})
    whys = _why_not(letters, wishes, now)
    of: dict[UUID, list[Letter]] = {}
    for letter, why in zip(letters, whys, strict=True):
        letter.why = why
        if not why:
            of.setdefault(letter.user_id, []).append(letter)
    mails = {user: _mail(together, now) for user, together in of.items()}
    Mail.objects.bulk_create(mails.values())
    for user, together in of.items():
        for letter in together:
            letter.mail = mails[user]
    Letter.objects.bulk_update(letters, ["why", "mail"], batch_size=100)


def _why_not(letters: Sequence[Letter], wishes: Mapping[UUID, Wish], now: datetime) -> list[str]:
    """Decided anew: who has read it, may not see it any more or wants no more mail is not told by mail."""
    again = decide_again([each.message for each in letters], now)
    return [
        _why(each, wishes.get(each.user_id), answer.why if isinstance(answer, No) else "")
        for each, answer in zip(letters, again, strict=True)
    ]


def _why(letter: Letter, wish: Wish | None, no: str) -> str:
    if letter.message.read_at:
        return READ
    if no or wish is None:
        return str(no) or "no_address"
    if wish.nowhere:
        return wish.nowhere.value
    return "unwanted" if wish.pace is Pace.URGENT and not letter.message.urgent else ""


def _mail(together: Sequence[Letter], now: datetime) -> Mail:
    user, urgent = together[0].user, any(each.message.urgent for each in together)
    subject, body = written(together)
    return Mail(
        kind=MailKind.MESSAGES, user=user, subject=subject, body=body, language=spoken(user.language),
        priority=URGENT if urgent else ORDINARY, due_at=now, created_at=now, expires_at=now + USEFUL,
    )  # fmt: skip


def written(together: Sequence[Letter]) -> tuple[str, str]:
    """Subject and text. The kind of matter stands for its title: no words of a resident leave the house by mail."""
    user = together[0].user
    with override(spoken(user.language)):
        messages = [each.message for each in together]
        context = {
            "lines": list(dict.fromkeys(_line(each) for each in messages)),
            "staff": any(each.reporter_id is None for each in messages),
            "url": settings.MULIN_PUBLIC_URL,
            "stop": stop_url(user.pk),
        }
        return _subject(messages), render_to_string("channels/mail/messages.txt", context)


def _line(message: Message) -> tuple[str, str]:
    matter = message.matter
    words = fill(message.words, {TITLE: matter.type.label if matter else ""})
    return words, _link(message)


def _link(message: Message) -> str:
    """Where one reads more: after signing in, or with the code of the receipt."""
    if not settings.MULIN_PUBLIC_URL or message.matter is None:
        return ""
    if message.reporter_id:
        return f"{settings.MULIN_PUBLIC_URL}{reverse('follow-one', args=[message.matter.number])}"
    return f"{settings.MULIN_PUBLIC_URL}{reverse('matter', args=[message.matter.number])}"


def _subject(messages: Sequence[Message]) -> str:
    """What a locked phone may show: numbers, no places, no names."""
    numbers = sorted({each.matter.number for each in messages if each.matter})
    if len(messages) == 1 and numbers:
        words = _("About %(number)s") % {"number": numbers[0]}
    else:
        words = ngettext("%(n)d message", "%(n)d messages", len(messages)) % {"n": len(messages)}
    return _("Urgent: %(words)s") % {"words": words} if any(each.urgent for each in messages) else words
