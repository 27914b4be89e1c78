"""Everything that reads: querysets with named methods, one module a noun."""
