"""What is stored of who lives and trades where."""

from mulin.registry.models.care import CareNeed, CareReader
from mulin.registry.models.dwelling import Dwelling
from mulin.registry.models.household import Household, Residence
from mulin.registry.models.merchant import Merchant
from mulin.registry.models.resident import Resident

__all__ = ["CareNeed", "CareReader", "Dwelling", "Household", "Merchant", "Residence", "Resident"]
