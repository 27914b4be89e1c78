"""Long work of the registry: lists taken in and taken out."""

from mulin.registry.exporting import work as going_out
from mulin.registry.importing import work as coming_in

__all__ = ["coming_in", "going_out"]
