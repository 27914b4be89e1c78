"""Who lives and trades in the invented town: households, people and merchants, out of the seed."""
