"""Outcomes with their reason, reopening by whoever is affected, asking how it went, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulin.journal.face import Entry, verify
from mulin.kernel.refusals import Invalid, NotAllowed
from mulin.matters.actions.following_up import not_reached
from mulin.matters.actions.me_too import me_too
from mulin.matters.actions.reopening import main_to_reopen
from mulin.matters.face import (
    Filters,
    Given,
    Matter,
    Outcome,
    Part,
    Reporter,
    ReporterGiven,
    Show,
    act,
    listed,
    offers,
)
from mulin.places.face import Level
from tests.matters.world import NOW, a_matter, do, nobody, refused, seat_of, the

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
DAY = timedelta(days=1)
CALLER = ReporterGiven.with_contact("王女士", "15400001234")


@pytest.fixture(autouse=True)
def everything_is_checked(settings: object) -> None:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings
    settings.MULIN_RECHECK_SHARE = 0.0  # type: ignore[attr-defined]  # pytest-django's settings


def through(matter: Matter) -> Matter:
    """Filed, handed in, confirmed."""
    return do(do(do(matter, "file", "worker"), "hand_in", "worker"), "confirm", "head")


def handled() -> Matter:
    return do(do(a_matter(reporter=CALLER).matter, "file", "worker"), "hand_in", "worker")


def closed() -> Matter:
    return through(a_matter(reporter=CALLER).matter)


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.SOLVED])
def test_any_other_outcome_than_solved_says_why(outcome: Outcome) -> None:
    matter = handled()
    told = refused(matter, "confirm", "head", outcome=outcome, reason=" ")
    assert (told.code, told.field) == ("missing", "reason")
    assert "Please fill in" not in str(told)
    assert do(matter, "confirm", "head", outcome=outcome).outcome == outcome


def test_the_reporter_has_it_reopened_three_times_and_staff_still_may() -> None:
    matter = closed()
    for _ in range(3):
        matter = by_code(matter, "reopen")
        matter = closed_again(matter)
    with pytest.raises(Invalid, match="talk to the centre"):
        by_code(matter, "reopen")
    assert do(matter, "reopen", "operator").state == "filed"


def closed_again(matter: Matter) -> Matter:
    Matter.objects.filter(pk=matter.pk).update(state="closed", closed_at=NOW, turn=None, outcome="solved")
    matter.refresh_from_db()
    return matter


def by_code(matter: Matter, code: str, voice: Reporter | None = None, days: int = 0) -> Matter:
    who = nobody(NOW + days * DAY)
    given = Given(reason="还没有修好。")
    return act(matter, code, given=given, by=who, now=who.now, as_reporter=True, voice=voice)


def test_staff_reopening_does_not_use_up_what_reporters_may() -> None:
    matter = closed()
    for _ in range(4):
        matter = closed_again(do(matter, "reopen", "operator"))
    assert by_code(matter, "reopen").reopen_count == 5


def test_too_late_is_too_late() -> None:
    with pytest.raises(Invalid, match="too long ago"):
        by_code(closed(), "reopen", days=31)


def test_one_person_has_five_reopened_in_thirty_days() -> None:
    matters = [a_matter(reporter=CALLER).matter for _ in range(6)]
    other = a_matter(reporter=ReporterGiven.with_contact("李先生", "15400005678")).matter
    for matter in matters[:5]:
        by_code(through(matter), "reopen")
    with pytest.raises(Invalid, match="several matters reopened lately"):
        by_code(through(matters[5]), "reopen")
    assert by_code(through(other), "reopen").state == "filed"


def test_a_voice_may_have_it_reopened() -> None:
    raised = a_matter(reporter=CALLER).matter
    voice = me_too(
        raised, reporter=ReporterGiven.with_contact("李先生", "15400005678"), by=nobody(), now=NOW
    ).reporter
    assert by_code(through(raised), "reopen", voice).state == "filed"


def test_whoever_raised_a_joined_one_may_reopen_the_main_one() -> None:
    main, other = a_matter(reporter=CALLER).matter, a_matter().matter
    other = do(other, "join", "worker", other=main.number)
    assert main_to_reopen(other, NOW) is None
    through(main)
    other = Matter.objects.select_related("joined_to").get(pk=other.pk)
    found = main_to_reopen(other, NOW)
    assert found == main
    assert found
    assert by_code(found, "reopen", other.reporters.get()).state == "filed"
    assert main_to_reopen(other, NOW + 31 * DAY) is None


def test_a_reporter_makes_no_move_of_staff() -> None:
    """With a code, or as the account that raised it: only what is a reporter's."""
    matter = closed()
    for code in ("follow_up", "hold", "urge"):
        with pytest.raises((NotAllowed, Invalid)):
            by_code(matter, code)


