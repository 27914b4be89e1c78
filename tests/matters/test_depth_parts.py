"""One leads, others assist; what is returned three times, a meeting decides; what is somebody else's is handed over."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.options import Choosing
from mulin.matters.face import Matter, MatterType, SeatKey
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.rules.moves import find
from tests.matters.pages.desk import brought_to
from tests.matters.pages.ways import returned_three_times, unchecked, unsatisfied, with_assistant
from tests.matters.world import NOW, do, refused, seat_of, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def told(matter: Matter, code: str, by: str, why: str, **given: Any) -> None:
    refusal = refused(matter, code, by, **given)
    assert isinstance(refusal, Invalid)
    assert (refusal.code, str(refusal)) == (why, str(WHY_IMPOSSIBLE[why]))


def offered(matter: Matter, code: str) -> list[str]:
    move = find(code, matter.state, matter.held_level)
    assert move
    return [choice.key.role for choice in Choosing(matter).of(move)]


def test_each_part_has_a_deadline_of_its_own() -> None:
    matter = do(brought_to("handling"), "assist", "operator", seat=seat_of("police"), amount=1)
    part = matter.parts.get(kind="assist")
    assert part.due_at
    assert matter.due_at
    assert part.due_at < matter.due_at
    assert matter.turn
    assert matter.turn.role == seat_of("handler").role, "the lead keeps the turn"
    assert matter in Matter.objects.waiting_for([the("police").seats[0].pk])


def test_the_lead_waits_for_whoever_assists() -> None:
    matter = with_assistant("handling")
    told(matter, "hand_in", "handler", "assists_open")
    matter = do(matter, "assist_done", "police")
    assert do(matter, "hand_in", "handler").state == "handled"


def test_nobody_assists_twice_nor_whoever_leads() -> None:
    matter = with_assistant("handling")
    told(matter, "assist", "operator", "assists_already", seat=seat_of("police"))
    told(matter, "assist", "operator", "assists_already", seat=seat_of("handler"))
    move = find("release", matter.state, matter.held_level)
    assert move
    assert [choice.key for choice in Choosing(matter).of(move)] == [seat_of("police")]


def test_only_who_assists_is_released() -> None:
    matter = with_assistant("handling")
    told(matter, "release", "operator", "not_assisting", seat=seat_of("handler"))
    matter = do(matter, "release", "operator", seat=seat_of("police"))
    told(matter, "release", "operator", "nobody_assists", seat=seat_of("police"))


def test_without_a_lead_there_is_no_joint_handling() -> None:
    matter = brought_to("handling")
    matter.parts.filter(kind="lead").update(to_at=NOW)
    told(matter, "assist", "operator", "no_lead", seat=seat_of("police"))


def test_only_who_was_called_in_has_a_part_to_finish() -> None:
    matter = with_assistant("handling")
    refusal = refused(matter, "assist_done", "handler")
    assert isinstance(refusal, NotAllowed)
    assert refusal.code == "not_asked"


def test_the_parts_end_with_the_matter() -> None:
    matter = do(with_assistant("handling"), "return", "handler")
    assert not matter.parts.filter(to_at=None).exists()


def test_the_third_return_calls_a_meeting_and_what_it_decides_stands() -> None:
    matter = brought_to("filed")
    told(matter, "coordinate", "operator", "no_meeting", seat=seat_of("handler"))
    matter = returned_three_times()
    assert (matter.return_count, matter.meeting) == (3, True)
    told(matter, "dispatch", "operator", "meeting_first", seat=seat_of("handler"))
    matter = do(matter, "coordinate", "operator", seat=seat_of("handler"))
    assert (matter.state, matter.meeting) == ("dispatched", False)
    told(matter, "return", "handler", "decided_by_meeting")
    told(matter, "hand_over", "handler", "decided_by_meeting", seat=seat_of("police"))
    assert do(matter, "accept", "handler").state == "handling"


def test_it_is_handed_to_its_owner_and_nobody_gets_it_twice_that_way() -> None:
    matter = do(brought_to("dispatched"), "hand_over", "handler", seat=seat_of("police"))
    assert (matter.state, matter.handover_count) == ("dispatched", 1)
    assert matter.turn
    assert matter.turn.organisation == the("police").seats[0].organisation
    told(matter, "hand_over", "police", "been_there", seat=seat_of("handler"))
    move = find("hand_over", matter.state, matter.held_level)
    assert move
    assert not {seat_of("police"), seat_of("handler")} & {choice.key for choice in Choosing(matter).of(move)}


def test_what_may_not_go_to_grids_is_offered_to_no_grid() -> None:
    matter = brought_to("filed")
    MatterType.objects.filter(pk=matter.type_id).update(to_grids=False)
    matter.refresh_from_db()
    assert not {"grid_worker", "building_head", "unit_head"} & set(offered(matter, "dispatch"))
    grid = brought_to("reported", grid=True)
    MatterType.objects.filter(pk=grid.type_id).update(to_grids=False)
    told(grid, "file", "worker", "not_for_grids", seat=SeatKey("grid_worker", area=grid.taken_by_id))


def test_what_nobody_checks_may_be_objected_to() -> None:
    assert do(unchecked(), "object", "instructor").turn is not None
    checked = brought_to("handled", by=the("instructor"))
    told(checked, "object", "instructor", "being_checked")


def test_an_answer_that_is_not_satisfied_goes_to_the_superior() -> None:
    matter = unsatisfied()
    part = matter.parts.get(kind="decide", to_at=None)
    assert part.ask == "unsatisfied"
    assert do(matter, "redo", "director").state == "filed"
    again = do(unsatisfied(), "uphold", "director", reason="已按规定处理")
    assert (again.state, again.parts.get(kind="decide").answer) == ("assessed", "refused")


def test_urging_and_supervising_are_counted() -> None:
    matter = brought_to("handling")
    for _time in range(2):
        matter = do(matter, "urge", "operator")
    matter = do(matter, "supervise", "director")
    assert (matter.urge_count, matter.supervise_count) == (2, 1)
    assert isinstance(refused(matter, "supervise", "operator"), NotAllowed)
