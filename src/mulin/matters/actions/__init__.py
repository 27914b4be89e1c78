"""Everything that writes a matter. Only here is a state set."""
