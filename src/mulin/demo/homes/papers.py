"""Numbers that are well formed and nobody's: identity documents, credit codes, phones.

Identity numbers carry the division 370498, which no county ever had; credit codes the registering department
"Y", whose category 9 stands for others, with the division 000000; phones begin with 154, given to no operator.
"""

from datetime import date
from random import Random

NOWHERE = "370498"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RESIDENTS, MERCHANTS, OWNERS = "1542", "1543", "1544"


class Papers:
    """Gives out numbers, none twice."""

    def __init__(self) -> None:
        self._on_day: dict[tuple[date, bool], int] = {}
        self._phones: dict[str, int] = {}
        self._codes = 0

    def identity(self, born_on: date, *, is_male: bool) -> str:
        """GB 11643: division, birth date, order of the day (odd for men), check digit."""
        order = self._on_day.get((born_on, is_male), 0) + 1
        self._on_day[born_on, is_male] = order
        body = f"{NOWHERE}{born_on:%Y%m%d}{order * 2 - is_male:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return body + _CHECKS[total % 11]

    def phone(self, prefix: str) -> str:
        self._phones[prefix] = self._phones.get(prefix, 0) + 1
        return f"{prefix}{self._phones[prefix]:07d}"

    def credit_code(self) -> str:
        """GB 32100, with a check sign over the seventeen before."""
        self._codes += 1
        body = f"Y9000000MA{self._codes:07d}"
        total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
        return body + _SIGNS[(31 - total % 31) % 31]

    def passport(self, dice: Random) -> str:
        return f"X{dice.randrange(10**8):08d}"
