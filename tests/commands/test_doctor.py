"""`mulin doctor` says what is wrong, and how to mend it."""

from __future__ import annotations

import json

from mulin.kernel import beats
from mulin.kernel.clock import now
from tests.commands.conftest import MakePlace
from tests.commands.town import Town


def test_it_says_the_same_as_the_page_and_ends_with_1_where_something_is_broken(town: Town) -> None:
    done = town.mulin("doctor")
    assert done.code == 1
    assert "✘ Worker: No worker runs" in done.out
    assert "✔ Database:" in done.out
    with town.entered():
        beats.beat(beats.WORKER, now())
    assert "✔ Worker" in town.mulin("doctor").out


def test_programs_read_it_as_json(town: Town) -> None:
    found = json.loads(town.mulin("doctor", "--json").out)
    assert {"code": "database", "colour": "green"}.items() <= found[0].items()


def test_where_there_is_no_town_it_says_so(place: MakePlace) -> None:
    assert "There is no town here yet" in place("nowhere").mulin("doctor").refusal
