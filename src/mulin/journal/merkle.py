"""The root over a row of hashes, as in RFC 9162: no leaf can pass for a node. Pure, and in little memory."""

import hashlib
from collections.abc import Iterable

LEAF, NODE = b"\x00", b"\x01"
NOTHING = hashlib.sha256(b"").hexdigest()


def root(leaves: Iterable[str]) -> str:
    """The root over hashes (hexadecimal), in their order."""
    peaks: list[tuple[int, bytes]] = []  # trees that are full, each half as high as the one before or less
    for leaf in leaves:
        height, node = 0, hashlib.sha256(LEAF + bytes.fromhex(leaf)).digest()
        while peaks and peaks[-1][0] == height:
            node = _join(peaks.pop()[1], node)
            height += 1
        peaks.append((height, node))
    if not peaks:
        return NOTHING
    top = peaks.pop()[1]
    while peaks:
        top = _join(peaks.pop()[1], top)
    return top.hex()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()
