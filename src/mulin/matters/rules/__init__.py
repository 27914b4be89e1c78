"""The closed loop as tables and pure functions: no database, no clock."""
