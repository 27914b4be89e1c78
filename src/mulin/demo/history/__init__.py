"""The year that the town has behind it: what was raised, where, by whom, and how it was settled."""
