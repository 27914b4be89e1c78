"""The key ring on paper: for the safe, and back."""

import hashlib
import re
from base64 import b32decode, b32encode
from binascii import Error

from django.utils.translation import gettext as _

from mulin.kernel.keyring import ROOT_BYTES, KeyRing
from mulin.kernel.refusals import Invalid

GROUP, LINE = 4, 20  # characters
_LINE = re.compile(
    r"^\s*key\s+(\d+)\s+line\s+(\d+)\s*:\s*([A-Z0-9 ]+)\s*/\s*([A-Z0-9]{4})\s*$", re.IGNORECASE
)


def sheet(ring: KeyRing) -> str:
    """Return the ring as text: A to Z and 2 to 7 in groups of four, a check behind each line."""
    lines = []
    for number, root in sorted(ring.roots.items()):
        packed = b32encode(root).decode().rstrip("=")
        for index, start in enumerate(range(0, len(packed), LINE), start=1):
            lines.append(_written(number, index, packed[start : start + LINE]))
    return "\n".join(lines) + "\n"


def _written(number: int, index: int, letters: str) -> str:
    groups = " ".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))
    return f"key {number} line {index}: {groups} / {_check(number, index, letters)}"


def _check(number: int, index: int, letters: str) -> str:
    digest = hashlib.sha256(f"{number}:{index}:{letters}".encode()).digest()
    return b32encode(digest).decode()[:GROUP]


def restore_from_sheet(text: str) -> KeyRing:
    """Return the ring a sheet describes. A line typed wrong is named; other text is passed over."""
    letters: dict[int, dict[int, str]] = {}
    for line in filter(None, map(_LINE.match, text.splitlines())):
        number, index, packed = int(line[1]), int(line[2]), line[3].upper().replace(" ", "")
        packed = packed.replace("0", "O").replace("1", "I").replace("8", "B")
        if _check(number, index, packed) != line[4].upper():
            raise Invalid(
                _("Line %(line)d of key %(key)d is not typed right.") % {"line": index, "key": number}
            )
        letters.setdefault(number, {})[index] = packed
    if not letters:
        raise Invalid(_("There is no key on this sheet."))
    return KeyRing({number: _root(number, lines) for number, lines in letters.items()})


def _root(number: int, lines: dict[int, str]) -> bytes:
    packed = "".join(lines[index] for index in sorted(lines))
    try:
        root = b32decode(packed + "=" * (-len(packed) % 8))
    except Error:
        root = b""
    if len(root) != ROOT_BYTES or sorted(lines) != list(range(1, len(lines) + 1)):
        raise Invalid(_("A line of key %(key)d is missing.") % {"key": number})
    return root
