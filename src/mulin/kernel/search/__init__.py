"""Search in Chinese and Latin text: an index of pairs of characters, with permission in the same look-up.

Chinese has no blanks between words and dictionaries split it wrongly, so each pair of neighbouring
characters is indexed; a query is looked up as a phrase of its pairs. A row also carries tokens of the areas
and organisations that may see it. Text and tokens are separate columns: nobody gives themselves a
permission by writing it down.

Each room has its own table, made by `CreateSearchTable` in a migration and declared by `declare`; it is
written in the transaction of the row it is about.
"""

from mulin.kernel.search.grams import bigrams
from mulin.kernel.search.operations import CreateSearchTable, search_table_operations
from mulin.kernel.search.table import (
    Found,
    Row,
    declare,
    declared,
    find,
    rebase_tokens,
    remove,
    write,
    write_many,
    write_new,
)
from mulin.kernel.search.tokens import area_token, area_tokens, organisation_token, own_token

__all__ = [
    "CreateSearchTable",
    "Found",
    "Row",
    "area_token",
    "area_tokens",
    "bigrams",
    "declare",
    "declared",
    "find",
    "organisation_token",
    "own_token",
    "rebase_tokens",
    "remove",
    "search_table_operations",
    "write",
    "write_many",
    "write_new",
]
