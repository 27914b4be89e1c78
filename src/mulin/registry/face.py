"""What other rooms may use of the registry."""

from mulin.registry.models import CareNeed, CareReader, Dwelling, Household, Merchant, Residence, Resident
from mulin.registry.rules.facts import FACTS, STALE_DAYS, Fact, Seen

__all__ = [
    "FACTS",
    "STALE_DAYS",
    "CareNeed",
    "CareReader",
    "Dwelling",
    "Fact",
    "Household",
    "Merchant",
    "Residence",
    "Resident",
    "Seen",
]
