"""What is written by somebody: a town's own texts, and what a person does not want to be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mulin.channels.models import Muted, Template
from mulin.channels.rules.texts import TEXT_LIMIT, has_loose_brace, unknown_fields
from mulin.channels.texts import LANGUAGES, Kind
from mulin.journal.face import Subject, record
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.places.face import Area
from mulin.posts.face import Permission, Who, may

EDITS = (Permission.MATTER_TYPE_EDIT, Permission.SYSTEM_MANAGE)


def may_edit_texts(who: Who, town: Area) -> bool:
    """Whoever edits the matter list there, or looks after the installation."""
    return any(may(who, permission, town) for permission in EDITS)


def checked_text(kind: Kind, language: str, text: str) -> str:
    """The text as it would be kept. Raises Invalid and says which field is not allowed, and which are."""
    text = clean(text, TEXT_LIMIT, lines=False)
    if not text:
        raise Invalid(_("A message needs a text."), code="missing", field=field_of(language))
    unknown = unknown_fields(text, kind.fields)
    if unknown:
        raise Invalid(
            _("There is no field {%(unknown)s} in this message. It may have: %(allowed)s.")
            % {"unknown": unknown[0], "allowed": ", ".join(f"{{{name}}}" for name in kind.fields)},
            code="unknown_field",
            field=field_of(language),
        )
    if has_loose_brace(text):
        raise Invalid(
            _("A brace belongs to no field. Write fields like this: {number}."),
            code="loose_brace",
            field=field_of(language),
        )
    return text


def field_of(language: str) -> str:
    """The form field of a language."""
    return f"text_{language.partition('-')[0]}"


def set_texts(town: Area, kind: Kind, texts: Mapping[str, str], *, by: Who, now: datetime) -> list[Template]:
    """Give a town its own texts of a kind from now on; what is the default already stays the default."""
    _require(by, town)
    wanted = {language: checked_text(kind, language, text) for language, text in texts.items()}
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=town.pk)  # two at once: the later one stands
        running = {
            row.language: row for row in Template.objects.filter(town=town, kind=kind.code, to_at=None)
        }
        changed = {
            language: text for language, text in wanted.items()
            if text != (running[language].text if language in running else kind.texts[language])
        }  # fmt: skip
        made = _put(town, kind, changed, by, now)
        if changed:
            _record("message_text.changed", town, kind, changed, by, now)
    return made


def _put(town: Area, kind: Kind, changed: Mapping[str, str], by: Who, now: datetime) -> list[Template]:
    Template.objects.filter(town=town, kind=kind.code, to_at=None, language__in=changed).update(to_at=now)
    own = {language: text for language, text in changed.items() if text != kind.texts[language]}
    return Template.objects.bulk_create(
        Template(town=town, kind=kind.code, language=language, text=text, from_at=now, by=by.user)
        for language, text in own.items()
    )


def reset_texts(town: Area, kind: Kind, *, by: Who, now: datetime) -> int:
    """Back to the default, in both languages; the town's own texts keep their dates."""
    _require(by, town)
    with transaction.atomic():
        ended = Template.objects.filter(town=town, kind=kind.code, to_at=None).update(to_at=now)
        if ended:
            _record("message_text.reset", town, kind, LANGUAGES, by, now)
    return ended


def _require(by: Who, town: Area) -> None:
    if not may_edit_texts(by, town):
        raise NotAllowed


def _record(code: str, town: Area, kind: Kind, languages: Collection[str], by: Who, now: datetime) -> None:
    record(
        code, Subject("area", town.pk), by=by.actor(), at=now,
        facts={"kind": kind.code, "languages": sorted(languages)},
    )  # fmt: skip


def choose(unwanted: Collection[str], *, by: Who, now: datetime) -> None:
    """Say which kinds of message one does not want to be told; the others come. Emergencies always come."""
    if by.user is None:
        raise NotAllowed
    with transaction.atomic():
        before = set(Muted.objects.filter(user=by.user).values_list("kind", flat=True))
        Muted.objects.filter(user=by.user).exclude(kind__in=unwanted).delete()
        fresh = [Muted(user=by.user, kind=kind) for kind in sorted(set(unwanted) - before)]
        Muted.objects.bulk_create(fresh, ignore_conflicts=True)
        if before != set(unwanted):
            record(
                "message.chosen", Subject("person", by.user.pk), by=by.actor(), at=now,
                facts={"unwanted": sorted(unwanted)},
            )  # fmt: skip
