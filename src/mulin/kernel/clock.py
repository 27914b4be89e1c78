"""The one place that asks what time it is.

Rules and actions take `now` as a parameter; only doors, tasks and the command line call this. So a test can
say what time it is, and a replayed history comes out as it did the first time.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)
