"""What is shown of personal data before anyone has said why they need the whole.

The customary masks: a phone keeps its first three and last four digits, an identity number its first six
and last four, a name its first character, an address everything up to the building.
"""

import re

from mulin.kernel.unreadable import Unreadable

_AFTER_BUILDING = re.compile(r"(号楼|号院|楼|栋|幢|座|building|block)(.+)$", re.IGNORECASE | re.DOTALL)
_NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九十]+")
STAR = "*"


def _middle(text: str, first: int, last: int) -> str:
    """Keep `first` and `last` characters; a text too short to hide anything is hidden whole.

    The mark of a value that does not open hides nobody, and says why nothing is there.
    """
    if isinstance(text, Unreadable):
        return text
    if len(text) <= first + last:
        return STAR * len(text)
    return text[:first] + STAR * (len(text) - first - last) + text[len(text) - last :]


def mask_phone(phone: str) -> str:
    """138****1234; a shorter number (a landline without its area code) keeps only its last two digits."""
    return _middle(phone, 3, 4) if len(phone) >= 10 else _middle(phone, 0, 2)


def mask_identity(number: str) -> str:
    """370402********1234: the place of issue and the last four stay."""
    return _middle(number, 6, 4) if len(number) >= 15 else _middle(number, 1, 1)


def mask_name(name: str) -> str:
    """张**: the first character stays, whatever the length of the name."""
    if isinstance(name, Unreadable):
        return name
    return name[:1] + STAR * max(len(name.strip()) - 1, 0) if name else ""


def mask_address(address: str) -> str:
    """Keep an address up to its building, hide what follows; without a building, hide all numbers."""
    if _AFTER_BUILDING.search(address):
        return _AFTER_BUILDING.sub(lambda found: found[1] + STAR * 3, address)
    return _NUMBERS.sub(STAR * 2, address)
