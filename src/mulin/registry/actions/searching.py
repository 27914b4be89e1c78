"""The search rows of residents and merchants, written in the transaction of what they are about."""

from __future__ import annotations

from mulin.kernel import search
from mulin.registry.models import Merchant, Resident
from mulin.registry.search import MERCHANTS, RESIDENTS


def resident_row(resident: Resident) -> search.Row:
    """Names only: numbers are looked for by their index, which is written down."""
    names = (resident.name, resident.former_name, resident.latin_name)
    text = " ".join(name for name in names if name)
    return search.Row(resident.id, resident.entered_at, text, search.area_tokens(resident.place))


def merchant_row(merchant: Merchant) -> search.Row:
    """Its name and address, not who runs it; found from its overlay grid as well."""
    text = " ".join(each for each in (merchant.name, merchant.address) if each)
    tokens = search.area_tokens(merchant.place)
    if merchant.overlay_place:
        tokens |= search.area_tokens(merchant.overlay_place)
    return search.Row(merchant.id, merchant.entered_at, text, tokens)


def write_resident(resident: Resident) -> None:
    """Put a resident into the index, or take out a record that stands for nobody."""
    if resident.is_gone:
        search.remove(RESIDENTS, resident.id, resident.entered_at)
    else:
        search.write_many(RESIDENTS, [resident_row(resident)])


def write_merchant(merchant: Merchant) -> None:
    """Put a merchant into the index."""
    search.write_many(MERCHANTS, [merchant_row(merchant)])
