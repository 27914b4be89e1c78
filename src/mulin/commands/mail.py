"""`mulin mail`: how mail does. `mulin mail bounces FILE …`: take in mail that came back, from files or a pipe."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from mulin.commands import start

MOST = 1024 * 1024  # bytes of one mail; the report stands at its beginning


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin mail`."""
    parser.add_argument("what", nargs="?", default="state", choices=("state", "bounces"))
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="mails that came back, or folders of them; none: one from the pipe",
    )


def run(arguments: Namespace) -> int:
    start.django()
    start.there()
    if arguments.what == "bounces":
        print(bounces(arguments.files))
        return 0
    lines, well = state()
    print("\n".join(lines))
    return 0 if well else 1


def state() -> tuple[list[str], bool]:
    """As lines, and whether nobody has to do anything about it."""
    from mulin.channels.face import lights, mail_state
    from mulin.kernel.lights import Colour

    now = start.now()
    found = mail_state(now, latest=0)
    [light] = lights(now)
    lines = [f"{light.colour}: {light.says}"]
    lines += [str(light.mend)] if light.mend else []
    lines += [f"{'waiting':<28} {found.waiting}", f"{'messages for their hour':<28} {found.gathering}"]
    lines += [f"{each + ', last 24 hours':<28} {count}" for each, count in sorted(found.counts.items())]
    lines += [f"{'addresses that do not exist':<28} {found.dead_addresses}"]
    return lines, light.colour is not Colour.RED


def bounces(files: list[Path]) -> str:
    """Take in each; says of how many something was learnt."""
    from mulin.channels.face import take_bounce
    from mulin.posts.face import Who

    now, known, read = start.now(), 0, 0
    for raw in _mails(files):
        read += 1
        known += take_bounce(raw, by=Who.system(now), now=now)
    return f"{read} read, {known} were about mail that did not arrive."


def _mails(files: list[Path]) -> Iterator[bytes]:
    if not files:
        yield sys.stdin.buffer.read(MOST)
    for file in files:
        for each in sorted(file.rglob("*")) if file.is_dir() else [file]:
            if each.is_file():
                with each.open("rb") as mail:
                    yield mail.read(MOST)
