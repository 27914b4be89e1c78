"""`mulin seal`: a proof of the journal that leaves the house, on paper, by mail or as a file."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mulin.commands import start
from mulin.commands.safekeeping import Trouble, second_place

if TYPE_CHECKING:
    from mulin.journal.face import Seal

FOLDER = "seals"


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin seal`."""
    parser.add_argument("--number", type=int, help="an earlier seal again, instead of a new one")
    parser.add_argument("--file", type=Path, help="write it to this file, for `mulin verify --seal`")
    parser.add_argument("--mail", metavar="ADDRESS", help="mail it, for example to the county")
    parser.add_argument("--print", type=Path, metavar="PDF", help="write a sheet to print and sign")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    made = _made(arguments.number)
    print(_told(made))
    if arguments.file:
        _write(arguments.file, made)
    if arguments.print:
        from django.conf import settings

        from mulin.journal.face import seal_sheet

        arguments.print.write_bytes(seal_sheet(made, language=settings.LANGUAGE_CODE))
        print(f"The sheet is {arguments.print}: print it, sign it, give it away.")
    if arguments.mail:
        try:
            mail(made, arguments.mail)
        except Trouble as trouble:
            start.stop(f"{trouble}.")
        print(f"Mailed to {arguments.mail}.")
    return 0


def _made(number: int | None) -> Seal:
    from mulin.journal.face import Seal, last_seal, seal

    if number is not None:
        found = Seal.objects.filter(number=number).first()
        if found is None:
            start.stop(f"There is no seal {number}.")
        return found
    made = seal(start.now())
    if made is None:
        print("Nothing was written since the last seal: this is that one.")
    found = made or last_seal()
    if found is None:
        start.stop("There is nothing to seal yet.")
    return found


def _told(made: Seal) -> str:
    return (
        f"Seal {made.number} of {made.at:%Y-%m-%d %H:%M} UTC over positions {made.first} to {made.last}\n"
        f"  root {made.root}\n  seal {made.hash}"
    )


def _write(file: Path, made: Seal) -> None:
    from mulin.journal.face import seal_file

    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(seal_file(made))


def nightly(now: datetime) -> dict[str, Any]:
    """A seal where something was written, as a file at both places, and mailed to whom the settings name."""
    from django.conf import settings

    from mulin.journal.face import last_seal, nights, seal

    made = seal(now) or last_seal()
    if made is None or nights.gave_away(made.number):
        return {"nothing": "new"}
    for place in (Path(settings.MULIN_BACKUPS), second_place()):
        if place is not None and (place.is_dir() or place == Path(settings.MULIN_BACKUPS)):
            folder = place / FOLDER
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(folder / f"mulin-seal-{made.number:06d}.txt", made)
    for address in settings.MULIN_SEALS_TO:
        mail(made, address)
    return {"number": made.number, "last": made.last, "mailed": len(settings.MULIN_SEALS_TO)}


def mail(made: Seal, address: str) -> None:
    """Through the town's mail server; the seal itself stays where it is."""
    from mulin.channels.face import mail_at_once
    from mulin.journal.face import seal_file

    body = f"{_told(made)}\n\n{seal_file(made).decode()}"
    wrong = mail_at_once(f"seal-{made.number}", address, f"Mulin seal {made.number}", body, now=start.now())
    if wrong:
        raise Trouble("not_mailed", f"The seal was made, but not mailed: {wrong}")
