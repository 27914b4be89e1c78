"""`mulin migrate`: bring the database to this version, with triggers, matter list and calendar."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from mulin.commands import running, start


def add_arguments(parser: ArgumentParser) -> None:
    """Takes none."""


def run(arguments: Namespace) -> int:  # noqa: ARG001 - every command has the same shape
    start.django()
    with running.alone():
        added, years = bring_up()
    print("The database is at this version; the journal is guarded.")
    if added:
        print(
            f"{added} entries were added to the matter list. Their limits are samples: set your own at the desk."
        )
    if years:
        print(f"The calendar has China's public holidays up to {years}. Import a year when it is announced.")
    return 0


def bring_up() -> tuple[int, int | None]:
    """The tables, then what is new in the lists that come with it."""
    start.migrated()
    return _matter_list(), _calendar()


def _matter_list() -> int:
    """What is new in it; what the town has changed or closed stays as it is."""
    from mulin.matters.face import load_matter_list
    from mulin.posts.face import Who

    now = start.now()
    return load_matter_list(by=Who.system(now), now=now)


def _calendar() -> int | None:
    """Where there is none yet, the calendar for everywhere; returns the last year it knows."""
    from mulin.places.face import known_years, seed_calendar
    from mulin.posts.face import Who

    now = start.now()
    return max(known_years()) if seed_calendar(by=Who.system(now).actor(), now=now) else None
