"""Places: the one tree of areas, from the province down to the entrance of a building."""
