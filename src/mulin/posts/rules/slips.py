"""The code on a printed slip: by it somebody signs in for the first time and chooses a password."""

from __future__ import annotations

from datetime import timedelta

# Without letters and digits that are mistaken for one another, aloud or on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
GROUP = 5
VALID_FOR = timedelta(days=7)
AT_ONCE = 100  # slips of one print


def shown(code: str) -> str:
    """As it is printed: "ABCDE-23456"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normal(text: str) -> str:
    """As it is compared: however somebody typed it."""
    return "".join(sign for sign in text.upper() if sign in ALPHABET)[: LENGTH * 2]