def test_what_to_ask_about_waits_some_days_and_only_with_a_contact() -> None:
    raised, quiet = a_matter(reporter=CALLER).matter, a_matter().matter
    matter, silent = through(raised), through(quiet)
    assert to_ask(days=0) == []
    assert to_ask(days=4) == [matter]
    assert silent.follow_up_at is None
    by_code(matter, "reopen")
    assert to_ask(days=4) == []


def to_ask(days: int, username: str = "operator") -> list[Matter]:
    """Of those that a test has raised: the tiny town has a history of its own."""
    rows = listed(the(username, NOW + days * DAY), Filters(show=Show.FOLLOW_UP), limit=200).rows
    return [matter for matter in rows if matter.reported_at == NOW]


def test_the_operator_asks_and_writes_down_the_answer() -> None:
    matter = do(closed(), "follow_up", "operator", solved=True, rating=4)
    assert (matter.state, matter.rating, matter.solved) == ("assessed", 4, True)
    assert to_ask(days=4) == []
    assert not Part.objects.filter(matter=matter, kind="decide").exists()


def test_whoever_handled_it_does_not_ask() -> None:
    assert refused(closed(), "follow_up", "worker").code == "excluded"


def test_nobody_answered_it_is_tried_again_and_then_left() -> None:
    matter = closed()
    for tried in (1, 2, 3):
        later = NOW + (4 + 2 * tried) * DAY
        not_reached(matter, note="无人接听", by=the("operator", later), now=later)
        assert matter.follow_tries == tried
    assert to_ask(days=40) == []
    with pytest.raises(Invalid):
        not_reached(matter, by=the("operator"), now=NOW)
    assert Entry.objects.filter(subject=matter.pk, code="matter.not_reached").count() == 3
    assert verify().problems == []


def test_an_unsatisfied_answer_waits_for_the_superior_who_has_it_done_again() -> None:
    matter = do(closed(), "follow_up", "operator", solved=False, rating=1)
    part = Part.objects.get(matter=matter, kind="decide")
    assert (part.ask, part.seat.role) == ("unsatisfied", "grid_head")
    queue = listed(the("head"), Filters(show=Show.MINE), limit=200).rows
    assert matter in queue
    codes = {offer.code for offer in offers(matter, the("head"))}
    assert {"redo", "uphold"} <= codes
    assert not {"redo", "uphold"} & {offer.code for offer in offers(matter, the("worker"))}
    matter = do(matter, "redo", "head")
    assert (matter.state, matter.rating, matter.reopen_count) == ("filed", None, 1)


def test_or_explains_and_leaves_it_closed() -> None:
    matter = by_rating(closed(), 2)
    matter = do(matter, "uphold", "head", reason="灯已换，当晚查看正常。")
    assert (matter.state, matter.rating) == ("assessed", 2)
    assert Part.objects.get(matter=matter, kind="decide").answer == "refused"
    assert matter not in listed(the("head"), Filters(show=Show.MINE), limit=200).rows


def by_rating(matter: Matter, rating: int) -> Matter:
    who = nobody()
    return act(matter, "rate", given=Given(rating=rating), by=who, now=who.now, as_reporter=True)


def test_at_the_town_it_waits_for_the_centre() -> None:
    matter = a_matter(reporter=CALLER, start=Level.TOWN).matter
    matter = do(do(matter, "file", "operator"), "dispatch", "operator", seat=seat_of("handler"))
    matter = do(do(matter, "accept", "handler"), "hand_in", "handler")
    matter = by_rating(do(matter, "confirm", "worker"), 1)
    part = Part.objects.get(matter=matter, kind="decide")
    assert part.seat.role in ("centre_director", "centre_operator")


def test_who_is_content_troubles_nobody() -> None:
    assert not Part.objects.filter(matter=by_rating(closed(), 5), kind="decide").exists()
