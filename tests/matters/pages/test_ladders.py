"""The ladders at the desk: drawn, previewed, changed by whoever changes the list."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Entry
from mulin.matters.actions.climbing import tick
from mulin.matters.actions.ladders import Ladder
from mulin.matters.face import Matter, MatterRung, MatterType
from mulin.places.face import Level
from mulin.posts.face import Who
from tests.api.client import Program, said
from tests.matters.pages.desk import at_desk, words_of
from tests.matters.world import a_matter

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
HOUSE = "/desk/matter-types/ladders/"
LAMP = f"{HOUSE}010301/"
RUNG = {"percent": 60, "tells": ["turn", "lead"], "clock": ""}


def lamp() -> Ladder:
    return Ladder(MatterType.objects.get(code="010301"))


def percents(ladder: Ladder) -> list[int]:
    return [rung.percent for rung in ladder.rungs]


def test_both_ladders_of_all_are_shown() -> None:
    page = at_desk("worker").get(HOUSE)
    text = words_of(page)
    for words in (
        "Of all entries",
        "Of all urgent entries",
        "75 %",
        "Their superior",
        "It goes up a level",
        "sample",
    ):
        assert words in text
    assert "For a limit of 3 working days this is after 2 working days, 2 hours." in text
    assert "Add a step" not in text
    assert page.content.count(b"<svg") >= 2
    chinese = words_of(at_desk("worker", "zh-hans").get(HOUSE))
    for words in ("催办阶梯", "当前承办人", "示例"):
        assert words in chinese


def test_an_entry_follows_the_ladder_of_all() -> None:
    client = at_desk("worker")
    assert "follows the ladder of all" in words_of(client.get(LAMP))
    assert LAMP in client.get("/desk/matter-types/010301/").content.decode()


def test_it_costs_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = at_desk("director")
    client.get(HOUSE)
    for url in (HOUSE, LAMP):
        with django_assert_max_num_queries(18):
            client.get(url)


def test_the_director_looks_first_and_then_adds() -> None:
    client = at_desk("director")
    look = client.post(f"{LAMP}add/", RUNG | {"preview": "1"})
    assert look.status_code == 200
    assert "this is after" in words_of(look)
    assert "60 %" in words_of(look)
    assert not MatterRung.objects.exists()
    assert client.post(f"{LAMP}add/", RUNG).status_code == 303
    assert percents(lamp()) == [60, 75, 100, 150]
    assert Entry.objects.filter(code="matter_list.changed").exists()
    assert "Follow the ladder of all again" in words_of(client.get(LAMP))
    assert client.post(f"{LAMP}follow/").status_code == 303
    assert percents(lamp()) == [75, 100, 150]


def test_the_director_changes_and_takes_away() -> None:
    client = at_desk("director")
    changed = RUNG | {"percent": 90, "hand_up": "on", "clock": "handle"}
    assert client.post(f"{HOUSE}ordinary/all-75/change/", changed).status_code == 303
    assert client.post(f"{HOUSE}ordinary/all-150/end/").status_code == 303
    assert [(rung.percent, rung.clock, rung.hand_up) for rung in Ladder().rungs] == [
        (90, "handle", True), (100, None, False),
    ]  # fmt: skip
    assert client.get(f"{HOUSE}ordinary/all-75/change/").status_code == 303
    assert "To handle" in words_of(client.get(HOUSE))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"percent": 0}, "A rung comes after the beginning"),
        ({"percent": -5}, "A rung comes after the beginning"),
        ({"percent": 1001}, "1000 percent"),
        ({"percent": 75}, "already"),
        ({"tells": []}, "whom to remind"),
        ({"percent": ""}, "required"),
        ({"percent": "9" * 400}, "1000 percent"),
        ({"tells": ["emperor"]}, "emperor"),
        ({"clock": "promise"}, "promise"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(wrong: dict[str, object], words: str) -> None:
    page = at_desk("director").post(f"{LAMP}add/", RUNG | wrong)
    assert page.status_code in (400, 422)
    assert words in words_of(page)
    assert not MatterRung.objects.exists()


@pytest.mark.parametrize(
    "where", ["999999/", "010301/all-75x/end/", "010301/promise-75/end/", "ordinary/follow/"]
)
def test_what_is_not_there_is_not_found(where: str) -> None:
    assert at_desk("director").post(f"{HOUSE}{where}").status_code == 404


def test_a_rung_that_is_gone_is_said_so() -> None:
    client = at_desk("director")
    assert client.post(f"{LAMP}all-42/end/").status_code == 303
    assert "not there any more" in words_of(client.get(LAMP))


def test_programs_read_it_with_the_entry() -> None:
    entry = said(Program("worker").get("/matter-types/010301"))
    assert entry["ladder"][0] == {"percent": 75, "clock": None, "reminds": ["turn"], "hands_up": False}


def test_the_timeline_folds_what_was_reminded() -> None:
    matter = a_matter(start=Level.TOWN).matter
    Matter.objects.exclude(pk=matter.pk).update(next_rung_at=None)
    now = Matter.objects.get(pk=matter.pk).next_rung_at
    assert now
    tick(by=Who.system(now), now=now)
    text = words_of(at_desk("operator").get(f"/desk/matters/{matter.number}/"))
    assert "75 % of the time has passed" in text
    assert "reminded: Whoever has it" in text


def test_what_was_reminded_of_is_shown_as_near_its_limit() -> None:
    matter = a_matter(start=Level.TOWN).matter
    url = f"/desk/matters/{matter.number}/"
    assert "due-near" not in at_desk("operator").get(url).content.decode()
    Matter.objects.filter(pk=matter.pk).update(rung=75)
    assert "due-near" in at_desk("operator").get(url).content.decode()
