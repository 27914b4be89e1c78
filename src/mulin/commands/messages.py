"""`mulin messages`: what would be sent now, to how many, and why the others would not be."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin messages`."""
    parser.add_argument("what", choices=("dry-run",), help="look, without sending anything")


def run(arguments: Namespace) -> int:  # noqa: ARG001 - there is one thing to be asked so far
    start.django()
    start.there()
    for line in dry_run():
        print(line)
    return 0


def dry_run() -> list[str]:
    """The counts, as lines."""
    from mulin.channels.face import look_ahead

    ahead = look_ahead(start.now())
    lines = ["Nothing was sent."]
    if ahead.held:
        lines.append("Sending is held by MULIN_HOLD_MESSAGES.")
    if ahead.more:
        lines.append(f"There is more: only the oldest {ahead.rows} were looked at.")
    lines += [
        f"{'in the outbox':<28} {ahead.rows}",
        f"{'now':<28} {ahead.now.total()}, to {ahead.people} people",
        f"{'later, in working hours':<28} {ahead.later.total()}",
        f"{'waiting for working hours':<28} {ahead.waited}",
    ]
    lines += [f"  now    {kind:<28} {count}" for kind, count in sorted(ahead.now.items())]
    lines += [f"  later  {kind:<28} {count}" for kind, count in sorted(ahead.later.items())]
    return lines + [f"  not    {kind:<28} {count}  {why}" for (kind, why), count in sorted(ahead.no.items())]
