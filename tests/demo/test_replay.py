"""The history of the demo is what live acts would have made of it."""

from __future__ import annotations

import pytest

from mulin.matters.face import Matter
from tests.demo.replay import differences, forget_all, play, scripts, snapshot


@pytest.mark.only_on("postgres")  # on SQLite test_full.py plays more of a larger town
@pytest.mark.django_db
@pytest.mark.tiny_town
def test_the_tiny_history_played_live_comes_out_the_same() -> None:
    matters = list(Matter.objects.order_by("reported_at").values_list("pk", flat=True))
    assert len(matters) == 60
    before = {pk: snapshot(pk) for pk in matters}
    told = scripts(matters)
    forget_all()
    assert not Matter.objects.exists()

    play(told)

    for pk in matters:
        assert differences(snapshot(pk), before[pk]) == []
