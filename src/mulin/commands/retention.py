"""`mulin retention`: a dry run of the rules, or the real one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin retention`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="dry-run|run")
    verbs.add_parser("dry-run", help="say what is past its time; erase nothing")
    real = verbs.add_parser("run", help="erase it, under the rules that the town has decided on")
    real.add_argument("rules", nargs="*", help="only these rules (default: all that are decided)")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    return dry_run() if arguments.verb == "dry-run" else real_run(arguments.rules)


def dry_run() -> int:
    from mulin.journal.face import retention_standing

    for each in retention_standing(start.now()):
        print(f"{each.rule.code:<14} {_how_long(each):<34} {each.rule.reason}")
        for due in each.due:
            print(f"{'':<14} {due.count:>8}  {due.title}: {due.does}")
    print("Nothing was erased.")
    return 0


def _how_long(each: Any) -> str:
    if each.years is None:
        return "as long as the house stands"
    if not each.years:
        return "made anew"
    own = "decided" if each.decided else "a sample, not decided"
    return f"{each.years:g} years ({own}{', by itself' if each.by_itself else ''})"


def real_run(rules: list[str]) -> int:
    from mulin.journal.face import SYSTEM, retention_run, retention_standing

    now = start.now()
    decided = [each.rule.code for each in retention_standing(now) if each.decided]
    unknown = sorted(set(rules) - set(decided))
    if unknown:
        start.stop(
            f"Nobody has decided yet how long {', '.join(unknown)} is kept: do that at the desk. Nothing was erased."
        )
    done = retention_run(rules or decided, by=SYSTEM, at=now)
    for name, count in done.items():
        print(f"{name:<14} {count}")
    print("Erased." if any(done.values()) else "Nothing was past its time.", file=sys.stdout)
    return 0


def by_itself(now: datetime) -> dict[str, Any]:
    """At night: what the town lets go by itself; of the rest, how much waits for somebody."""
    from mulin.journal.face import SYSTEM, retention_by_itself, retention_run, retention_standing

    done = retention_run(retention_by_itself(), by=SYSTEM, at=now)
    waiting = sum(each.count for each in retention_standing(now))
    return {**done, "waiting": waiting}
