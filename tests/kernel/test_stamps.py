"""What is kept in memory is made anew after a change, in whichever process, and never after one that did not happen."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import stamps
from mulin.kernel.stamps import KINDS, PLACES, POSTS, Kept


class Undone(Exception):
    """What somebody did comes to nothing."""


@pytest.mark.django_db
def test_marks_are_read_once_a_request(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with stamps.remembered(), django_assert_num_queries(1):
        assert stamps.mark(PLACES)
        assert stamps.mark(POSTS, KINDS)
    with django_assert_num_queries(2):
        assert stamps.mark(PLACES)
        assert stamps.mark(PLACES)


@pytest.mark.django_db
def test_what_is_kept_is_made_anew_only_after_a_change() -> None:
    made: list[int] = []
    kept = Kept(lambda: made.append(1) or len(made), POSTS)  # type: ignore[func-returns-value]  # counts
    assert [kept.now(), kept.now()] == [1, 1]
    stamps.move(PLACES)
    assert kept.now() == 1
    stamps.move(POSTS)
    assert kept.now() == 2


@pytest.mark.django_db
def test_a_change_is_seen_within_the_request_that_made_it() -> None:
    with stamps.remembered():
        before = stamps.mark(POSTS)
        stamps.move(POSTS)
        assert stamps.mark(POSTS) != before


def _move_and_undo(before: str) -> None:
    with transaction.atomic():
        stamps.move(POSTS)
        assert stamps.mark(POSTS) != before
        raise Undone


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_the_mark_of_before() -> None:
    before = stamps.mark(POSTS)
    with pytest.raises(Undone):
        _move_and_undo(before)
    assert stamps.mark(POSTS) == before


@pytest.mark.django_db
def test_a_stamp_that_was_never_moved_keeps_nothing() -> None:
    kept = Kept(object, "nobody's")
    assert kept.now() is not kept.now()
    stamps.move("nobody's")
    assert kept.now() is kept.now()


@pytest.mark.usefixtures("copied_db")
def test_another_process_sees_the_change_with_its_next_request() -> None:
    """Two caches, as two web workers have them."""
    ours, theirs = (Kept(object, POSTS) for _ in range(2))
    before = ours.now(), theirs.now()
    _elsewhere(lambda: stamps.move(POSTS))
    with stamps.remembered():
        assert ours.now() is not before[0]
        assert theirs.now() is not before[1]


def _elsewhere(do: Callable[[], None]) -> None:
    def run() -> None:
        do()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
