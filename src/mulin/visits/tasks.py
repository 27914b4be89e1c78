"""The long work of this room, for the worker to find."""

from mulin.visits.lists.work import compare_list, take_out

__all__ = ["compare_list", "take_out"]
