"""Mulin 睦邻: the open platform for grid-based community governance."""

__version__ = "0.1.0"
