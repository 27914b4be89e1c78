"""The shapes of what pages hand to the components, so that mypy can check them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NotRequired, TypedDict

Kind = Literal["open", "near", "late", "waiting", "done", "void"]
StepStatus = Literal["done", "now", "todo"]


class NavItem(TypedDict):
    """An entry of the rail (desk) or the bar (portal)."""

    url: str
    label: str
    icon: str
    active: NotRequired[bool]
    key: NotRequired[str]
    count: NotRequired[int]


class Step(TypedDict):
    """One of the six steps of a matter."""

    key: str
    label: str
    status: StepStatus
    at: NotRequired[datetime | None]
    due: NotRequired[datetime | None]
    spent: NotRequired[timedelta | str | None]
    who: NotRequired[str]
    note: NotRequired[str]


class Chip(TypedDict):
    """A filter that lives in the address."""

    label: str
    url: str
    active: NotRequired[bool]
    count: NotRequired[int | None]
    icon: NotRequired[str]


class Pager(TypedDict):
    """Keyset paging: where next and back lead; no page numbers, no count."""

    next_url: NotRequired[str]
    previous_url: NotRequired[str]
    label: NotRequired[str]


class Row(TypedDict):
    """One line of a key/value list."""

    key: str
    value: object
    help: NotRequired[str]


class Hidden(TypedDict):
    """A hidden input of an action's form."""

    name: str
    value: str


class Action(TypedDict):
    """A move that somebody may make. `form` is a Django form asking what the move needs."""

    key: str
    label: str
    url: str
    icon: NotRequired[str]
    shortcut: NotRequired[str]
    help: NotRequired[str]
    form: NotRequired[object]
    hidden: NotRequired[Sequence[Hidden]]
    danger: NotRequired[bool]
    confirm: NotRequired[str]
    link: NotRequired[bool]  # it asks much: `url` is a page of its own
    open: NotRequired[bool]  # unfolded from the start: its form came back with errors


class Event(TypedDict):
    """One item of a timeline."""

    title: str
    at: datetime
    icon: NotRequired[str]
    kind: NotRequired[Kind]
    who: NotRequired[str]
    text: NotRequired[str]
    internal: NotRequired[bool]
    photos: NotRequired[Sequence["Photo"]]


class Photo(TypedDict):
    """A photo with its small version; `alt` is what it shows."""

    url: str
    thumb: str
    alt: str
    caption: NotRequired[str]
