"""A masked value as a page shows it: what may be seen, what it is called, and where to ask for the whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from mulin.posts.face import Permission, Who
from mulin.registry.actions.reading import subject_of
from mulin.registry.queries.opening import Openable, opens
from mulin.registry.rules.revealing import HIDDEN, PURPOSES, Words


@dataclass(frozen=True)
class Masked:
    """For `registry/parts/masked.html`, in a page that may show several: `key` is unique in it."""

    key: str
    label: Words
    masked: str
    url: str
    may_reveal: bool

    @property
    def purposes(self) -> list[tuple[str, Words]]:
        return list(PURPOSES.items())


def masked(thing: Openable, column: str, who: Who, *, may_reveal: bool | None = None) -> Masked:
    """One value; pass `may_reveal` where a page has asked already for all of a household."""
    kind = subject_of(thing).kind
    hidden, value = HIDDEN[kind][column], str(getattr(thing, column) or "")
    if may_reveal is None:
        may_reveal = opens(who, Permission.REGISTRY_REVEAL, thing)
    return Masked(
        key=f"{column}-{thing.pk}", label=hidden.label, masked=hidden.mask(value),
        url=reverse("registry-reveal", args=[kind, thing.pk, column]), may_reveal=bool(value) and may_reveal,
    )  # fmt: skip
