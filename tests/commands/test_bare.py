"""`mulin` explains itself, and says in one line what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from mulin import cli
from tests.commands.conftest import MakePlace
from tests.commands.town import Town
from tests.support.shapes import ROOT


@pytest.fixture
def nothing(place: MakePlace) -> Town:
    return place("nothing")


@pytest.mark.parametrize("asked", [[], ["--help"], ["help"]])
def test_bare_it_explains_itself(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(asked) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name, _module, _what in cli.COMMANDS)


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fly"]) == 2
    said = capsys.readouterr().err
    assert "'fly'" in said
    assert "  serve " in said


@pytest.mark.parametrize("name", [name for name, _module, _what in cli.COMMANDS])
def test_every_command_says_more(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: mulin {name}" in capsys.readouterr().out


def test_whoever_reads_may_stop_reading(nothing: Town) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # before anything was said, as `mulin | true` may do
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "mulin"], env=nothing.environ(), stdout=closed, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_installed_command_is_the_same(nothing: Town) -> None:
    said = subprocess.check_output([ROOT / ".venv" / "bin" / "mulin"], env=nothing.environ(), text=True)
    assert said == cli.explain() + "\n"


@pytest.mark.parametrize("command", ["serve", "work", "facts", "verify", "backup"])
def test_without_a_town_it_says_what_to_do(nothing: Town, command: str) -> None:
    assert "no town here yet: run `mulin migrate`" in nothing.mulin(command).refusal
    assert not (nothing.folder / "data").exists()


def test_a_wrong_setting_is_named(nothing: Town) -> None:
    wrong = Town(nothing.home, {"MULIN_WEB_WORKERS": "many"})
    assert "MULIN_WEB_WORKERS='many': say a number" in wrong.program("facts").refusal


def test_a_database_that_does_not_answer_is_said(nothing: Town) -> None:
    away = Town(nothing.home, {"DATABASE_URL": "postgresql://mulin@/town?host=/nowhere"})
    assert "The database does not answer: " in away.program("facts").refusal


def test_a_wrong_port_is_said(nothing: Town) -> None:
    done = Town(nothing.home, {"PORT": "eighty"}).mulin("serve")
    assert done.code == 2
    assert "'eighty' is no port" in done.err


def test_a_port_in_use_is_said(town: Town) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} is in use already" in town.mulin("serve", "--port", str(port)).refusal
