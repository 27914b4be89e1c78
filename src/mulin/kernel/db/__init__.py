"""Database backends with our rules: foreign keys are checked at the statement, not at commit."""
