"""Signs of life: what runs by itself says when it last did, and since when it fails, so that somebody notices."""

from __future__ import annotations

from datetime import datetime, timedelta

from mulin.kernel.models import Beat

WORKER = "worker"
LATE = timedelta(minutes=2)  # a worker that is silent for so long is gone


def beat(name: str, now: datetime) -> int:
    """Say that it ran well."""
    Beat.objects.update_or_create(name=name, defaults={"at": now, "failing_since": None})
    return 0


def failed(name: str, now: datetime) -> None:
    """Say that it failed; since when is kept until it runs well again."""
    made, is_new = Beat.objects.get_or_create(name=name, defaults={"at": now, "failing_since": now})
    if not is_new:
        since = made.failing_since or now
        Beat.objects.filter(name=name).update(at=now, failing_since=since)


def mended(name: str, now: datetime) -> None:
    """Say that what failed before runs again; costs one statement, writes nothing where it did not fail."""
    Beat.objects.filter(name=name, failing_since__isnull=False).update(at=now, failing_since=None)


def worker_seen(now: datetime) -> bool | None:
    """Whether a worker ran just now; None where none ever did."""
    seen = Beat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    return None if seen is None else now - seen < LATE


def failing() -> list[Beat]:
    """What fails, the longest first."""
    return list(Beat.objects.filter(failing_since__isnull=False).order_by("failing_since")[:20])
