"""`mulin demo`: builds the town once, whole or not at all, and says so when it cannot start."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys

import pytest

from mulin.commands import demo
from mulin.commands.facts import facts
from mulin.demo.models import DemoTown
from mulin.journal.face import Entry
from mulin.matters.face import Annals, Matter
from mulin.places.face import Area
from mulin.posts.face import User, demo_cast
from tests.support.clock import NOW
from tests.support.databases import Home


@pytest.mark.parametrize(
    ("wish", "environ", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        (None, {"DEMO_LANG": "zh-hans", "LANG": "en_US.UTF-8"}, "zh-hans"),
        (None, {"DEMO_LANG": "zh-CN"}, "zh-hans"),
        ("en", {"DEMO_LANG": "zh-hans"}, "en"),
    ],
)
def test_the_language_is_the_one_wished_for_or_the_environments(
    wish: str | None, environ: dict[str, str], language: str
) -> None:
    assert demo.chosen_language(wish, environ) == language


def test_an_unknown_language_is_refused_in_one_sentence() -> None:
    with pytest.raises(SystemExit, match="There is no language 'fr'"):
        demo.chosen_language(None, {"DEMO_LANG": "fr"})


def test_it_is_built_once_and_then_kept(copied_db: Home) -> None:
    demo.build("tiny", "en", None)
    assert Matter.objects.count() == 60
    assert set(User.objects.values_list("language", flat=True)) == {"en"}
    built = DemoTown.objects.get()
    demo.build("tiny", "zh-hans", 7)
    assert DemoTown.objects.get() == built
    assert Matter.objects.count() == 60


def test_a_build_broken_off_leaves_nothing_and_is_done_again(
    copied_db: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_arguments: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Annals, "store_entries", power_cut)
        with pytest.raises(KeyboardInterrupt):
            demo.build("tiny", "en", None)
    for model in (Area, User, Matter, Entry):
        assert not model._default_manager.exists()
    demo.build("tiny", "en", None)
    assert Matter.objects.count() == 60


@pytest.mark.tiny_town
def test_a_real_town_is_left_alone(copied_db: Home) -> None:
    DemoTown.objects.all().delete()
    with pytest.raises(SystemExit, match="There is a real town in this database"):
        demo.build("tiny", "en", None)


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_only_a_demo_town_offers_its_cast(settings: object) -> None:
    settings.MULIN_DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings
    assert {person.username for person in demo_cast()} >= {"worker", "head", "operator", "handler", "auditor"}
    DemoTown.objects.all().delete()
    assert demo_cast() == []


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_the_figures_of_the_town() -> None:
    found = facts(NOW)
    assert found["areas.village"] == 1
    assert (found["areas.grid.basic"], found["areas.grid.exclusive"], found["areas.grid.overlay"]) == (
        2,
        1,
        1,
    )
    assert (found["areas.building"], found["areas.unit"]) == (12, 20)
    assert found["matters.total"] == sum(found["matters.by_state"].values()) == 60
    assert found["posts"] > 50
    assert found["entries"] == Entry.objects.count()
    json.dumps(found)


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: object) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        environ = {**os.environ, "MULIN_HOME": str(tmp_path), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "mulin.cli", "demo", "--size", "tiny", "--port", str(port)]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} is in use" in done.stderr


def test_the_settings_are_those_of_serve() -> None:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    arguments = parser.parse_args(["--port", "8123", "--build-only", "--seed", "5"])
    assert (arguments.port, arguments.build_only, arguments.seed, arguments.size) == (8123, True, 5, "full")
