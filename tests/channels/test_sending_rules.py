"""May it be sent: the rule apart from sending. And: in which words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulin.channels.rules.sending import Asked, Later, No, Why, Yes, may_send
from mulin.channels.rules.texts import fields_in, fill, has_loose_brace, unknown_fields
from mulin.channels.texts import LANGUAGES, kinds
from mulin.kernel.worktime import MONDAY_TO_FRIDAY
from mulin.matters.rules.moves import MOVES
from mulin.matters.rules.telling import KINDS, TELLS, Audience, audience_of, tellings
from tests.support.clock import NOW

NIGHT = NOW.replace(hour=23)
OPENING = NOW.replace(hour=8, minute=30) + timedelta(days=1)


def test_in_working_hours_it_goes_at_once() -> None:
    assert may_send(Asked(calendar=MONDAY_TO_FRIDAY), NOW) == Yes()


def test_at_night_it_waits_for_the_morning() -> None:
    assert may_send(Asked(calendar=MONDAY_TO_FRIDAY), NIGHT) == Later(OPENING)


def test_over_the_weekend_it_waits_for_monday() -> None:
    friday = NIGHT + timedelta(days=2)
    assert may_send(Asked(calendar=MONDAY_TO_FRIDAY), friday) == Later(OPENING + timedelta(days=4))


def test_an_emergency_waits_for_nobody_and_cannot_be_muted() -> None:
    assert may_send(Asked(urgent=True, muted=True, calendar=MONDAY_TO_FRIDAY), NIGHT) == Yes()


def test_a_resident_has_no_working_hours() -> None:
    assert may_send(Asked(calendar=None), NIGHT) == Yes()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(sees=False, urgent=True), Why.UNSEEN),
        (Asked(overtaken=True, urgent=True), Why.OVERTAKEN),
        (Asked(knows=True, urgent=True), Why.KNOWN),
        (Asked(muted=True), Why.MUTED),
        (Asked(sees=False, knows=True), Why.UNSEEN),
    ],
)
def test_what_is_not_sent_says_why(asked: Asked, why: Why) -> None:
    assert may_send(asked, NOW) == No(why)


def test_every_line_of_the_flow_says_whom_it_tells() -> None:
    assert {move.entry for move in MOVES} - set(TELLS) == set()


def test_a_rung_tells_those_that_it_names() -> None:
    assert [each.kind for each in tellings("matter.reminded", ["superior"])] == ["superior.reminder"]
    assert tellings("nothing.of.the.kind") == ()


def test_every_kind_has_its_text_in_both_languages() -> None:
    assert set(KINDS) | {"digest.waiting"} == set(kinds())
    for kind in kinds().values():
        assert set(kind.texts) == set(LANGUAGES)
        for text in kind.texts.values():
            assert unknown_fields(text, kind.fields) == ()
            assert not has_loose_brace(text)
        assert fields_in(kind.texts["en"]) or kind.code.startswith("digest")
        assert set(fields_in(kind.texts["en"])) == set(fields_in(kind.texts["zh-hans"]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_begins_with_its_audience(kind: str) -> None:
    assert audience_of(kind) in Audience


def test_no_field_is_about_a_person() -> None:
    """Neither who raised it nor how to reach them can be written into a text, whoever writes it."""
    named = {field for kind in kinds().values() for field in kind.fields}
    assert named == {
        "number", "title", "type", "state", "who", "place", "due", "promise", "outcome", "rating", "other", "count",
    }  # fmt: skip


def test_fields_are_filled_in_and_what_has_no_value_stays() -> None:
    assert fill("{number} “{title}” {x}", {"number": "A1"}) == "A1 “{title}” {x}"
    assert unknown_fields("{number} {name} {name}", ["number"]) == ("name",)
    assert has_loose_brace("a { b")
    assert not has_loose_brace("a {b} c")
