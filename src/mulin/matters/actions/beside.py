"""What some moves do besides: with another matter, with new ones, with the kind or the place.

`act` asks for it before it computes the change, and again once that is written, in the same transaction; so none of
these moves can be made without what belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mulin.kernel import numbers
from mulin.matters.actions.cases import Loaded
from mulin.matters.models import Matter
from mulin.matters.rules.case import Given
from mulin.posts.face import Who


@dataclass
class Beside:
    """The matter and what was given, as the rules shall see them; `after` runs when the move is written."""

    loaded: Loaded
    given: Given

    def after(self, by: Who, now: datetime) -> None:
        """Most moves do nothing besides."""

    @property
    def matter(self) -> Matter:
        return self.loaded.matter


Maker = Callable[[Loaded, Given, Who, datetime], Beside]


def lock_together(matter: Matter, given: Given) -> None:
    """Lock this matter and those it is tied to, always in the same order: two who do it at once cannot loop.

    One statement for a matter that has such ties, none for all others.
    """
    tied = Q(pk__in=[pk for pk in (matter.joined_to_id,) if pk])
    bare = [
        number for number in (matter.referral, matter.referred_from, numbers.parse(given.other)) if number
    ]
    if not bare and not matter.joined_to_id:
        return
    rows = Matter.objects.select_for_update().filter(tied | Q(pk=matter.pk) | Q(number__in=bare))
    list(rows.order_by("pk").values_list("pk", flat=True))
