"""Who was in their grid, how much of it was called on, and how far campaigns are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from mulin.channels.face import Message, send
from mulin.journal.face import (
    EntryText,
    Subject,
    retention_decide,
    retention_run,
    retention_standing,
    timeline,
    verify,
)
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.posts.face import Permission, appoint, assign_duty, may
from mulin.registry.face import Household, Resident, erase_resident, move_out
from mulin.visits.face import (
    Call,
    Campaign,
    CampaignTask,
    CheckIn,
    Chosen,
    Plan,
    Visit,
    check_in,
    close_campaign,
    coverage,
    do_task,
    do_tasks,
    due,
    in_need,
    presence,
    record_visit,
    set_campaign,
    spare_task,
    widen_campaign,
)
from mulin.visits.rules.choosing import years_before
from mulin.visits.rules.dates import monday
from mulin.visits.rules.presence import Cadre, Seen, week_of
from mulin.visits.rules.spreading import Door, spread
from tests.api.client import Program, said
from tests.matters.world import the, the_building, the_grid
from tests.registry.world import a_building_elsewhere, a_dwelling, a_household, a_merchant, a_resident, a_unit
from tests.support.clock import NOW
from tests.visits.test_pages import at_the_desk, residence_at

TODAY = NOW.date()
MONDAY = monday(TODAY)
WORKING = [MONDAY + timedelta(days=n) for n in range(5)]
UNTIL = TODAY + timedelta(days=14)
GAS = Plan(network="peace", title="入户查燃气", until_on=UNTIL)
town = pytest.mark.usefixtures("db")
pytestmark = [pytest.mark.tiny_town]


def seen(person: UUID, days: int, place: str = "37040200501000100001") -> list[Seen]:
    return [Seen(person, place, MONDAY + timedelta(days=n)) for n in range(days)]


class TestRules:
    """Without a database."""

    def test_three_days_in_their_own_grid_are_enough(self) -> None:
        there, twice, elsewhere = uuid4(), uuid4(), uuid4()
        cadres = [Cadre(each, ("370402005010001",)) for each in (there, twice, elsewhere)]
        found = [*seen(there, 3), *seen(there, 1), *seen(twice, 2), *seen(elsewhere, 4, "370402005010002")]
        week = week_of(cadres, found, WORKING, days=3)
        assert [line.enough for line in week.lines] == [True, False, False]
        assert (week.asked, week.enough, week.percent, week.reached(80)) == (3, 1, 33, False)

    def test_who_is_away_for_most_of_the_week_is_not_asked(self) -> None:
        away, short = uuid4(), uuid4()
        cadres = [
            Cadre(away, ("37",), frozenset(WORKING[:3])),
            Cadre(short, ("37",), frozenset(WORKING[:2])),
        ]
        week = week_of(cadres, [], WORKING, days=3)
        assert [line.asked for line in week.lines] == [False, True]
        assert week_of([], [], WORKING, days=3).reached(80) is None

    def test_four_in_five_reach_what_is_asked(self) -> None:
        people = [uuid4() for _each in range(5)]
        cadres = [Cadre(each, ("37",)) for each in people]
        four, three = ([each for person in people[:n] for each in seen(person, 3)] for n in (4, 3))
        assert week_of(cadres, four, WORKING, days=3).reached(80)
        assert not week_of(cadres, three, WORKING, days=3).reached(80)
        assert week_of(cadres, three, WORKING, days=3).reached(60)

    def test_neighbours_are_called_on_the_same_day(self) -> None:
        doors = [Door(f"{building}{n}", (building, n, "")) for n in range(4) for building in "AB"]
        plan = spread(doors, WORKING[:2], a_day=4)
        assert {thing[0]: day for thing, day in plan} == {"A": WORKING[0], "B": WORKING[1]}
        assert len(spread(doors, WORKING[:1], a_day=3)) == 3
        assert spread(doors, []) == []
        assert spread([], WORKING) == []

    @pytest.mark.parametrize(
        ("day", "years", "found"),
        [
            (date(2026, 3, 18), 60, date(1966, 3, 18)),
            (date(2028, 2, 29), 1, date(2027, 2, 28)),
            (date(2026, 1, 1), 130, date(1896, 1, 1)),
        ],
    )
    def test_whoever_was_born_by_that_day_is_so_old(self, day: date, years: int, found: date) -> None:
        assert years_before(day, years) == found


@town
@pytest.mark.django_db
class TestInTheTown:
    """With one."""

    def test_calls_and_check_ins_count_for_cadres_within_their_ground(self) -> None:
        cadre = the("instructor")
        assert cadre.user
        appoint(cadre.user, role="cadre", area=the_grid(), by=the("sysadmin"), now=NOW)
        assign_duty(cadre.user, area=the_grid(), by=the("sysadmin"), now=NOW)
        check_in(the_grid(), by=the("instructor"), now=NOW)
        record_visit(a_household(), Call(at=NOW - timedelta(days=1)), by=the("instructor"), now=NOW)
        record_visit(
            a_household(), Call(at=NOW - timedelta(days=2), way="phone"), by=the("instructor"), now=NOW
        )
        village = the_grid().path[:12]
        shown = presence(village, MONDAY, now=NOW)
        (line,) = (line for line in shown.week.lines if line.person == cadre.user.pk)
        assert line.days == (TODAY - timedelta(days=1), TODAY)
        assert the_grid().label in shown.grounds[cadre.user.pk]

    def test_how_often_and_how_many_is_the_towns_to_say(self, settings: Any) -> None:
        cadre, page = the("instructor"), reverse("presence")
        assert cadre.user
        appoint(cadre.user, role="cadre", area=the_grid(), by=the("sysadmin"), now=NOW)
        check_in(the_grid(), by=cadre, now=NOW)
        desk = at_the_desk("head")
        assert "in their grid on 3 days or more" in desk.get(page).content.decode()
        settings.MULIN_PRESENCE_DAYS, settings.MULIN_PRESENCE_SHARE = 1, 60
        assert "in their grid on 1 day or more" in (shown := desk.get(page).content.decode())
        assert "1 of 1 cadre" in shown
        assert "the 60 % asked for are reached" in shown
        told = said(Program("head").get("/visits/presence"))
        assert (told["days"], told["share"], told["enough"]) == (1, 60, 1)

    def test_coverage_counts_each_home_once_and_says_of_how_many(self) -> None:
        homes = [a_household() for _each in range(4)]
        Household.objects.filter(pk__in=[each.pk for each in homes[:3]]).update(
            confirmed_at=NOW - timedelta(days=300)
        )
        for _each in range(2):
            record_visit(homes[0], Call(at=NOW), by=the("worker"), now=NOW)
        record_visit(homes[1], Call(at=NOW, met=False), by=the("worker"), now=NOW)
        (line,) = (each for each in coverage(the_grid().path, days=30, now=NOW) if each.area == the_grid())
        assert (line.whole, line.visited, line.confirmed, line.visited_percent) == (4, 1, 1, 25)
        shops = [a_merchant(), a_merchant()]
        record_visit(shops[0], Call(at=NOW), by=the("worker"), now=NOW)
        (line,) = coverage(the_grid().path, days=30, now=NOW, merchants=True)
        assert (line.whole, line.visited) == (2, 1)

    def test_the_longest_unconfirmed_comes_first_and_pages_go_on(self) -> None:
        homes = [a_household() for _each in range(3)]
        for n, home in enumerate(homes):
            Household.objects.filter(pk=home.pk).update(confirmed_at=NOW - timedelta(days=300 + n))
        first, key = due(the("worker"), the_grid().path, days=180, limit=2)
        rest, end = due(the("worker"), the_grid().path, days=180, after=key)
        assert [each.target for each in first + rest] == homes[::-1]
        assert not end
        assert due(the("worker"), the_grid().path, days=180, after="rubbish")[0]
        assert due(the("building"), the_grid().path, days=180) == ([], "")

    def test_a_need_shows_only_to_who_may_read_it_and_never_by_its_name(self) -> None:
        from mulin.registry.face import CareNeed, CareReader

        home = a_household()
        wang = a_resident(home, relation="0")
        need = CareNeed.objects.create(
            resident=wang, kind="lives_alone", purpose="探望", basis="consent", basis_text="同意书", from_on=TODAY,
            until_on=UNTIL, granted_by=the("head").user.pk, granted_at=NOW,  # type: ignore[union-attr]  # the cast has accounts
        )  # fmt: skip
        assert in_need(the("worker"), the_grid().path) == []
        CareReader.objects.create(need=need, seat=the("worker").seats[0])
        CareReader.objects.create(
            need=need, seat=next(s for s in the("worker").seats if s.area == the_grid())
        )
        (found,) = in_need(the("worker"), the_grid().path)
        assert found.target == home
        record_visit(home, Call(at=NOW), by=the("worker"), now=NOW)
        assert in_need(the("worker"), the_grid().path) == []

    def test_a_campaign_asks_those_whom_it_chooses_and_tells_the_grid(self) -> None:
        rented = a_household(a_dwelling(use="rented"))
        old = a_resident(rented, relation="0", born_on=date(1940, 1, 1))
        a_household(a_dwelling(use="rented"))
        a_resident(a_household(), relation="0", born_on=date(1940, 1, 1))
        plan = Plan(
            network="livelihood", title="高龄津贴", until_on=UNTIL, chosen=Chosen(use="rented", age_from=80)
        )
        campaign = set_campaign(the_grid(), plan, by=the("head"), now=NOW)
        assert old.is_here
        assert [task.household for task in campaign.tasks.all()] == [rented]
        send(NOW)
        told = Message.objects.get(kind="campaign.set", to=the("worker").user)
        assert "1" in told.text_en
        assert not EntryText.objects.filter(entry=told.entry).exists()

    def test_what_cannot_be_a_campaign_is_refused_with_words(self) -> None:
        head = the("head")
        for plan, field in (
            (Plan(network="peace", title=" ", until_on=UNTIL), "title"),
            (Plan(network="peace", title="x", until_on=TODAY - timedelta(days=1)), "until_on"),
            (
                Plan(network="peace", title="x", until_on=UNTIL, chosen=Chosen(age_from=90, age_to=80)),
                "chosen",
            ),
            (Plan(network="peace", title="x", until_on=UNTIL, whom="grids", done_by="visit"), "done_by"),
            (GAS, "chosen"),  # nobody lives here yet
        ):
            with pytest.raises(Invalid) as refused:
                set_campaign(the_grid(), plan, by=head, now=NOW)
            assert refused.value.field == field
        with pytest.raises(NotAllowed):
            set_campaign(the_grid(), GAS, by=the("worker"), now=NOW)
        assert not Campaign.objects.exists()

    def test_a_task_is_done_once_and_new_homes_are_taken_in(self) -> None:
        home, worker = a_household(), the("worker")
        elsewhere = a_household(a_dwelling(area=a_unit(a_building_elsewhere())))
        village = the("head").seats[0].area
        assert village
        campaign = set_campaign(village, GAS, by=the("head"), now=NOW)
        task = CampaignTask.objects.select_related("campaign").get(household=home)
        other = CampaignTask.objects.select_related("campaign").get(household=elsewhere)
        do_task(task, by=worker, now=NOW)
        with pytest.raises(Conflict):
            do_task(task, by=worker, now=NOW)
        assert do_tasks([task], by=worker, now=NOW) == 0
        assert not may(worker, Permission.VISIT_RECORD, other)
        with pytest.raises(Invalid, match="say why"):
            spare_task(
                CampaignTask.objects.select_related("campaign").get(pk=other.pk),
                note=" ",
                by=the("head"),
                now=NOW,
            )
        a_household()
        assert widen_campaign(campaign, by=the("head"), now=NOW) == 1
        assert widen_campaign(campaign, by=the("head"), now=NOW) == 0
        close_campaign(campaign, by=the("head"), now=NOW)
        with pytest.raises(Invalid, match="closed"):
            do_task(CampaignTask.objects.select_related("campaign").get(pk=other.pk), by=the("head"), now=NOW)

    def test_what_was_noted_at_a_task_goes_with_whoever_it_may_name(self) -> None:
        home, other, worker = a_household(), a_household(), the("worker")
        person = a_resident(home, relation="0")
        village = the("head").seats[0].area
        assert village
        set_campaign(village, GAS, by=the("head"), now=NOW)
        for each in (home, other):
            task = CampaignTask.objects.select_related("campaign").get(household=each)
            spare_task(task, note="王秀英说不用", by=worker, now=NOW)
        move_out(residence_at(home), on=TODAY, by=the("operator"), now=NOW)
        erase_resident(Resident.objects.get(pk=person.pk), by=the("head"), now=NOW)
        task = CampaignTask.objects.get(household=home)
        assert (task.note, task.stage) == ("", "spared")
        assert timeline(Subject("campaign_task", task.pk))[-1].code == "campaign_task.emptied"
        assert CampaignTask.objects.get(household=other).note == "王秀英说不用"

    def test_one_task_for_each_grid(self) -> None:
        village = the("head").seats[0].area
        assert village
        plan = Plan(network="civility", title="清理楼道", until_on=UNTIL, whom="grids")
        campaign = set_campaign(village, plan, by=the("head"), now=NOW)
        assert the_grid() in [task.area for task in campaign.tasks.select_related("area")]

    def test_lists_hold_what_may_allows(self) -> None:
        worker = the("worker")
        record_visit(a_household(), Call(at=NOW), by=worker, now=NOW)
        elsewhere = a_household(a_dwelling(area=a_unit(a_building_elsewhere())))
        record_visit(elsewhere, Call(at=NOW), by=the("head"), now=NOW)
        for who in (worker, the("head"), the("building"), the("county"), the("auditor")):
            seen_by = set(Visit.objects.visible_to(who))
            assert seen_by == {each for each in Visit.objects.all() if may(who, Permission.VISIT_READ, each)}

    def test_after_its_time_what_was_said_is_emptied_and_the_chain_holds(self) -> None:
        visit = record_visit(
            a_household(), Call(at=NOW, said="腿疼", agreed="再来"), by=the("worker"), now=NOW
        )
        check_in(the_building(), by=the("worker"), now=NOW)
        later = NOW + timedelta(days=4 * 366)
        by = the("director").actor()
        (rule,) = (each for each in retention_standing(later) if each.rule.code == "visit")
        assert {each.name: each.count for each in rule.due} == {"visits": 1, "check_ins": 1, "tasks": 0}
        assert retention_run(["visit"], by=by, at=later) == {}  # nobody has decided yet
        retention_decide("visit", years=3, by_itself=False, by=by, at=later)
        retention_run(["visit"], by=by, at=later)
        visit.refresh_from_db()
        assert (visit.said, visit.agreed, visit.erased_at) == ("", "", later)
        assert not CheckIn.objects.exists()
        assert not verify().problems
