"""Everything that writes places. Each action is atomic and writes its journal entry in the same transaction."""
