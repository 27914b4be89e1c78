"""Official numbers that people read aloud: "26-000138-5".

Two digits of the year, a running number of at least six digits, and a check digit by H. Damm's quasigroup,
which notices every single wrong digit and every swap of two neighbours. So a misheard number is refused at
once instead of leading to somebody else's matter.
"""

import re

from mulin.kernel.text import digits

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\uff0d/]+")
YEAR_DIGITS, LEAST_DIGITS, MOST_DIGITS = 2, 6, 9


def check_digit(number: str) -> str:
    """Return the digit that, put behind `number`, makes it valid."""
    interim = 0
    for digit in number:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def with_check(year: int, n: int) -> str:
    """Return the official number of the `n`th thing of `year` (2026 or 26), from 1 to 999,999,999."""
    if not 0 < n < 10**MOST_DIGITS:
        raise ValueError(f"a running number lies between 1 and {10**MOST_DIGITS - 1}, not {n}")
    body = f"{year % 100:02d}{n:0{LEAST_DIGITS}d}"
    return f"{body[:YEAR_DIGITS]}-{body[YEAR_DIGITS:]}-{check_digit(body)}"


def parse(text: str) -> str | None:
    """Return the number in its one written form, or None where it is no valid number.

    Takes it as people write it: with or without dashes and spaces, with full-width digits. Anything else in
    the text (a letter, a second number) makes it no number: guessing would open a stranger's matter.
    """
    if len(text) > 64:
        return None
    packed = _SEPARATORS.sub("", text)
    plain = digits(packed)
    if (
        len(plain) != len(packed)
        or not YEAR_DIGITS + LEAST_DIGITS < len(plain) <= YEAR_DIGITS + MOST_DIGITS + 1
    ):
        return None
    if check_digit(plain[:-1]) != plain[-1]:
        return None
    return f"{plain[:YEAR_DIGITS]}-{plain[YEAR_DIGITS:-1]}-{plain[-1]}"
