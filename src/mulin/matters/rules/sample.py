"""Which self-settled matters of the grid are looked at again: the more there is to doubt, the more likely.

Each doubt multiplies a weight that begins at 1. With base share b and weight w, the matter is drawn with

    share = 1 - (1 - b) ** (w / MEAN)

which stays between 0 and 1, grows with every doubt, is 0 where the town checks nothing and 1 where it checks all.
MEAN is what the weights come to on the average of an ordinary town (`ORDINARY`: a sample, as the weights are), so
that in total about the base share is drawn: risk moves the checks to where they are worth more, and does not
multiply them. The draw itself is keyed: nobody can tell beforehand, and everybody can prove it afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

NO_PHOTO = 2.0
OWN_REPORT = 1.5
DANGER = 3.0
AGAIN = 1.0  # each time it has come back, up to three
REWORK = 1.0  # each time it was sent back, up to three
MANY_FROM = 5  # so many a day by one seat are nothing unusual
MANY = 0.1  # each one more, up to twenty
MEAN = 1.8


@dataclass(frozen=True)
class Risk:
    """What there is to doubt about a matter that somebody settled by themselves."""

    photo: bool = True  # it shows how it looks now
    own_report: bool = False  # whoever settled it had raised it
    danger: bool = False  # of a kind that may hurt somebody
    again: int = 0  # how often the same came back at the same place
    settled_today: int = 0  # by the same seat, before this one
    reworks: int = 0  # how often it was sent back already


ORDINARY: tuple[tuple[float, Risk], ...] = (
    (0.30, Risk()),
    (0.20, Risk(photo=False)),
    (0.25, Risk(own_report=True)),
    (0.12, Risk(photo=False, own_report=True)),
    (0.05, Risk(again=1)),
    (0.03, Risk(danger=True)),
    (0.03, Risk(settled_today=15, own_report=True)),
    (0.02, Risk(reworks=1, photo=False)),
)
"""How often which doubts come together: a sample of an ordinary town."""


def weight(risk: Risk) -> float:
    """1 for a matter that gives no doubt; what there is to doubt multiplies it."""
    return prod(
        (
            1.0 if risk.photo else NO_PHOTO,
            OWN_REPORT if risk.own_report else 1.0,
            DANGER if risk.danger else 1.0,
            1 + AGAIN * min(max(risk.again, 0), 3),
            1 + REWORK * min(max(risk.reworks, 0), 3),
            1 + MANY * min(max(risk.settled_today - MANY_FROM, 0), 20),
        )
    )


def share(base: float, risk: Risk) -> float:
    """How likely a matter of this risk is drawn, where about `base` of all are."""
    kept = 1 - min(max(base, 0.0), 1.0)
    return float(1.0 - kept ** (weight(risk) / MEAN))
