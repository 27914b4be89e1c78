"""Split into several, referred above the county, corrected: what belongs together stays together."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.options import centres_above
from mulin.matters.face import Given, Matter, MatterType, Outcome, act
from mulin.matters.labels import WHY_IMPOSSIBLE
from mulin.matters.models import MatterLimit
from mulin.matters.rules.case import Portion
from mulin.places.face import Level
from mulin.posts.face import Post, Who
from tests.matters.pages.desk import another_kind, brought_to
from tests.matters.pages.ways import at_county, referred
from tests.matters.world import NOW, ReporterGiven, a_matter, do, refused, seat_of, the
from tests.support.cast import GRID, OTHER_GRID

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

ZHANG = ReporterGiven.with_contact("张三", "13812345678")


def told(matter: Matter, code: str, by: str, why: str, **given: Any) -> None:
    refusal = refused(matter, code, by, **given)
    assert isinstance(refusal, Invalid)
    assert (refusal.code, str(refusal)) == (why, str(WHY_IMPOSSIBLE[why]))


def portions(matter: Matter, *texts: str) -> tuple[Portion, ...]:
    return tuple(Portion(matter.type.code, text) for text in texts)


def test_each_thing_gets_a_number_and_is_filed_with_the_same_holder() -> None:
    matter = brought_to("filed", reporter=ZHANG)
    matter = do(matter, "split", "operator", portions=portions(matter, "井盖坏了", "树倒了"))
    children = list(matter.split.order_by("reported_at", "number"))
    assert matter.split_count == len(children) == 2
    assert {child.state for child in children} == {"filed"}
    assert {child.held_at_id for child in children} == {matter.held_at_id}
    assert all(child.turn and child.due_at for child in children)
    assert len({child.number for child in (*children, matter)}) == 3
    assert not children[0].reporters.exists(), "they follow through the whole"
    assert matter.state == "filed"
    assert verify().problems == []


def test_the_whole_closes_last() -> None:
    whole = brought_to("handling")
    whole = do(whole, "split", "operator", portions=portions(whole, "井盖坏了"))
    whole = do(whole, "hand_in", "handler")
    told(whole, "confirm", "worker", "children_open")
    child = whole.split.get()
    child = do(child, "dispatch", "operator", seat=seat_of("handler"))
    child = do(do(do(child, "accept", "handler"), "hand_in", "handler"), "confirm", "worker")
    assert child.state == "closed"
    assert do(whole, "confirm", "worker").state == "closed"


@pytest.mark.parametrize(
    "parts",
    [(), (Portion("", "x"),), (Portion("999999", "x"),), tuple(Portion("", str(n)) for n in range(6))],
)
def test_a_split_into_nothing_changes_nothing(parts: tuple[Portion, ...]) -> None:
    matter = brought_to("filed")
    before = Matter.objects.count()
    assert isinstance(refused(matter, "split", "operator", portions=parts), Invalid)
    assert Matter.objects.count() == before
    assert isinstance(refused(matter, "split", "clerk", portions=portions(matter, "x")), NotAllowed)


def test_a_text_of_nothing_is_no_portion() -> None:
    matter = brought_to("filed")
    told(matter, "split", "operator", "portions", portions=portions(matter, "  "))


def test_the_centre_above_gets_a_case_of_its_own_and_not_who_raised_it() -> None:
    matter = a_matter(start=Level.TOWN, reporter=ZHANG, text="张三说水库要垮。").matter
    matter = do(matter, "pass_up", "operator")
    matter = do(
        matter, "refer", "county", seat=centres_above(matter)[0].key, note="水库大坝渗水，需市里处置。"
    )
    assert (matter.state, matter.turn) == ("referred", None)
    above = Matter.objects.get(number=matter.referral)
    assert (above.referred_from, above.held_level, above.place) == (matter.number, 4, matter.place[:4])
    assert "张三" not in above.text + above.title
    assert not above.reporters.exclude(contact=None).exists()
    assert above.text == "水库大坝渗水，需市里处置。"
    assert verify().problems == []


def test_the_outcome_comes_back_to_be_checked() -> None:
    matter = referred()
    above = Matter.objects.get(number=matter.referral)
    above = act(above, "decline", given=Given(reason="不属市级事权"), by=city_operator(above), now=NOW)
    assert above.state == "declined"
    matter.refresh_from_db()
    assert matter.state == "handled"
    assert matter.turn is not None
    last = Entry.objects.filter(subject=matter.pk).order_by("-seq")[0]
    assert last.code == "matter.referral_answered"
    assert [each.text for each in last.texts.all()] == ["不属市级事权"]


def city_operator(above: Matter) -> Who:
    """Somebody sits at the city's centre now."""
    somebody = the("checker").user
    assert somebody
    assert above.turn
    Post.objects.create(user=somebody, seat=above.turn, from_at=NOW)
    return the("checker")


