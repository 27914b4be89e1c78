"""Lists of homes and merchants on their way in: templates, reading, the dry run, storing in batches, undoing."""
