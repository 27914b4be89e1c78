"""`mulin doctor`: what is wrong, and how to mend it. It changes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from mulin.commands import start

SIGNS = {"red": "✘", "amber": "!", "green": "✔", "off": "·"}
PAINT = {"red": "31", "amber": "33", "green": "32", "off": "2"}


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin doctor`."""
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: Namespace) -> int:
    """1 where something is broken, so that a program notices too."""
    start.django()
    from mulin.doors.watch.lights import all_lights
    from mulin.kernel.lights import Colour, worst

    start.there()
    lights = all_lights(start.now())
    if arguments.json:
        print(json.dumps([_plain(light) for light in lights], ensure_ascii=False, indent=1))
    else:
        for light in lights:
            _say(light)
    return 1 if worst(lights) == Colour.RED else 0


def _plain(light: object) -> dict[str, str]:
    return {name: str(getattr(light, name)) for name in ("code", "colour", "title", "says", "mend")}


def _say(light: object) -> None:
    said = _plain(light)
    sign = SIGNS[said["colour"]]
    if sys.stdout.isatty():
        sign = f"\033[{PAINT[said['colour']]}m{sign}\033[0m"
    print(f"{sign} {said['title']}: {said['says']}")
    if said["mend"]:
        print(f"    {said['mend']}")
