"""A person with an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record
from mulin.kernel.stamps import POSTS, Stamped
from mulin.places.face import Area
from mulin.posts.queries.people import PersonQuerySet
from mulin.posts.rules import Scope
from mulin.posts.rules.accounts import USERNAME_LIMIT as USERNAME_LIMIT

PHONE_CONTEXT = "person.phone"
NAME_LIMIT = 60


class User(Stamped, AbstractBaseUser, Record):
    """Somebody who can sign in. What they may do comes from their posts alone."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        "username",
        "name",
        "name_en",
        "phone",
        "phone_index",
        "public_phone",
    )
    RETENTION: ClassVar[str] = "person"
    STAMP: ClassVar[str] = POSTS

    # Hashed by Argon2id, never plain; bounded like every text.
    password = ShortText(_("password"), limit=256)
    last_login = None  # the journal says who did what; when somebody was last seen is nobody's business
    username = ShortText(_("user name"), limit=USERNAME_LIMIT)
    name = ShortText(_("name"), limit=NAME_LIMIT)
    name_en = ShortText(_("name in Latin letters"), limit=NAME_LIMIT, blank=True, default="")
    phone = EncryptedText(_("phone"), context=PHONE_CONTEXT, blank=True, null=True)
    phone_index = BlindIndex(blank=True, default="")
    # Of the office, never one's own: the portal shows it to residents.
    public_phone = ShortText(_("phone for residents"), limit=40, blank=True, default="")
    language = ShortText(
        _("language"), limit=10, choices=[("en", _("English")), ("zh-hans", _("Chinese"))], default="zh-hans"
    )
    home = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="people",
        null=True,
        blank=True,
        verbose_name=_("belongs to"),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["name", "id"], name="user_name_order")]
        constraints = [
            models.UniqueConstraint(fields=["username"], name="user_username_once"),
            # Two accounts that differ only in capitals would be taken for one another.
            models.CheckConstraint(
                condition=Q(username=Lower("username")) & ~Q(username=""),
                name="user_username_in_small_letters",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_name"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the screen."""
        if self.name_en and not (get_language() or "").startswith("zh"):
            return self.name_en
        return self.name

    def set_password(self, raw_password: Any) -> None:
        """Keep only the hash; Django's own would also hold the plain password until the next save."""
        self.password = make_password(raw_password)

    def scope_at(self, now: datetime) -> Scope:
        """Where the person belongs: their home, and where they hold posts at this instant."""
        held = [post.scope() for post in self.posts.open_at(now).with_all()]
        home = (self.home.path,) if self.home else ()
        return Scope(
            paths=tuple(dict.fromkeys((*home, *(path for scope in held for path in scope.paths)))),
            organisations=tuple({body for scope in held for body in scope.organisations}),
        )
