"""`mulin calendar`: a year's public holidays, or days from a file, into a calendar; or what a calendar has."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from mulin.commands import start

if TYPE_CHECKING:
    from mulin.places.face import WorkCalendar


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin calendar`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|load|show")
    for verb, what in (
        ("import", "take over a year's public holidays"),
        ("show", "print a year's single days"),
    ):
        sub = verbs.add_parser(verb, help=what)
        sub.add_argument("year", type=int)
        _area(sub)
    load = verbs.add_parser("load", help="read lines such as 2027-02-06,off,Spring Festival")
    load.add_argument("file", type=Path)
    _area(load)


def _area(parser: ArgumentParser) -> None:
    parser.add_argument("--area", default="", help="the code of an area with a calendar of its own")


def run(arguments: Namespace) -> int:
    start.django()
    start.migrated()
    calendar = _calendar(arguments.area)
    if arguments.verb == "show":
        return _show(calendar, arguments.year)
    return _change(calendar, arguments)


def _calendar(area: str) -> WorkCalendar:
    """The open calendar of an area, or that for everywhere, which is opened where there is none."""
    from mulin.kernel.refusals import Invalid
    from mulin.places.face import WorkCalendar, seed_calendar
    from mulin.posts.face import Who

    now = start.now()
    if not area:
        seed_calendar(by=Who.system(now).actor(), now=now)
        return WorkCalendar.objects.get(area=None, closed_at=None)
    found = WorkCalendar.objects.select_related("area").filter(area__path=area, closed_at=None).first()
    if found is None:
        raise Invalid(f"There is no calendar of the area {area}: open it at the desk first.")
    return found


def _show(calendar: WorkCalendar, year: int) -> int:
    from mulin.places.face import days_of_year

    days = days_of_year(calendar, year)
    for day in days:
        print(f"{day.date.isoformat()}  {day.kind:<3}  {day.name}  {day.name_en}".rstrip())
    if not days:
        print(f"No single days in {year}: only the days of the week count.")
    return 0


def _change(calendar: WorkCalendar, arguments: Namespace) -> int:
    from mulin.places.face import import_year, read_lines, set_days
    from mulin.posts.face import Who

    now = start.now()
    by = Who.system(now).actor()
    if arguments.verb == "import":
        import_year(calendar, year=arguments.year, by=by, now=now)
        print(f"The public holidays of {arguments.year} are in. The worker works out open due dates anew.")
    else:
        days = read_lines(arguments.file.read_text(encoding="utf-8-sig"))
        set_days(calendar, days=days, by=by, now=now)
        print(f"{len(days)} days are in. The worker works out open due dates anew.")
    return 0
