"""Taking over a list of former matters: read it, check every row, write it in batches, undo the whole of it."""
