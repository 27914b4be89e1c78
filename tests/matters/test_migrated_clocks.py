"""A town of before: its running turns and promises get the clocks behind their dates."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from mulin.matters.face import Matter, Part
from tests.matters.world import a_matter, do

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def test_what_runs_gets_its_clock_and_what_is_over_none() -> None:
    raised = a_matter().matter
    handled = do(a_matter().matter, "file", "worker")
    Matter.objects.update(due_clock="", due_from=None, promise_from=None)
    Part.objects.update(clock_from=None)
    import_module("mulin.matters.migrations.0005_clocks_of_running_turns").start(apps, None)
    for matter, clock in ((raised, "file"), (handled, "handle")):
        matter.refresh_from_db()
        assert (matter.due_clock, matter.due_from) == (clock, matter.state_at)
        assert matter.promise_from == matter.reported_at
    part = handled.parts.get()
    assert part.clock_from == part.from_at
    assert (
        not Matter.objects.filter(state__in=("closed", "assessed", "declined")).exclude(due_clock="").exists()
    )
