"""Who lives together: kinds of household with their members' ages, sexes and relations."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

MALE, FEMALE = "1", "2"
SELF, SPOUSE, SON, DAUGHTER, PARENT, OTHER = "0", "1", "2", "3", "5", "8"


@dataclass(frozen=True, slots=True)
class Member:
    """One of a household before they have a name. `of` is whose family name they bear: head, own or spouse."""

    relation: str
    sex: str
    age: int
    family: str
    is_married: bool = False


def compose(dice: Random) -> tuple[str, list[Member]]:
    """Draw a household: its sort and its members, the householder first."""
    sort = dice.choices(_SORTS, _WEIGHTS)[0]
    return sort, _MAKERS[sort](dice)


def _single(dice: Random) -> list[Member]:
    return [Member(SELF, dice.choice((MALE, FEMALE)), dice.randint(20, 45), "own")]


def _lone_elder(dice: Random) -> list[Member]:
    return [Member(SELF, dice.choice((MALE, FEMALE, FEMALE)), dice.randint(66, 93), "own")]


def _couple(dice: Random, youngest: int, oldest: int) -> list[Member]:
    age = dice.randint(youngest, oldest)
    spouse = max(21, age + dice.randint(-5, 3))
    return [Member(SELF, MALE, age, "own", True), Member(SPOUSE, FEMALE, spouse, "other", True)]


def _elders(dice: Random) -> list[Member]:
    return _couple(dice, 60, 86)


def _two(dice: Random) -> list[Member]:
    return _couple(dice, 24, 58)


def _with_children(dice: Random, count: int) -> list[Member]:
    pair = _couple(dice, 27, 52)
    eldest = max(0, min(24, pair[1].age - dice.randint(22, 32)))
    ages = [max(0, eldest - each * dice.randint(2, 6)) for each in range(count)]
    return pair + [_child(dice, age) for age in ages]


def _child(dice: Random, age: int) -> Member:
    is_son = dice.random() < 0.52
    return Member(SON if is_son else DAUGHTER, MALE if is_son else FEMALE, age, "head")


def _one_child(dice: Random) -> list[Member]:
    return _with_children(dice, 1)


def _two_children(dice: Random) -> list[Member]:
    return _with_children(dice, 2)


def _generations(dice: Random) -> list[Member]:
    family = _with_children(dice, dice.choice((1, 1, 2)))
    age = family[0].age + dice.randint(23, 31)
    mother = Member(PARENT, FEMALE, min(94, age), "other", True)
    father = Member(PARENT, MALE, min(94, age + dice.randint(0, 4)), "head", True)
    return family + ([mother, father] if dice.random() < 0.6 else [mother])


def _one_parent(dice: Random) -> list[Member]:
    age = dice.randint(26, 50)
    return [Member(SELF, FEMALE, age, "own"), _child(dice, max(0, age - dice.randint(22, 30)))]


def _shared(dice: Random) -> list[Member]:
    """People who share a flat and nothing else: a collective household."""
    some = [_single(dice)[0] for _ in range(dice.choice((2, 3, 3, 4)))]
    return [some[0]] + [Member(OTHER, each.sex, each.age, "own") for each in some[1:]]


_MAKERS: dict[str, Callable[[Random], list[Member]]] = {
    "single": _single, "lone_elder": _lone_elder, "elders": _elders, "two": _two, "one_child": _one_child,
    "two_children": _two_children, "generations": _generations, "one_parent": _one_parent, "shared": _shared,
}  # fmt: skip
_SORTS = tuple(_MAKERS)
_WEIGHTS = (8, 8, 13, 8, 30, 14, 12, 3, 4)
