"""Calls at households and merchants: planned from what is stale and needed, recorded, and what comes of them."""
