"""Check digits: of identity numbers (GB 11643), of organisations' codes (GB 32100), of bank cards (Luhn). Pure."""

from __future__ import annotations

import re
from datetime import date

IDENTITY_DIGITS, CREDIT_CODE_SIGNS = 18, 18
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_CREDIT_CODE = re.compile(rf"[{_CREDIT_SIGNS}]{{2}}[0-9]{{6}}[{_CREDIT_SIGNS}]{{10}}")
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def identity_check(first: str) -> str:
    """The check character of the first 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _IDENTITY_WEIGHTS, strict=True))
    return _IDENTITY_CHECKS[total % 11]


def is_identity(number: str) -> bool:
    """Whether this is an identity number of 18 places: its form, its date and its check character."""
    if not _IDENTITY.fullmatch(number) or identity_born(number) is None:
        return False
    return identity_check(number[:17]) == number[17]


def identity_born(number: str) -> date | None:
    """The birth date in an identity number; None where its digits are no day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def credit_code_check(first: str) -> str:
    """The check character of the first 17 of a unified social credit code."""
    values = (_CREDIT_SIGNS.index(sign) for sign in first)
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether this is a unified social credit code of 18 places: its signs and its check character."""
    return bool(_CREDIT_CODE.fullmatch(code)) and credit_code_check(code[:17]) == code[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = [int(each) * (2 if n % 2 else 1) for n, each in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
