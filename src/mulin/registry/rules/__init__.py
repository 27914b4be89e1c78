"""Pure tables and functions of the registry: what is confirmed together, how old a fact is."""
