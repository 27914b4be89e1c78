"""Everything that reads matters."""
