"""The ways to say no. A door turns a refusal into a page or a problem+json answer.

A refusal is raised before anything is changed, or inside a transaction that it rolls back. Its message is
for the person in front of the screen: it is translated, says what was wrong and, where it can, what to do.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refusal(Exception):
    """What was asked for was not done, and this says why.

    `code` is a stable word for programs, `message` a lazy string for people, `status` the HTTP status a door
    answers with, `field` the form field it is about (None: the whole).
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "refused"
    default_message: ClassVar[Words] = _("This cannot be done.")

    def __init__(
        self, message: Words | None = None, *, code: str | None = None, field: str | None = None
    ) -> None:
        self.message: Words = self.default_message if message is None else message
        self.code = code or self.default_code
        self.field = field
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refusal):
    """What was sent is wrong or incomplete."""

    status = 422
    default_code = "invalid"
    default_message = _("Something in what you sent is not right.")


class NotAllowed(Refusal):
    """You can see this thing, but may not do that with it."""

    status = 403
    default_code = "not_allowed"
    default_message = _("You may not do this.")


class NotYours(Refusal):
    """You may not even know whether this thing exists."""

    status = 404
    default_code = "not_found"
    default_message = _("There is no such thing here, or it is not yours to see.")


class Conflict(Refusal):
    """Someone else was faster, or the thing is no longer what you saw."""

    status = 409
    default_code = "conflict"
    default_message = _("This has changed since you opened it. Look at it again and then decide.")


class TooMany(Refusal):
    """Too many of these in a short time. `retry_after` is in seconds."""

    status = 429
    default_code = "too_many"
    default_message = _("Too many tries in a short time. Please wait a little and try again.")

    def __init__(
        self, message: Words | None = None, *, retry_after: int = 60, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class TooLarge(Refusal):
    """More bytes than are taken here."""

    status = 413
    default_code = "too_large"
    default_message = _("This file is too large.")
