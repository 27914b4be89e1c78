"""May it be sent, and in which words: tables and pure functions."""
