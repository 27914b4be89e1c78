"""The same key from several at once makes one matter, and all are told the same."""

from __future__ import annotations

import pytest

from mulin.matters.face import Matter
from tests.api.client import Program, said
from tests.api.test_matters import a_body
from tests.support.races import at_once


@pytest.mark.tiny_town
@pytest.mark.usefixtures("copied_db")
def test_concurrent_posts_with_one_key_make_one_matter() -> None:
    program, body = Program("clerk"), a_body()
    before = Matter.objects.count()
    answers = at_once(*[lambda: program.post("/matters", body, key="same") for _ in range(4)])
    assert {getattr(answer, "status_code", answer) for answer in answers} == {201}
    assert len({said(answer)["number"] for answer in answers if not isinstance(answer, Exception)}) == 1
    assert Matter.objects.count() == before + 1
