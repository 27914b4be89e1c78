"""What an order of paper comes to: batches for the child processes, each with how much of the bar it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.doors.publicity.grids import printable, shown
from mulin.doors.publicity.sheets import CARDS, SIGNBOARD, card_of, signboards
from mulin.places.face import Area, Level, areas_at
from mulin.posts.face import Permission, Who, boards
from mulin.registry.face import Household

T = TypeVar("T")
CARDS_A_PAGE = 10
PAGES_A_BATCH = 100  # so a child process sets a thousand cards
BOARDS_A_BATCH = 50


@dataclass(frozen=True)
class Order:
    """What is to be printed. `each`: so many cards for every grid; 0: one for each home, with its address."""

    what: str
    area: str
    language: str
    start: str
    each: int = 0


@dataclass(frozen=True)
class Batch:
    """What one child process sets."""

    template: str
    count: int
    data: dict[str, Any]


def batches(order: Order, who: Who) -> Iterator[Batch]:
    """In the language of the moment; of the grids for which this person may print now."""
    grids = list(printable(who).under(order.area))
    return _of_boards(grids, order, who) if order.what == "signboards" else _of_cards(grids, order, who)


def homes_in(area: str, who: Who) -> int:
    """How many cards there would be, one for each home."""
    return Household.objects.there().allowed(who, Permission.REGISTRY_READ).within(area).count()


def _of_boards(grids: Sequence[Area], order: Order, who: Who) -> Iterator[Batch]:
    for some in _slices(grids, BOARDS_A_BATCH):
        whole = Area.objects.filter(pk__in=[grid.pk for grid in some]).order_by("path")
        found = shown(list(whole), who.now, on_paper=True)
        yield Batch(SIGNBOARD, len(found), signboards(found, start=order.start, now=who.now))


def _of_cards(grids: Sequence[Area], order: Order, who: Who) -> Iterator[Batch]:
    known = {board.grid.path: board for board in boards(grids, who.now)}
    homes = {} if order.each else _homes(order.area, who)
    pages = (
        (path, page)
        for path in known
        for page in _pages(known[path].grid.label, homes.get(path, [""] * order.each))
    )
    for some in _slices(pages, PAGES_A_BATCH):
        paths = list(dict.fromkeys(path for path, _page in some))
        data = {
            "title": _("Contact cards"),
            "grids": [card_of(known[path], start=order.start) for path in paths],
            "pages": [page | {"grid": paths.index(path)} for path, page in some],
        }
        yield Batch(CARDS, sum(len(page["cards"]) for _path, page in some), data)


def _pages(grid: str, homes: Sequence[str]) -> Iterator[dict[str, Any]]:
    whole = list(_slices(homes, CARDS_A_PAGE))
    for number, cards in enumerate(whole, start=1):
        yield {"foot": f"{grid} · {number}/{len(whole)}", "cards": list(cards)}


def _homes(area: str, who: Who) -> dict[str, list[str]]:
    """The addresses of homes by the path of their grid, as one walks by them; no names."""
    rows = Household.objects.there().allowed(who, Permission.REGISTRY_READ).within(area)
    doors = list(
        rows.order_by("place", "dwelling__floor", "dwelling__number").values_list("place", "dwelling__number")
    )
    names = areas_at({place[:level] for place, _door in doors for level in (Level.BUILDING, Level.UNIT)})
    found: dict[str, list[str]] = {}
    for place, door in doors:
        found.setdefault(place[: Level.GRID], []).append(_door(place, door, names))
    return found


def _door(place: str, door: str, names: dict[str, Area]) -> str:
    levels = (Level.BUILDING, Level.UNIT)
    way = [names[place[:level]].label for level in levels if len(place) >= level and place[:level] in names]
    return pgettext("parts of an address", ", ").join([*way, door])


def _slices(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
