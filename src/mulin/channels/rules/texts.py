"""Templates of messages: plain text with named fields in braces. A name that is not allowed is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

TEXT_LIMIT = 400
TITLE = "title"  # the one field with a resident's words: filled in when it is shown, never stored

_FIELD = re.compile(r"\{([^{}]*)\}")


def fields_in(text: str) -> tuple[str, ...]:
    """The names in braces, each once, in their order."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def unknown_fields(text: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in fields_in(text) if name not in allowed)


def has_loose_brace(text: str) -> bool:
    """A brace that belongs to no field."""
    return bool(set("{}") & set(_FIELD.sub("", text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """With the values in place of the names. A field without a value stays: it is filled in later."""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)
