"""The pages about dwellings, households, residents and merchants."""
