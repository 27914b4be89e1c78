"""Stamps: a mark for each kind of thing that changes rarely and is read at every request.

What is kept in memory is kept under the mark that was read before it was. A mark moves in the transaction of the
change and is never used twice; so every process sees a change with the first request after it was committed, and
what was changed and rolled back is never seen by anybody else.

A model that names its `STAMP` moves it with every write (`Stamped`), whoever writes; nobody has to remember.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models

from mulin.kernel.db import rows
from mulin.kernel.ids import new_id
from mulin.kernel.models import Stamp

PLACES, POSTS, KINDS = "places", "posts", "kinds"
_asked: ContextVar[dict[str, str] | None] = ContextVar("stamps", default=None)
_remembering: ContextVar[bool] = ContextVar("stamps remembered", default=False)

T = TypeVar("T")


def marks() -> Mapping[str, str]:
    """All marks, by name: one statement, once a request."""
    known = _asked.get()
    if known is not None:
        return known
    with rows.cursor() as cursor:
        cursor.execute("SELECT name, mark FROM kernel_stamp")
        read = {name: mark if isinstance(mark, str) else mark.hex for name, mark in cursor.fetchall()}
    if _remembering.get():
        _asked.set(read)
    return read


def mark(*names: str) -> str:
    """The marks of these together; empty where one of them was never moved."""
    known = marks()
    found = [known.get(name, "") for name in names]
    return "-".join(found) if all(found) else ""


@contextmanager
def remembered() -> Iterator[None]:
    """Within this block marks are read once: around each request, so that one page is made of one state."""
    token, again = _remembering.set(True), _asked.set(None)
    try:
        yield
    finally:
        _remembering.reset(token)
        _asked.reset(again)


def look_anew() -> None:
    """The marks are read again: for whoever waited for somebody else's change."""
    _asked.set(None)


def move(name: str) -> None:
    """Say that something changed, in the transaction of the change."""
    look_anew()
    if not Stamp.objects.filter(name=name).update(mark=new_id()):
        Stamp.objects.bulk_create(
            [Stamp(name=name, mark=new_id())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["mark"],
        )


class Kept(Generic[T]):
    """What is made of things under stamps, in memory: the latest, and one before it for a long request."""

    def __init__(self, make: Callable[[], T], *names: str, most: int = 2) -> None:
        self._make, self._names, self._most = make, names, most
        self._made: OrderedDict[str, T] = OrderedDict()
        self._making = threading.Lock()

    def now(self) -> T:
        """As it is at the marks of this request; made anew only where one has moved."""
        version = mark(*self._names)
        found = self._made.get(version)
        if found is not None:
            return found
        if not version:
            return self._make()
        with self._making:
            return self._made.get(version) or self._keep(version)

    def _keep(self, version: str) -> T:
        made = self._make()
        while len(self._made) >= self._most:
            self._made.popitem(last=False)
        self._made[version] = made
        return made


class Stamped(models.Model):
    """A model whose rows stand under a stamp."""

    STAMP: ClassVar[str]

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        super().save_base(*args, **kwargs)
        move(self.STAMP)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        done = super().delete(*args, **kwargs)
        move(self.STAMP)
        return done


M = TypeVar("M", bound=models.Model)


class StampedQuerySet(models.QuerySet[M]):
    """The same for writes of many rows."""

    def update(self, **values: Any) -> int:
        done = super().update(**values)
        self._moved(done)
        return done

    def delete(self) -> tuple[int, dict[str, int]]:
        done = super().delete()
        self._moved(done[0])
        return done

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        done = super().bulk_create(*args, **kwargs)
        self._moved(len(done))
        return done

    def _moved(self, count: int) -> None:
        """Nothing written, nothing said."""
        if count:
            move(self.model.STAMP)  # type: ignore[attr-defined]  # every model of such a query set has one
