"""Which values lie masked until somebody says what they need them for, and how each is masked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.kernel.masking import mask_identity, mask_phone

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Hidden:
    """A column that is shown masked: what it is called, and what of it may be seen by whoever sees the record."""

    column: str
    label: Words
    mask: Callable[[str], str]


def _hidden(*columns: Hidden) -> Mapping[str, Hidden]:
    return {each.column: each for each in columns}


HIDDEN: Mapping[str, Mapping[str, Hidden]] = {
    "resident": _hidden(
        Hidden("document", _("document number"), mask_identity), Hidden("phone", _("phone"), mask_phone)
    ),
    "residence": _hidden(Hidden("permit", _("residence permit"), mask_identity)),
    "dwelling": _hidden(Hidden("owner_phone", _("owner's phone"), mask_phone)),
    "merchant": _hidden(
        Hidden("operator_phone", _("phone"), mask_phone), Hidden("safety_phone", _("phone for safety"), mask_phone)
    ),
}  # fmt: skip

# What one may say one needs it for. "In the course of duty" is no answer here: everything is.
PURPOSES: Mapping[str, Words] = {
    "contact": _("To reach them"),
    "verify": _("To check it with them or with their document"),
    "emergency": _("Someone may be in danger"),
    "request": _("They asked for it"),
}
