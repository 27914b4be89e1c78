"""Writes the tables and the diagram of docs/flow.md from the rules of matters: `python -m tools.flow_doc`.

What stands between the markers is made here and compared by a test; the rest of the page is written by hand.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mulin.matters.rules.moves import Move

PAGE = Path(__file__).resolve().parents[1] / "docs" / "flow.md"
_PART = re.compile(r"(<!-- made: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def made() -> str:
    """The page as it should be."""
    return _PART.sub(
        lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n{part[4]}", PAGE.read_text(encoding="utf-8")
    )


def diagram() -> str:
    """Each pair of states once, with all moves between them."""
    from mulin.matters.rules.moves import MOVES

    arrows: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        for source in move.sources or ("[*]",):
            for target in _targets(move, source):
                names = arrows.setdefault((str(source), target), [])
                names += [move.code] if move.code not in names else []
    lines = [f"    {source} --> {to}: {', '.join(names)}" for (source, to), names in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```\n"])


def _targets(move: Move, source: str) -> list[str]:
    """Where it leads; what was paused goes back to where it was, which is one of several states."""
    if not move.resumes:
        return [str(move.to or source)]
    from mulin.matters.rules.moves import MOVES

    pausing = [each for each in MOVES if each.pauses and each.to == source]
    lost = {
        str(back) for each in pausing for back in each.sources if each.lead == "end" and back != "reported"
    }
    kept = {str(back) for each in pausing for back in each.sources} - lost
    kept -= {"on_hold", "waiting"}
    return sorted(kept | ({"filed"} if lost else set()))


def moves() -> str:
    from mulin.matters.rules.moves import MOVES

    head = ("move", "from", "to", "who", "permission", "asks", "turn next", "clock", "and")
    rows = (
        (
            f"`{move.code}`", _list(move.sources) or "(new)", move.to or "stays", _who(str(move.actor)),
            f"`{move.permission.name}`", _list((*(f"**{ask}**" for ask in move.needs), *move.takes)),
            _next(move), move.clock or "", _list(_effects(move), "; "),
        )
        for move in MOVES
    )  # fmt: skip
    return _table(head, rows)


def _who(actor: str) -> str:
    names = {
        "turn": "whose turn it is", "reporter_or_staff": "reporter or staff", "decider": "who is asked to decide",
        "assistant": "who assists", "staff": "who holds the permission there",
    }  # fmt: skip
    return names.get(actor, actor)


def _next(move: object) -> str:
    if getattr(move, "keeps_turn", False):
        return "keeps it"
    if getattr(move, "resumes", False):
        return "whose it was"
    return str(getattr(move, "next", None) or "nobody")


_FLAGS = {
    "pauses": "clocks stand still",
    "resumes": "clocks go on",
    "ends": "ends that part",
    "bound": "cannot be returned",
    "drawn": "in the grid a share is checked",
}


def _effects(move: object) -> Iterable[str]:
    """What a move does besides."""
    told = {"lead": "lead: {}", "only": "only in {} circulation", "counts": "counts `{}`"}
    for name, words in told.items():
        value = str(getattr(move, name) or "")
        if value and value != "keep":
            yield words.format(value)
    climb = getattr(move, "climb", 0)
    if climb:
        yield "one level up" if climb > 0 else "one level down"
    opens = str(getattr(move, "opens", ""))
    if opens:
        yield {
            "assist": "opens a part that assists",
            "unsatisfied": "if not satisfied, asks the superior",
        }.get(opens, f"asks for a decision: {opens}")
    decides = str(getattr(move, "decides", ""))
    if decides:
        yield f"{'grants' if getattr(move, 'grants', False) else 'refuses'}: {decides}"
    yield from (words for name, words in _FLAGS.items() if getattr(move, name))


def who() -> str:
    from mulin.matters.rules.states import Circulation
    from mulin.matters.rules.who import WHO, Function

    rows = (
        (str(circle), *(_list(WHO[circle, function], " → ") for function in Function))
        for circle in Circulation
    )
    return _table(("circulation", *map(str, Function)), rows)


def states() -> str:
    from mulin.matters.rules.states import STATES

    rows = ((f"`{state}`", str(facts.kind), facts.doing or "") for state, facts in STATES.items())
    return _table(("state", "kind", "waits for the step"), rows)


def clocks() -> str:
    from mulin.matters.rules.limits import SAMPLE_LIMITS, URGENT_LIMITS, Clock

    rows = ((f"`{clock}`", _limit(SAMPLE_LIMITS[clock]), _limit(URGENT_LIMITS[clock])) for clock in Clock)
    return _table(("clock", "sample", "emergency"), rows)


def _limit(limit: object) -> str:
    amount, unit = getattr(limit, "amount", 0), getattr(limit, "unit", "")
    names = {
        "workday": "working day",
        "workhour": "working hour",
        "workminute": "working minute",
        "hour": "hour round the clock",
    }
    word = names[str(unit)]
    return f"{amount} {word if amount == 1 else word.replace('day', 'days').replace('hour', 'hours')}"


def ladder() -> str:
    from mulin.matters.rules.ladder import SAMPLE_LADDER, URGENT_LADDER

    samples = (("sample", SAMPLE_LADDER), ("emergency", URGENT_LADDER))
    rows = (
        (name, f"{rung.percent} %", _list(rung.tells), "up a level" if rung.hand_up else "")
        for name, rungs in samples
        for rung in rungs
    )
    return _table(("ladder", "at", "reminds", "goes"), rows)


def _list(words: Iterable[object], between: str = ", ") -> str:
    return between.join(str(word) for word in words)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "diagram": diagram,
    "moves": moves,
    "who": who,
    "states": states,
    "clocks": clocks,
    "ladder": ladder,
}


def main() -> None:
    os.environ.setdefault("MULIN_SECRET_KEY", "not needed here")  # else one would be stored
    from mulin.commands import start

    start.django()
    PAGE.write_text(made(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is as the rules are.\n")


if __name__ == "__main__":
    main()
