"""Who lives where, and who trades where: entered once, confirmed at the door, and it is known who looked."""
