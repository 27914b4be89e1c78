"""Tokens that say who may find a row: areas by their path and all above it, organisations, persons."""

from collections.abc import Iterable, Mapping
from uuid import UUID

LEVEL_LENGTHS = (2, 4, 6, 9, 12, 15, 17, 22, 24)  # digits of a path, from province to unit
AREA, EXACT, ORGANISATION, OWN = "a", "x", "o", "p"


def area_token(path: str) -> str:
    """What to look for to find the rows in an area."""
    return f"{AREA}{path}"


def area_tokens(path: str) -> set[str]:
    """What a row at `path` carries: the area, each above it, and the path itself, by which it can be moved."""
    above = {area_token(path[:length]) for length in LEVEL_LENGTHS if length < len(path)}
    return above | {area_token(path), f"{EXACT}{path}"}


def organisation_token(id: UUID) -> str:
    """What a row carries that an organisation may see, and what to look for as one of its people."""
    return f"{ORGANISATION}{id.hex}"


def own_token(person: UUID) -> str:
    """What a row carries that a person has a share in, and what they look for."""
    return f"{OWN}{person.hex}"


def exact_token(path: str) -> str:
    return f"{EXACT}{path}"


def moved(tokens: Iterable[str], moves: Mapping[str, str]) -> set[str]:
    """Return tokens with the exact paths in `moves` replaced, and the areas worked out anew."""
    tokens = set(tokens)
    kept = {token for token in tokens if token[:1] not in (AREA, EXACT)}
    paths = {token[1:] for token in tokens if token[:1] == EXACT}
    return kept.union(*(area_tokens(moves.get(path, path)) for path in paths))
