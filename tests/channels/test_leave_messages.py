"""Whoever stands in, is away, or has a seat's turns meanwhile is told; nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulin.channels.models import Message
from mulin.channels.tasks import send
from mulin.posts.face import Post, end_leave, enter_leave
from tests.posts import cast
from tests.posts.cast import OTHER_GRID
from tests.support.clock import NOW

pytestmark = pytest.mark.django_db


def test_the_deputy_the_absent_and_the_level_above_are_told_once() -> None:
    worker, colleague, head = cast.as_grid_worker(), cast.as_grid_worker(OTHER_GRID), cast.as_grid_head()
    person, deputy = cast.person_of(worker), cast.person_of(colleague)
    post = Post.objects.get(user=person)
    leave = enter_leave(
        person, from_at=NOW, to_at=NOW + timedelta(days=2), deputies={post.pk: deputy.pk}, by=head, now=NOW
    )
    send(NOW)
    send(NOW)
    told = {row.to_id: row for row in Message.objects.all()}
    assert set(told) == {person.pk, deputy.pk}
    assert "3月18日" in told[deputy.pk].text
    assert "3月20日" in told[deputy.pk].text
    assert told[deputy.pk].text_en.startswith(
        "You stand in at “Grid worker, Place 990402005001001” from March 18"
    )
    assert told[person.pk].kind == "leave.entered"
    assert all(row.sent_at == NOW and row.matter is None for row in told.values())
    end_leave(leave, by=worker, now=NOW + timedelta(hours=1))
    send(NOW + timedelta(hours=1))
    assert [row.to_id for row in Message.objects.filter(kind="leave.ended")] == [deputy.pk]
    names = {person.name, deputy.name}
    assert not [row for row in Message.objects.all() if any(name in row.text for name in names)]


def test_without_a_deputy_the_level_above_is_told() -> None:
    worker, head = cast.as_grid_worker(), cast.as_grid_head()
    person = cast.person_of(worker)
    enter_leave(person, from_at=NOW, to_at=NOW + timedelta(days=2), deputies={}, by=worker, now=NOW)
    send(NOW)
    (row,) = Message.objects.all()
    assert (row.kind, row.to) == ("leave.uncovered", cast.person_of(head))
    assert "网格员" in row.text