def test_taken_back_it_is_settled_here_and_the_answer_changes_nothing_any_more() -> None:
    matter = referred()
    above = Matter.objects.get(number=matter.referral)
    matter = do(matter, "recall", "county")
    assert matter.state == "filed"
    assert Entry.objects.filter(subject=above.pk).order_by("-seq")[0].code == "matter.referral_recalled"
    act(above, "decline", given=Given(reason="不受理"), by=city_operator(above), now=NOW)
    matter.refresh_from_db()
    assert matter.state == "filed"


def test_only_the_county_refers() -> None:
    matter = brought_to("filed")
    told(matter, "refer", "operator", "pass_up_first", seat=centres_above(at_county())[0].key)
    assert isinstance(refused(at_county(), "refer", "county", seat=seat_of("handler")), Invalid)


def test_the_right_kind_has_its_own_limits_and_starts_again() -> None:
    matter = brought_to("handling")
    code = another_kind(matter)
    kind = MatterType.objects.get(code=code)
    MatterLimit.objects.filter(type=kind, clock="promise").delete()
    MatterLimit.objects.create(type=kind, clock="promise", amount=60, unit="workday", from_at=NOW)
    promise = matter.promise_at
    matter = do(matter, "correct", "operator", kind=code)
    assert (matter.type.code, matter.state, matter.public) == (code, "filed", kind.public)
    assert matter.turn
    assert matter.turn.role == "centre_operator"
    assert not matter.parts.filter(kind="lead", to_at=None).exists()
    assert matter.promise_at > promise


def test_at_the_right_place_whoever_works_there_has_it() -> None:
    matter = a_matter().matter
    assert matter.taken_by.path == GRID
    matter = do(matter, "correct", "operator", place=OTHER_GRID)
    assert (matter.place, matter.taken_by.path, matter.held_at.path) == (OTHER_GRID, OTHER_GRID, OTHER_GRID)
    assert matter.turn
    assert matter.turn.area
    assert matter.turn.area.path == OTHER_GRID
    assert matter.filed_place != matter.place, "the past stays as it was"


@pytest.mark.parametrize("given", [{}, {"kind": "999999"}, {"place": "370403"}, {"place": "nonsense"}])
def test_a_correction_that_corrects_nothing_is_refused(given: dict[str, str]) -> None:
    matter = brought_to("filed")
    assert isinstance(refused(matter, "correct", "operator", **given), Invalid)
    assert isinstance(refused(matter, "correct", "checker", **given), NotAllowed)


def test_the_outcome_of_a_confirmed_case_comes_back_in_its_words() -> None:
    matter = referred()
    above = Matter.objects.get(number=matter.referral)
    by = city_operator(above)
    Matter.objects.filter(pk=above.pk).update(state="handled")
    above.refresh_from_db()
    act(above, "confirm", given=Given(reason="大坝已加固", outcome=Outcome.SOLVED), by=by, now=NOW)
    matter.refresh_from_db()
    assert matter.state == "handled"
