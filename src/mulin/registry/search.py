"""The registry's search tables: names of residents and of merchants, by pairs of characters within one's area."""

from mulin.kernel import search

RESIDENTS = search.declare("registry_resident_search")
MERCHANTS = search.declare("registry_merchant_search")
