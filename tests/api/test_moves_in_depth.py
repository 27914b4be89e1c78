"""Every new thing that a move asks, asked of programs; and what they are told of parts and ties."""

from __future__ import annotations

from typing import Any

import pytest

from mulin.matters.face import Matter
from mulin.places.face import Level
from tests.api.client import Program, said
from tests.matters.pages.desk import another_kind, brought_to
from tests.matters.world import a_matter, do, seat_of
from tests.support.clock import IN_TWO_WEEKS

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def moved(username: str, matter: Matter, code: str, **body: Any) -> dict[str, Any]:
    answer = Program(username).post(
        f"/matters/{matter.number}/moves/{code}", {"note": "n", "reason": "r"} | body
    )
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = said(answer)
    return told


def test_time_is_asked_in_the_unit_of_the_limit_and_granted() -> None:
    matter = brought_to("handling")
    told = moved("handler", matter, "ask_time", amount=1)
    part = next(each for each in told["parts"] if each["kind"] == "decide")
    assert (part["ask"], part["amount"], part["answer"]) == ("extension", 1, "")
    told = moved("director", matter, "grant_time")
    assert told["extension_count"] == 1
    assert next(each for each in told["parts"] if each["kind"] == "decide")["answer"] == "granted"


def test_on_hold_until_a_day() -> None:
    told = moved("operator", brought_to("handling"), "hold", until=IN_TWO_WEEKS.isoformat())
    assert (told["state"], told["turn"]) == ("on_hold", None)


def test_joined_split_and_corrected() -> None:
    main, matter = a_matter(start=Level.TOWN).matter, brought_to("filed")
    told = moved("operator", matter, "split", portions=[{"type": matter.type.code, "text": "井盖坏了"}])
    assert told["split_count"] == 1
    child = matter.split.get()
    assert said(Program("operator").get(f"/matters/{child.number}"))["split_from"] == matter.number
    told = moved("operator", child, "join", other=main.number)
    assert (told["state"], told["joined_to"]) == ("joined", main.number)
    code = another_kind(main)
    assert moved("operator", main, "correct", kind=code)["type"] == code


def test_each_move_says_to_whom_it_may_give_the_matter() -> None:
    matter = do(brought_to("handling"), "assist", "operator", seat=seat_of("police"))
    told = said(Program("operator").get(f"/matters/{matter.number}/moves"))
    seats = {each["code"]: [seat["value"] for seat in each["seats"]] for each in told["moves"]}
    assert len(seats["release"]) == 1
    assert seats["release"][0] not in seats["assist"]


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("hold", {"until": "2026-02-30"}),
        ("hold", {"until": ""}),
        ("hold", {"until": "9999-12-31"}),
        ("hold", {"until": "0001-01-01"}),
        ("join", {"other": "26-999999-9"}),
        ("join", {"other": ""}),
        ("split", {"portions": []}),
        ("split", {"portions": [{"type": "x", "text": "y"}]}),
        ("split", {"portions": [{"type": "010301", "text": "y"}] * 6}),
        ("assist", {"seat": "x", "amount": 1}),
        ("assist", {"seat": "", "amount": -1}),
        ("correct", {"kind": "nothing"}),
        ("correct", {"place": "abc"}),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(code: str, body: dict[str, Any]) -> None:
    matter = brought_to("handling")
    before = Matter.objects.values().get(pk=matter.pk)
    answer = Program("operator").post(
        f"/matters/{matter.number}/moves/{code}", {"note": "n", "reason": "r"} | body
    )
    assert answer.status_code == 422, answer.content
    assert Matter.objects.values().get(pk=matter.pk) == before
