"""`mulin keys`: the key ring on paper, a new key while everybody works, and how far that is."""

from __future__ import annotations

import fcntl
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from mulin.commands import start

HEAD = """Mulin key ring. Keep this sheet in the safe, apart from the backups.
Without it, no backup of this town gives back an identity number or a telephone number.
Type it into a file and say `mulin restore BACKUP --key-sheet FILE`.
"""
PRINT_IT = (
    "Print the sheet anew now (`mulin keys sheet`): the old one does not open what is written from here on."
)

NOT_THROUGH = (
    "So the rotation does not count as through. Run `mulin keys rotate` again when they open; where they never will, "
    "`mulin keys rotate --leave-unreadable`."
)
BROKEN = (
    "They are kept as they lie and shown as unreadable. Bring back the ring that closed them, or the rows from a "
    "backup; a second factor is set up anew."
)


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin keys`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="sheet|rotate|status")
    verbs.add_parser("sheet", help="print the key ring for the safe")
    rotate = verbs.add_parser(
        "rotate", help="make a new key and close everything with it, while everybody works"
    )
    rotate.add_argument(
        "--again", action="store_true", help="no new key: only close again what is not closed as it should be"
    )
    rotate.add_argument(
        "--leave-unreadable",
        action="store_true",
        help="count it as through although some rows open by no key",
    )
    verbs.add_parser("status", help="say how far a rotation is")


def run(arguments: Namespace) -> int:
    start.django()
    if arguments.verb == "rotate":
        return rotate(new_key=not arguments.again, leave_unreadable=arguments.leave_unreadable)
    return sheet() if arguments.verb == "sheet" else status()


def sheet() -> int:
    from mulin.kernel import keys

    print(HEAD)
    print(keys.sheet())
    sys.stdout.flush()  # only what was really written counts as printed
    keys.mark_printed()
    return 0


def rotate(*, new_key: bool, leave_unreadable: bool = False) -> int:
    """A new key, unless one is not through yet; then everything is closed again with it.

    Where rows did not open it is not through: with the ring that closed them it goes on.
    """
    from mulin.kernel import keyring, keys, rotation

    start.there()
    with _alone():
        if keys.is_rotated() and new_key:
            keyring.save(keys.ring().rotated(), keys.path())
            print(f"Key {keys.ring().current} closes from now on; web and worker have taken note.")
            print(PRINT_IT)
        else:
            print(f"Going on with key {keys.ring().current}.")
        outcome = rotation.run(_tell)
        through = leave_unreadable or not outcome.unopened
        if through:
            keys.mark_rotated()
    print(f"{outcome.done} rows were closed again.")
    _say_what_is_left(
        outcome.unopened, "could not be opened by any key: bring back the ring that closed them"
    )
    if not through:
        print(NOT_THROUGH)
    _say_what_is_left(outcome.twice, "have a number that another row has too: make the two records one")
    _say_what_is_left(outcome.astray, "have an index that is not of their number: change the number and back")
    if not keys.was_printed():
        print(PRINT_IT)
    return 1 if outcome.unopened or outcome.twice or outcome.astray else 0


def _tell(model: str, done: int) -> None:
    if done % 10_000 < 200 and done >= 200:
        print(f"  {model}: {done}", flush=True)


def _say_what_is_left(rows: set[tuple[str, object]], why: str) -> None:
    for model in sorted({model for model, _key in rows}):
        print(f"{sum(each == model for each, _key in rows)} rows of {model} {why}.")


def status() -> int:
    """Which key closes, what is not closed by it yet, and what no key opens. It changes nothing of that."""
    from mulin.kernel import crypto, keys, rotation, unreadable

    start.there()
    form, number, _rest = crypto.mark().split(":")
    print(f"Key {number} closes, by {'SM4-GCM' if form == crypto.NATIONAL else 'AES-256-GCM'}.")
    print(f"Keys in the ring: {', '.join(str(each) for each in sorted(keys.ring().roots))}.")
    left = rotation.waiting()
    for model, count in left.items():
        print(f"  {model}: {count} rows to close again")
    broken = rotation.unopened()
    for model, count in broken.items():
        print(f"  {model}: {count} rows that no key opens")
    if broken:
        print(BROKEN)
    else:
        unreadable.forget()
    if not keys.is_rotated():
        print("A rotation is not through: run `mulin keys rotate` to go on.")
    elif left:
        print("Run `mulin keys rotate --again` to close them as the setting says.")
    elif not broken:
        print("Everything is closed by it.")
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Two rotations at once would make two keys."""
    from mulin.kernel import keys

    keys.ring()  # makes the folder, where there is none yet
    handle = os.open(keys.path().parent / ".rotating", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            start.stop("A rotation is going on already.")
        yield
    finally:
        os.close(handle)
