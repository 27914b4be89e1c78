"""What is stored of who lives and trades where."""

from mulin.registry.models.care import CareNeed, CareReader
from mulin.registry.models.dwelling import Dwelling
from mulin.registry.models.glass import BreakGlass, Judged
from mulin.registry.models.household import Household, Residence
from mulin.registry.models.importing import (
    HomeExport,
    HomeImport,
    HomeImportBefore,
    HomeImportFinding,
    HomeImportPart,
)
from mulin.registry.models.linking import RecordLink
from mulin.registry.models.merchant import Merchant
from mulin.registry.models.proposals import Proposal
from mulin.registry.models.requests import DataRequest
from mulin.registry.models.resident import Resident

__all__ = [
    "BreakGlass",
    "CareNeed",
    "CareReader",
    "DataRequest",
    "Dwelling",
    "HomeExport",
    "HomeImport",
    "HomeImportBefore",
    "HomeImportFinding",
    "HomeImportPart",
    "Household",
    "Judged",
    "Merchant",
    "Proposal",
    "RecordLink",
    "Residence",
    "Resident",
]
