"""Everything that writes the registry."""
