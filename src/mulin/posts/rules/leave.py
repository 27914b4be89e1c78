"""What holds for leave, without a database: how long, and among whom a deputy is looked for."""

from datetime import timedelta

from mulin.places.face import Level

LONGEST = timedelta(days=366)  # who is away for longer has a post no more


def neighbourhood(path: str) -> str:
    """The area whose staff may stand in for one another: the town, or above it the area itself."""
    return path[: Level.TOWN]
