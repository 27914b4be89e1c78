"""Columns with a meaning: bounded text, paths of areas, encrypted values and their blind index.

Text columns are TEXT with a length check in the database, never varchar(n): a value that is too long is an
error on every database and in every way of writing, and a longer limit is a new check, not a new type.
"""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from mulin.kernel import crypto
from mulin.kernel.keyring import KeyMissing
from mulin.kernel.refusals import Invalid
from mulin.kernel.unreadable import Unreadable, is_marked, tell, unreadable

PATH_LIMIT = 24
TEXTAREA_FROM = 200
BLIND_LIMIT = 80


if TYPE_CHECKING:
    from django.db.models.fields import _GT, _ST

    _Text = models.TextField
else:
    # Django's fields take type arguments only in their stubs; here they are let through and dropped.
    class _Text(models.TextField):
        def __class_getitem__(cls, _arguments: Any) -> Any:
            return cls

    _ST = _GT = None


class ShortText(_Text[_ST, _GT]):
    """Text of at most `limit` characters, checked in forms and in the database."""

    description = _("Text (up to %(max_length)s characters)")

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        kwargs["max_length"] = limit
        super().__init__(*args, **kwargs)
        self.validators.append(MaxLengthValidator(limit))

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        kwargs["limit"] = self.limit
        return name, path, list(args), kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f"length({connection.ops.quote_name(str(self.column))}) <= {self.limit}"

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        widget = forms.Textarea if self.limit > TEXTAREA_FROM else forms.TextInput
        if self.choices is None:
            kwargs.setdefault("widget", widget)
        return super().formfield(**kwargs)


class AreaPath(_Text[_ST, _GT]):
    """Digits that name an area by its place in the tree; "within" is one range scan of plain byte order.

    Use one of its two children, which say what happens to the column when borders are redrawn.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = PATH_LIMIT
        super().__init__(*args, **kwargs)
        self.validators += [
            MaxLengthValidator(PATH_LIMIT),
            RegexValidator(r"\A[0-9]*\Z", _("Only digits, please.")),
        ]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, list(args), kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        column = connection.ops.quote_name(str(self.column))
        only_digits = (
            f"{column} !~ '[^0-9]'" if connection.vendor == "postgresql" else f"{column} NOT GLOB '*[^0-9]*'"
        )
        return f"length({column}) <= {PATH_LIMIT} AND {only_digits}"

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = cast("dict[str, Any]", super().db_parameters(connection))
        return parameters | {"collation": "C" if connection.vendor == "postgresql" else "BINARY"}

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"widget": forms.TextInput} | kwargs)


class PathField(AreaPath[_ST, _GT]):
    """Today's path of an area: moved, wherever it stands, when the tree is rebased."""


class PastPath(AreaPath[_ST, _GT]):
    """The path an area had at the time: never moved; resolved by the versions of areas."""


class EncryptedText(_Text[_ST, _GT]):
    """Text that lies encrypted in the row ("v1:key:…") and is plain in Python. None and "" stay what they
    are.

    `context` ("contact.phone") is bound into the ciphertext: a value copied into another column does not
    open. The column cannot be searched; exact search goes by a `BlindIndex` beside it. What does not open is shown by
    a mark (`kernel.unreadable`), and stays as it lies until a new value is written. `quotes`: what is kept here is no
    value that somebody typed, but may show others as they stood (an answer as it was given), their marks among them.
    """

    def __init__(self, *args: Any, context: str, quotes: bool = False, **kwargs: Any) -> None:
        self.context, self.quotes = context, quotes
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["context"] = self.context
        return name, path, list(args), kwargs

    def from_db_value(
        self, value: str | None, _expression: Any, _connection: BaseDatabaseWrapper
    ) -> str | None:
        if not value:
            return value
        try:
            return crypto.decrypt(value, context=self.context)
        except (crypto.CannotOpen, KeyMissing):
            tell(self.model._meta.label)
            return unreadable(value, self.context)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, Unreadable) and value.context == self.context:
            value = value.closed
        elif isinstance(value, str) and value:
            value = self._sealed(value)
        return super().get_db_prep_save(value, connection)

    def _sealed(self, text: str) -> str:
        """A mark is no value: written here, it would bury what may still be brought back."""
        if not self.quotes and is_marked(text):
            message = _(
                "What cannot be read was kept as it is. Leave it out, or write it anew without the mark."
            )
            raise Invalid(message, code="unreadable")
        return crypto.encrypt(text, context=self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: search its blind index instead of {lookup_name!r}")
        return super().get_lookup(lookup_name)


class BlindIndex(ShortText[_ST, _GT]):
    """A keyed hash ("1:hex") of an encrypted value, for exact search; made by `kernel.crypto.blind`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_index", True)
        kwargs.setdefault("limit", BLIND_LIMIT)
        super().__init__(*args, **kwargs)
