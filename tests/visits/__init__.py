"""Visits, days in the grid, campaigns."""
