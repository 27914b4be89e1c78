"""Join and undo: every reporter stays attached, both journals tell it, and nothing loops."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.face import Given, Matter, ReporterGiven, act, me_too, opens, withdraw_voice
from mulin.places.face import Area, Level
from tests.matters.world import NOW, a_matter, body_of, do, nobody, refused, seat_of
from tests.support.cast import OTHER_GRID

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]

WANG = ReporterGiven.with_contact("王秀英", "13812342211")
LI = ReporterGiven.with_contact("李强", "13900001111")


def two(**more: Any) -> tuple[Matter, Matter]:
    one = a_matter(start=Level.TOWN, text="路灯坏了，我住三号楼。", reporter=WANG, **more).matter
    return one, a_matter(start=Level.TOWN, text="路灯不亮。", reporter=LI).matter


def now(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def test_a_joined_matter_stands_still_and_gives_its_voice_to_the_other() -> None:
    one, main = two()
    one = do(one, "join", "operator", other=main.number)
    assert (one.state, one.joined_to, one.turn, one.due_at) == ("joined", main, None, None)
    assert now(main).voices == 2
    assert Entry.objects.filter(subject=main.pk).order_by("-seq")[0].code == "matter.got_joined"
    assert Entry.objects.filter(subject=one.pk).order_by("-seq")[0].code == "matter.joined"
    assert verify().problems == []


def test_the_code_of_the_joined_one_still_opens_it() -> None:
    raised = a_matter(start=Level.TOWN, reporter=WANG)
    main = a_matter(start=Level.TOWN, reporter=LI).matter
    do(raised.matter, "join", "operator", other=main.number)
    assert opens(now(raised.matter), raised.code)
    assert not opens(main, raised.code)


def test_undone_it_goes_on_where_it_was_and_takes_its_voice_back() -> None:
    one, main = two()
    one = do(one, "file", "operator")
    used_before = one.promise_at
    one = do(do(one, "join", "operator", other=main.number), "unjoin", "operator")
    assert (one.state, one.joined_to) == ("filed", None)
    assert one.turn is not None
    assert one.promise_at == used_before
    assert now(main).voices == 1
    assert Entry.objects.filter(subject=main.pk).order_by("-seq")[0].code == "matter.lost_joined"


def test_whoever_handled_it_has_it_no_more_and_it_comes_back_to_be_dispatched() -> None:
    one, main = two()
    one = do(do(one, "file", "operator"), "dispatch", "operator", seat=seat_of("handler"))
    one = do(one, "join", "operator", other=main.number)
    assert not one.parts.filter(to_at=None).exists()
    assert do(one, "unjoin", "operator").state == "filed"


def test_the_same_phone_counts_once() -> None:
    one = a_matter(start=Level.TOWN, reporter=WANG).matter
    main = a_matter(start=Level.TOWN, reporter=ReporterGiven.with_contact("王", "138 1234 2211")).matter
    do(one, "join", "operator", other=main.number)
    assert now(main).voices == 1


def test_several_are_joined_to_one() -> None:
    one, main = two()
    third = a_matter(start=Level.TOWN).matter
    do(one, "join", "operator", other=main.number)
    do(third, "join", "operator", other=main.number)
    assert now(main).voices == 3


def why(matter: Matter, other: str, by: str = "operator") -> str:
    told = refused(matter, "join", by, other=other)
    assert isinstance(told, Invalid)
    assert told.field == "other"
    assert str(told).strip()
    return told.code


def test_what_is_refused_is_refused_in_words() -> None:
    one, main = two()
    assert why(one, one.number) == "join_itself"
    assert why(one, "26-999999-9") == "join_unknown"
    assert why(one, "nonsense") == "join_unknown"
    declined = do(a_matter(start=Level.TOWN).matter, "decline", "operator")
    assert why(one, declined.number) == "join_over"
    joined = do(a_matter(start=Level.TOWN).matter, "join", "operator", other=main.number)
    assert why(one, joined.number) == "join_joined"
    assert why(main, one.number) == "join_has_joined"


def test_another_county_is_another_world() -> None:
    one, main = two()
    Matter.objects.filter(pk=main.pk).update(place="370403" + main.place[6:])
    assert why(one, main.number) == "join_county"


def test_what_is_secret_or_a_complaint_stays_apart() -> None:
    one, main = two()
    secret, _other = two(secret=True)
    assert why(secret, main.number) == "join_private"
    assert why(one, secret.number) == "join_private"
    Matter.objects.filter(pk=main.pk).update(about_organisation=body_of("handler"))
    assert why(one, main.number) == "join_private"


def test_only_who_may_join() -> None:
    one, main = two()
    assert isinstance(refused(one, "join", "clerk", other=main.number), NotAllowed)


def test_a_matter_that_one_may_not_read_does_not_exist() -> None:
    """The worker joins what lies in their grid, not what a colleague has."""
    mine, theirs = a_matter().matter, a_matter().matter
    other = Area.objects.get(path=OTHER_GRID)
    Matter.objects.filter(pk=theirs.pk).update(place=OTHER_GRID, taken_by=other, held_at=other, turn=None)
    assert why(mine, theirs.number, by="worker") == "join_unknown"


def test_what_others_were_joined_to_is_not_withdrawn() -> None:
    one, main = two()
    do(one, "join", "operator", other=main.number)
    with pytest.raises(Invalid) as told:
        act(now(main), "withdraw", given=Given(), by=nobody(), now=NOW, as_reporter=True)
    assert told.value.code == "others_rely"


def test_an_act_without_the_other_one_is_impossible() -> None:
    one, _main = two()
    assert isinstance(refused(one, "join", "operator", other=""), Invalid)


def test_a_voice_that_is_taken_back_counts_no_more_where_it_was_joined_to() -> None:
    one, main = two()
    voice = me_too(one, by=nobody(), now=NOW, reporter=ReporterGiven.with_contact("赵", "13700002222"))
    do(now(one), "join", "operator", other=main.number)
    assert now(main).voices == 3
    withdraw_voice(now(one), voice.reporter, by=nobody(), now=NOW)
    assert now(main).voices == 2
