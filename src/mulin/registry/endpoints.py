"""The registry's operations, for the API to mount."""

from mulin.registry.endpoints_asked import router as asked
from mulin.registry.endpoints_care import router as care
from mulin.registry.endpoints_lists import router as lists
from mulin.registry.endpoints_people import router as people
from mulin.registry.endpoints_privacy import router as privacy
from mulin.registry.endpoints_records import router as records

__all__ = ["asked", "care", "lists", "people", "privacy", "records"]
