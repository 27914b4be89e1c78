"""How many entrances each residential building has, so that the town has exactly as many as its plan says."""

from dataclasses import replace

from .drafts import Draft

METRES_A_UNIT = 16.0
MOST_UNITS = 6


def with_units(drafts: list[Draft], total: int) -> list[Draft]:
    """Entrances by length, then one more where they are widest apart, or one less where closest."""
    counts = [_usual(draft) for draft in drafts]
    while (missing := total - sum(counts)) != 0:
        step = 1 if missing > 0 else -1
        counts[_most_willing(drafts, counts, step)] += step
    return [replace(draft, units=count) for draft, count in zip(drafts, counts, strict=True)]


def _usual(draft: Draft) -> int:
    if not draft.kind.is_residential:
        return 0
    return min(MOST_UNITS, max(1, round(draft.length / METRES_A_UNIT)))


def _most_willing(drafts: list[Draft], counts: list[int], step: int) -> int:
    """The home that an entrance more, or less, changes least."""
    able = [index for index, count in enumerate(counts) if count and 1 <= count + step <= MOST_UNITS]
    return max(able, key=lambda index: step * drafts[index].length / (counts[index] + step / 2))
