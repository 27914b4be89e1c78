"""Who came in, from where and how: the sign-in log, and in it what is still open. And whom single sign-on knows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mulin.kernel.fields import BlindIndex, EncryptedText, ShortText
from mulin.kernel.models import Record
from mulin.posts.models.person import User
from mulin.posts.queries.sign_ins import SignInQuerySet
from mulin.posts.rules import Scope
from mulin.posts.rules.signing import ENDS, OUTCOMES, SECONDS, WAYS, Label

ADDRESS_CONTEXT = "sign_in.address"
SUBJECT_CONTEXT = "bond.subject"


class SignIn(Record):
    """One try to sign in. One that succeeded is also a session, until it ends.

    A name that nobody has is not written down: people type passwords into the wrong field.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "device", "address")
    RETENTION: ClassVar[str] = "session"
    MACHINERY: ClassVar[bool] = True

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins", null=True, blank=True)
    at = models.DateTimeField()
    way = ShortText(limit=10)
    second = ShortText(limit=10, blank=True, default="")
    outcome = ShortText(limit=10)
    device = ShortText(limit=80, blank=True, default="")
    address = EncryptedText(context=ADDRESS_CONTEXT, blank=True, default="")
    session = ShortText(limit=40, blank=True, default="")  # its key while it is open, then nothing
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = ShortText(limit=10, blank=True, default="")

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["at", "id"], name="sign_in_order"),
            models.Index(fields=["user", "at"], name="sign_in_of_user"),
        ]

    @property
    def way_label(self) -> Label:
        """How, in words."""
        return WAYS.get(self.way, self.way)

    @property
    def second_label(self) -> Label:
        return SECONDS.get(self.second, self.second)

    @property
    def outcome_label(self) -> Label:
        return OUTCOMES.get(self.outcome, self.outcome)

    @property
    def end_label(self) -> Label:
        return ENDS.get(self.ended_by, self.ended_by)

    def scope_at(self, now: datetime) -> Scope:
        return self.user.scope_at(now) if self.user else Scope()


class Bond(Record):
    """An account at the town's single sign-on that an administrator bound to an account here.

    Nothing else links the two: no name, no phone, no email.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "subject", "subject_index")
    RETENTION: ClassVar[str] = "person"
    INDEXED_ELSEWHERE: ClassVar[tuple[str, ...]] = ("subject_index",)  # posts.reclosing knows what it is of

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="bond")
    subject = EncryptedText(context=SUBJECT_CONTEXT)
    subject_index = BlindIndex()
    bound_at = models.DateTimeField()

    class Meta:
        verbose_name = _("single sign-on")
        verbose_name_plural = _("single sign-on")
        constraints = [models.UniqueConstraint(fields=["subject_index"], name="bond_subject_once")]
