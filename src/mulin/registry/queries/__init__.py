"""Everything that reads the registry."""
