"""Numbers that reach or name a person: phones, identity numbers, bank cards; however they were grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mulin.kernel.checkdigits import passes_luhn

PHONE, IDENTITY, CARD = "phone", "identity", "card"
_MOST_GROUPS = 19  # each digit by itself, at worst
_MOST_DIGITS = 19
_USUAL_GROUPS = 6
_LENGTHS = frozenset(range(7, _MOST_DIGITS + 1))

_GROUP = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[ \-().·]{1,3}")
_MOBILE = re.compile(r"(?:0086|86)?0?1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:(?:0086|86)0?|0)(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = re.compile(rf"[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_DATE}[0-9]{{3}}[0-9x]")
_OLD_IDENTITY = re.compile(rf"[1-9][0-9]{{5}}[0-9]{{2}}{_DATE}[0-9]{{3}}")
_CHECK_LETTER = re.compile(r"[ -]?[xX](?![a-zA-Z0-9])")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_ASKED_FOR = re.compile(
    r"(?:电话|座机|手机|号码|联系|拨打|致电|tel|phone|call)[^0-9」\]]{0,6}$", re.IGNORECASE
)
_INSIDE = re.compile(r"1[3-9][0-9]{9}")

# How people group them; any other grouping counts only where none of these fits.
_USUAL = {
    PHONE: {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (3, 7), (4, 7), (4, 8), (3, 4, 3),
            (3, 5), (10,), (12,)},
    IDENTITY: {(18,), (17,), (15,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3), (3, 3, 4, 4, 4), (6, 6, 3),
               (14, 4), (6, 12), (14, 3), (6, 11)},
}  # fmt: skip
_COUNTRY = {(4,), (2,)}


@dataclass(frozen=True)
class Number:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class _Group:
    start: int
    end: int
    joined: bool  # nothing but blanks or dashes between it and the group before

    @property
    def size(self) -> int:
        return self.end - self.start


def numbers_in(plain: str) -> Iterator[Number]:
    """Every number, those in their usual grouping first. `plain` has ASCII digits only."""
    groups = list(_groups(plain))
    free = [True] * len(groups)
    for usual in (True, False):
        at = 0
        while at < len(groups):
            number, after = _starting(plain, groups, at, free, usual=usual)
            if number:
                yield number
                free[at:after] = [False] * (after - at)
            at = after
    for group, left in zip(groups, free, strict=True):
        if left:
            yield from _within(plain, group)


def _groups(plain: str) -> Iterator[_Group]:
    before = 0
    for match in _GROUP.finditer(plain):
        joined = bool(_BETWEEN.fullmatch(plain, before, match.start()))
        yield _Group(match.start(), match.end(), joined)
        before = match.end()


def _starting(
    plain: str, groups: Sequence[_Group], at: int, free: Sequence[bool], *, usual: bool
) -> tuple[Number | None, int]:
    """The longest number that starts with this group, and the group after it."""
    for after in range(_reach(groups, at, free, _USUAL_GROUPS if usual else _MOST_GROUPS), at, -1):
        chosen = groups[at:after]
        if sum([group.size for group in chosen]) not in _LENGTHS:
            continue
        number = _number(plain, chosen, usual=usual)
        if number:
            return number, after
    return None, at + 1


def _number(plain: str, chosen: Sequence[_Group], *, usual: bool) -> Number | None:
    digits = "".join([plain[group.start : group.end] for group in chosen])
    letter = _CHECK_LETTER.match(plain, chosen[-1].end) if len(digits) == 17 else None
    kind = _kind(digits + ("x" if letter else ""), plain, chosen[0].start)
    if not kind or (usual and not _is_usual(kind, chosen, digits)):
        return None
    end = letter.end() if letter else chosen[-1].end
    return Number(kind, _with_sign(plain, chosen[0].start, kind), end)


def _reach(groups: Sequence[_Group], at: int, free: Sequence[bool], most: int) -> int:
    """How far groups may be put together: not past what is taken, nor past the longest number."""
    if not free[at]:
        return at
    after, digits = at + 1, groups[at].size
    while after < len(groups) and after - at < most and groups[after].joined and free[after]:
        digits += groups[after].size
        if digits > _MOST_DIGITS:
            break
        after += 1
    return after


def _kind(digits: str, plain: str, start: int) -> str:
    if _IDENTITY.fullmatch(digits) or _OLD_IDENTITY.fullmatch(digits):
        return IDENTITY
    if 16 <= len(digits) <= 19 and digits[0] >= "2" and digits.isdigit() and passes_luhn(digits):
        return CARD
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return PHONE
    # Without its area code it is like any other number, unless the words before it say so.
    if _LOCAL.fullmatch(digits) and _ASKED_FOR.search(plain, max(0, start - 12), start):
        return PHONE
    return ""


def _is_usual(kind: str, chosen: Sequence[_Group], digits: str) -> bool:
    shape = tuple(group.size for group in chosen)
    if len(shape) == 1:
        return True
    if kind == CARD:
        return all(size == 4 for size in shape[:-1]) or shape[0] == 6
    if kind == PHONE and shape[:1] in _COUNTRY and digits.startswith(("86", "0086")):
        shape = shape[1:]
    return shape in _USUAL[kind]


def _with_sign(plain: str, start: int, kind: str) -> int:
    """A plus or an opening bracket before a phone belongs to it."""
    while kind == PHONE and start > 0 and plain[start - 1] in "+(":
        start -= 1
    return start


def _within(plain: str, group: _Group) -> Iterator[Number]:
    """Mobile numbers written into one long row of digits without a break: at its start, and at its end."""
    start, end = group.start, group.end
    while end - start > 11 and _INSIDE.match(plain, start, end):
        yield Number(PHONE, start, start + 11)
        start += 11
    if end - start >= 11 and _INSIDE.match(plain, end - 11, end):
        yield Number(PHONE, end - 11, end)
