"""`mulin`: the one command that a town's IT person needs."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

# name, module, what it does. Bare `mulin` prints exactly this table.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("serve", "mulin.commands.serve", "start the web server and the worker"),
    ("work", "mulin.commands.work", "start a worker alone: it numbers the feed and closes what is due"),
    ("demo", "mulin.commands.demo", "build the demo town if there is none yet, and serve it"),
    ("migrate", "mulin.commands.migrate", "bring the database to this version, with its triggers"),
    ("divisions", "mulin.commands.divisions", "load official lists of administrative divisions"),
    ("calendar", "mulin.commands.calendar", "take over a year's public holidays and made-up working days"),
    ("administrator", "mulin.commands.administrator", "let the first administrators of a new town in"),
    ("messages", "mulin.commands.messages", "say what would be sent to people now, without sending it"),
    ("mail", "mulin.commands.mail", "say how mail does; take in mail that came back"),
    ("facts", "mulin.commands.facts", "count what is there"),
    (
        "verify",
        "mulin.commands.verify",
        "prove that nobody altered, removed or inserted a line of the journal",
    ),
    ("backup", "mulin.commands.backup", "copy the whole town into one file, while it runs"),
    ("restore", "mulin.commands.restore", "bring a backup back, and prove it"),
    ("upgrade", "mulin.commands.upgrade", "bring a town to this version: backup, change, check, or go back"),
    ("nights", "mulin.commands.nights", "do tonight's work now: backup, trial, retention, seal"),
    ("retention", "mulin.commands.retention", "say what is past its time, and erase it"),
    ("seal", "mulin.commands.seal", "seal the journal: a proof to print, mail or hand out"),
    ("journal", "mulin.commands.journal", "move old, sealed years of the journal out, and prove such a file"),
    ("tls", "mulin.commands.tls", "HTTPS at home: a local authority, and the way for phones to trust it"),
    ("doctor", "mulin.commands.doctor", "say what is wrong, and how to mend it"),
    ("keys", "mulin.commands.keys", "print the key ring for the safe"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what it says."""
    try:
        code = _main(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough, as `head` has; what is left goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _main(given: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    if not given or given[0] in ("-h", "--help", "help"):
        print(explain())
        return 0
    module = {name: module for name, module, _ in COMMANDS}.get(given[0])
    if module is None:
        print(f"mulin: there is no command {given[0]!r}.\n\n{explain()}", file=sys.stderr)
        return 2
    return _run(given[0], module, given[1:])


def explain() -> str:
    lines = "\n".join(f"  {name:<13} {what}" for name, _, what in COMMANDS)
    usage = "Usage: mulin COMMAND [options]"
    return f"Mulin 睦邻: good neighbours.\n\n{usage}\n\n{lines}\n\nmulin COMMAND --help says more."


def _run(name: str, module: str, argv: list[str]) -> int:
    command = importlib.import_module(module)
    what = next(what for each, _, what in COMMANDS if each == name)
    parser = argparse.ArgumentParser(prog=f"mulin {name}", description=what)
    command.add_arguments(parser)
    arguments = parser.parse_args(argv)
    try:
        return int(command.run(arguments) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from mulin.commands.start import plainly

        said = plainly(error)
        if said is None:
            raise
        print(f"mulin: {said}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
