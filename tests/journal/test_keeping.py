"""Retention: a dry run says, a decision allows, a run erases and is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulin.journal.face import (
    SYSTEM,
    Entry,
    EntryText,
    Standing,
    retention_by_itself,
    retention_decide,
    retention_run,
    retention_standing,
    verify,
)
from mulin.kernel.refusals import Invalid
from tests.journal.acts import a_subject, act
from tests.support.clock import NOW

YEARS = timedelta(days=366)


def of(rule: str, now: Any = NOW) -> Standing:
    return next(each for each in retention_standing(now) if each.rule.code == rule)


def decide(rule: str, years: float, *, by_itself: bool = False) -> None:
    retention_decide(rule, years=years, by_itself=by_itself, by=SYSTEM, at=NOW)


@pytest.mark.django_db
def test_words_of_the_journal_are_emptied_and_the_chain_stays_whole() -> None:
    subject = a_subject()
    act(subject, note="somebody's words", phone="13800138000")
    later = NOW + 11 * YEARS
    assert (of("journal_text").count, of("journal_text", later).count) == (0, 2)
    assert retention_run(["journal_text"], by=SYSTEM, at=later) == {}  # nobody has decided yet
    decide("journal_text", 10)
    assert retention_run(["journal_text"], by=SYSTEM, at=later) == {"texts": 2}
    assert not EntryText.objects.exclude(text="").exists()
    assert of("journal_text", later).count == 0
    assert verify().whole
    codes = list(Entry.objects.order_by("at", "id").values_list("code", flat=True))
    assert sorted(codes) == sorted(
        ["test.happened", "retention.decided", "journal.erased", "journal.erased", "retention.ran"]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "years"), [("disclosure", 2), ("structure", 3), ("nothing", 3), ("photo", 500)]
)
def test_what_cannot_be_decided_is_refused(rule: str, years: float) -> None:
    with pytest.raises(Invalid):
        decide(rule, years)


@pytest.mark.django_db
def test_only_what_is_said_to_goes_by_itself() -> None:
    decide("photo", 3)
    decide("contact", 2, by_itself=True)
    assert retention_by_itself() == ["contact"]
    decide("contact", 2)
    assert retention_by_itself() == []


def test_what_nothing_erases_is_never_said_to_go_by_itself() -> None:
    with pytest.raises(Invalid) as refusal:
        decide("person", 5, by_itself=True)
    assert refusal.value.code == "never_by_itself"
    decide("person", 5)
    assert retention_by_itself() == []
