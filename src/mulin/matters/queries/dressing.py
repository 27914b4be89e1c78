"""Gives matters their type, areas and seats from memory: a list of fifty is one statement, without a join."""

from __future__ import annotations

from collections.abc import Iterable

from mulin.matters.models import Matter, Part
from mulin.matters.queries.kinds import kinds
from mulin.places.face import areas_of
from mulin.posts.face import seats_by_id


def dressed(found: Iterable[Matter]) -> list[Matter]:
    """With all that a row of a list or a move needs of what stands around a matter."""
    matters, by_id = list(found), kinds().by_id
    areas = areas_of(
        {id for each in matters for id in (each.taken_by_id, each.held_at_id, each.about_area_id) if id}
    )
    seats = seats_by_id({id for matter in matters for id in (matter.turn_id, matter.resume_turn_id) if id})
    for matter in matters:
        matter.type = by_id[matter.type_id]
        matter.taken_by, matter.held_at = areas[matter.taken_by_id], areas[matter.held_at_id]
        matter.about_area = areas[matter.about_area_id] if matter.about_area_id else None
        matter.turn = seats[matter.turn_id] if matter.turn_id else None
        matter.resume_turn = seats[matter.resume_turn_id] if matter.resume_turn_id else None
    return matters


def seat_parts(parts: Iterable[Part]) -> None:
    """Give parts their seats."""
    parts = list(parts)
    seats = seats_by_id(
        {part.seat_id for part in parts} | {part.given_by_id for part in parts if part.given_by_id}
    )
    for part in parts:
        part.seat = seats[part.seat_id]
        part.given_by = seats[part.given_by_id] if part.given_by_id else None
