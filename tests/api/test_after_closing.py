"""Programs after a matter was closed: nobody answered, second looks, figures; and who does what."""

from __future__ import annotations

import pytest

from mulin.matters.models import Recheck
from tests.api.client import Program, said
from tests.matters.world import NOW, ReporterGiven, a_matter, do

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
CALLER = ReporterGiven.with_contact("王女士", "15400001234")


@pytest.fixture
def drawn(settings: object) -> Recheck:
    settings.MULIN_MICRO_CHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings
    settings.MULIN_RECHECK_SHARE = 1.0  # type: ignore[attr-defined]  # pytest-django's settings
    matter = do(a_matter(reporter=CALLER).matter, "file", "worker")
    return Recheck.objects.get(matter=do(do(matter, "hand_in", "worker"), "confirm", "head"))


def test_a_second_look_is_blind_and_answered_once(drawn: Recheck) -> None:
    checker = Program("checker")
    [row] = said(checker.get("/rechecks"))
    assert (row["id"], row["text"]) == (str(drawn.pk), drawn.matter.text)
    assert not {"parts", "turn", "reporter", "number"} & set(row)
    blind = checker.get(f"/matters/{drawn.matter.number}")
    assert (blind.status_code, said(blind)["code"]) == (403, "blind")
    assert checker.post(f"/rechecks/{drawn.pk}", {"answer": "not_solved"}).status_code == 422
    done = checker.post(f"/rechecks/{drawn.pk}", {"answer": "not_solved", "note": "还是不亮"})
    assert said(done)["answer"] == "not_solved"
    assert checker.post(f"/rechecks/{drawn.pk}", {"answer": "solved"}).status_code == 404
    assert checker.get(f"/matters/{drawn.matter.number}").status_code == 200
    moves = said(Program("head").get(f"/matters/{drawn.matter.number}/moves"))["moves"]
    assert {"redo", "uphold"} <= {each["code"] for each in moves}


def test_the_figures_name_part_and_whole(drawn: Recheck) -> None:
    Program("checker").post(f"/rechecks/{drawn.pk}", {"answer": "solved"})
    whole = said(Program("operator").get("/figures/solved"))[0]
    assert whole["confirmed"] == {"part": 1, "whole": 1, "percent": None, "low": None, "high": None}
    assert Program("worker").get("/figures/solved", area="110101001").status_code == 404


def test_nobody_answered(drawn: Recheck) -> None:
    told = said(Program("operator").post(f"/matters/{drawn.matter.number}/not-reached", {"note": "无人接听"}))
    assert told["tries"] == 1
    assert told["again_at"] > NOW.isoformat()


def test_who_does_what() -> None:
    rows = said(Program("worker").get("/who-does-what"))
    assert {"circulation": "micro", "function": "files", "roles": ["grid_worker"], "own": False} in rows
    assert len(rows) == 15


def test_what_came_again_says_so(drawn: Recheck) -> None:
    again = a_matter().matter
    assert said(Program("head").get(f"/matters/{again.number}"))["recurrence"] == 1
