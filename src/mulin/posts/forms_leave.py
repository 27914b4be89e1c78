"""Forms of leave: from when to when, and who stands in at each seat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.posts.actions.leave import may_arrange
from mulin.posts.forms import DayField
from mulin.posts.models import Post, User
from mulin.posts.queries.leave import candidates, colleagues
from mulin.posts.who import Who

FIELD = "deputy_"


class DeputyField(forms.TypedChoiceField):
    """Who stands in at one seat; nobody means the level above."""

    def __init__(self, post: Post, people: Iterable[User], **kwargs: Any) -> None:
        self.post = post
        nobody = [("", _("Nobody: the level above takes the turns"))]
        super().__init__(
            label=post.seat.label,
            choices=nobody + [(str(user.pk), user.label) for user in people],
            coerce=UUID,
            empty_value=None,
            required=False,
            **kwargs,
        )


class DeputiesForm(forms.Form):
    """One field for each seat; deputies' own seats are left out, for a deputy has no deputy."""

    def __init__(self, *args: Any, posts: Iterable[Post], who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for post in posts:
            if post.deputy_for_id is None:
                self.fields[f"{FIELD}{post.pk.hex}"] = DeputyField(post, offered(post, who))

    @property
    def deputies(self) -> dict[UUID, UUID | None]:
        """By the id of the post; only once the form is valid."""
        return {
            field.post.pk: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, DeputyField)
        }


class LeaveForm(DeputiesForm):
    """From when to when somebody is away."""

    from_day = DayField(label=_("First day away"), help_text=_("Empty: from now."))
    last_day = DayField(label=_("Last day away"), required=True)


def offered(post: Post, who: Who, now: datetime | None = None) -> list[User]:
    """Whom this person may name there: colleagues for oneself, anybody of the town for whoever sits above."""
    now = now or who.now
    among = candidates(post, now)
    allowed = {user.pk for user in among} if may_arrange(who, post.seat) else colleagues(post, among, now)
    own = who.user.pk if who.user else None
    return [user for user in among if user.pk in allowed and user.pk != own]
