"""What the journal is told of what begins and ends, by hand or in bulk alike: ids, codes and paths, never words."""

from __future__ import annotations

from mulin.journal.face import Json
from mulin.registry.models import Dwelling, Household, Merchant, Residence, Resident

Facts = dict[str, Json]


def dwelling_entered(dwelling: Dwelling) -> Facts:
    return {"path": dwelling.place, "source": str(dwelling.source)}


def household_opened(household: Household) -> Facts:
    return {"path": household.place, "dwelling": household.dwelling_id, "source": str(household.source)}


def resident_registered(resident: Resident) -> Facts:
    return {"path": resident.place, "source": str(resident.source)}


def residence_begun(residence: Residence) -> Facts:
    return {
        "residence": residence.id,
        "dwelling": residence.dwelling_id,
        "household": residence.household_id,
        "path": residence.place,
        "from": residence.from_on,
    }


def residence_ended(residence: Residence) -> Facts:
    return {"residence": residence.id, "on": residence.to_on}


def merchant_entered(merchant: Merchant) -> Facts:
    return {"path": merchant.place, "source": str(merchant.source)}
