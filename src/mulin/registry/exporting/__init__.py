"""Lists of homes, residents and merchants on their way out: masked or revealed, always on record, always marked."""
