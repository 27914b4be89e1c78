"""The phone numbers of a whole staff list: written down before they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mulin.journal.face import Purpose, Reading, disclose
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.posts.models import User
from mulin.posts.permits import require
from mulin.posts.rules import Permission
from mulin.posts.who import Who


@transaction.atomic
def reveal_phones(people: Sequence[User], *, purpose: str, by: Who, now: datetime) -> list[User]:
    """Those of them whose numbers one may see: one line in the reader's chain, with all of them."""
    require(by, Permission.PERSON_REVEAL)
    if by.user is None:
        raise NotAllowed
    if purpose not in Purpose.values:
        raise Invalid(code="unknown_purpose", field="purpose")
    allowed = User.objects.allowed(by, Permission.PERSON_REVEAL).filter(pk__in=[user.pk for user in people])
    ids = set(allowed.values_list("pk", flat=True))
    found = [user for user in people if user.pk in ids]
    with_phone = [user.pk for user in found if user.phone]
    disclose(by.user.id, with_phone, kind=Reading.EXPORT, purpose=purpose, at=now)
    return found
