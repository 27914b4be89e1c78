"""Allowances: so many of something in so long a time.

An allowance refills evenly, so nobody can use it twice around the turn of a window. In the common case taking
costs one conditional UPDATE, which is also what decides between two who come at once.

Take before the transaction of the act opens: in it, a refused act would give the allowance back.
"""

import ipaddress
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from mulin.kernel import lasting
from mulin.kernel.crypto import keyed_hash
from mulin.kernel.models import Throttle
from mulin.kernel.refusals import TooMany

SECOND = 1_000_000  # in microseconds, as everything below
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def take(key: str, *, limit: int, per: timedelta, now: datetime, cost: int = 1) -> None:
    """Take `cost` of the `limit` that `key` has in each `per`; raise TooMany where there is not enough left."""
    _take(key, limit, per, now, cost)
    lasting.also(partial(_charge, key, limit, per, now, cost))


def _take(key: str, limit: int, per: timedelta, now: datetime, cost: int) -> None:
    row, span, instant = _row(key), per // timedelta(microseconds=1), _micros(now)
    price = span * cost // limit
    if _taken(row, price, span, instant):
        return
    full_at = Throttle.objects.filter(id=row).values_list("full_at", flat=True).first()
    if full_at is None:
        Throttle.objects.bulk_create([Throttle(id=row, full_at=instant)], ignore_conflicts=True)
    # Also where the row is there by now: somebody else may have made it since the first try found none.
    if _taken(row, price, span, instant):
        return
    full_at = full_at if full_at is not None else instant + span
    wait = max(full_at, instant) + price - span - instant
    raise TooMany(retry_after=max(1, ceil(min(wait, span) / SECOND)))


def _charge(key: str, limit: int, per: timedelta, now: datetime, cost: int) -> None:
    """Take it once more, of whatever is left: what was given must be paid, though others came in between."""
    row, span, instant = _row(key), per // timedelta(microseconds=1), _micros(now)
    Throttle.objects.bulk_create([Throttle(id=row, full_at=instant)], ignore_conflicts=True)
    full_at = Greatest(F("full_at"), Value(instant)) + span * cost // limit
    Throttle.objects.filter(id=row).update(full_at=full_at)


def _taken(row: UUID, price: int, span: int, now: int) -> bool:
    enough = Throttle.objects.filter(id=row, full_at__lte=now + span - price)
    return price <= span and enough.update(full_at=Greatest(F("full_at"), Value(now)) + price) == 1


def _row(key: str) -> UUID:
    return UUID(bytes=keyed_hash(key, context="throttle")[:16])


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def give_back(key: str) -> None:
    """Forget what was taken under a key: after a sign-in that succeeded."""
    Throttle.objects.filter(id=_row(key)).delete()


def put_back(key: str, *, limit: int, per: timedelta, cost: int = 1) -> None:
    """Give back what was taken once: it turned out to be right, and whoever shares the key is not to pay for it."""
    price = per // timedelta(microseconds=1) * cost // limit
    Throttle.objects.filter(id=_row(key)).update(full_at=F("full_at") - price)


def sweep(now: datetime) -> int:
    """Remove rows whose allowance is whole again; the worker calls this now and then."""
    return Throttle.objects.filter(full_at__lt=_micros(now)).delete()[0]


def address(ip: str) -> str:
    """Return what stands for an internet address in a key: of IPv6 its network, which one household has whole."""
    try:
        parsed = ipaddress.ip_address(ip)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
