"""To whom a matter is given: the usual bodies of its kind, the committee, the heads of the building."""

from __future__ import annotations

from datetime import datetime
from random import Random

from mulin.matters.face import Annals, PastChoice, SeatKey, Told

FIRST, FURTHER = 4.0, 2.2  # the body that the list names first is likelier than the others
NAMED = 60.0  # the one that a body named when it gave the matter back
OWN = {"committee_member": 1.0, "grid_worker": 0.5, "building_head": 0.8, "unit_head": 0.4}
MICRO = {"grid_worker": 5.0, "building_head": 2.0, "unit_head": 0.7}
COMMITTEE = 3.5  # where the list says that the committee takes care of it


class Handlers:
    """Chooses for one matter, and remembers who gave it back."""

    def __init__(self, annals: Annals, dice: Random) -> None:
        self._annals, self._dice = annals, dice
        self._given_back: set[SeatKey] = set()
        self._wanted = ""

    def in_the_grid(self, told: Told, turn: SeatKey, at: datetime) -> SeatKey | None:
        """Whom the one who files names; nobody: they do it themselves."""
        choices = [choice for choice in self._annals.choices(told) if self._annals.holders(choice.key, at)]
        weights = [MICRO[choice.key.role] for choice in choices]
        chosen = self._dice.choices(choices, weights)[0].key if choices else None
        return None if chosen == turn else chosen

    def dispatched(self, told: Told, at: datetime) -> SeatKey:
        """Whom the dispatcher chooses."""
        held = [choice for choice in self._annals.choices(told) if self._annals.holders(choice.key, at)]
        fresh = [choice for choice in held if choice.key not in self._given_back] or held
        if not fresh:
            raise LookupError(f"nobody to handle {told.matter.type.code} in {told.matter.place}")
        weights = [self._weight(told, choice) for choice in fresh]
        return self._dice.choices(fresh, weights if any(weights) else None)[0].key

    def given_back(self, by: SeatKey, wanted: str) -> None:
        """`wanted`: the function of the body that they named."""
        self._given_back.add(by)
        self._wanted = wanted

    def functions_of(self, told: Told, key: SeatKey) -> frozenset[str]:
        """What the body that has it takes care of."""
        found = next((choice for choice in self._annals.choices(told) if choice.key == key), None)
        if key.organisation is None:
            return frozenset({"committee"})
        return found.functions if found else frozenset()

    def _weight(self, told: Told, choice: PastChoice) -> float:
        handlers = told.matter.type.handlers
        if choice.key.organisation is None:
            is_theirs = choice.key.role == "committee_member" and "committee" in handlers
            wanted = self._wanted == "committee"
            return NAMED if wanted else COMMITTEE if is_theirs else OWN[choice.key.role]
        if self._wanted in choice.functions:
            return NAMED
        if not choice.fits:
            return 0
        place = min(handlers.index(function) for function in choice.functions if function in handlers)
        return FIRST if place == 0 else FURTHER / place
