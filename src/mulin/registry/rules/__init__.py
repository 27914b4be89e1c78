"""Pure tables and functions of the registry: code lists, what may be confirmed, how old a fact is."""
