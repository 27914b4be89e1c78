"""A new key while everybody works: nobody notices, nothing is lost, and whoever was cut off goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from mulin.commands.keys import status
from mulin.kernel import crypto, keys, rotation
from mulin.kernel.refusals import Conflict, Refusal
from mulin.registry.face import Resident, change_resident
from mulin.registry.models.resident import DOCUMENT, PHONE
from mulin.registry.queries.finding import find
from tests.matters.world import NOW, the
from tests.registry.rings import new_key, own_ring, rotate
from tests.registry.world import a_document, a_household, a_resident
from tests.support.databases import Home
from tests.support.races import at_once
from tests.truth.planted import NUMBERS, a_marked_home

pytestmark = pytest.mark.usefixtures("own_ring")
__all__ = ["own_ring"]
PHONES = [f"1395555{n:04d}" for n in range(12)]


def as_they_lie(column: str) -> set[str]:
    """What stands in the table itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM registry_resident WHERE {column} <> ''")
        return {str(text) for (text,) in cursor.fetchall()}


def marks(column: str) -> set[str]:
    """By which ciphers and keys: {"v1:1", "v1:2"}; of an index {"1", "2"}."""
    return {text.rpartition(":")[0] for text in as_they_lie(column)}


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_everything_is_closed_again_and_found_before_meanwhile_and_after() -> None:
    home = a_marked_home()
    worker, document = the("worker"), NUMBERS["document"]
    assert find(document, worker).residents == (home.resident,)
    new_key()
    assert find(document, worker).residents == (home.resident,)  # by the former index
    young = a_resident(a_household(), phone=PHONES[0])
    assert {"1", "2"} <= marks("phone_index")
    assert find(PHONES[0], worker).residents == (young,)
    assert not keys.is_rotated()
    assert rotation.waiting()
    outcome = rotate()
    assert (outcome.unopened, outcome.twice, outcome.astray) == (set(), set(), set())
    assert rotation.waiting() == {}
    assert keys.is_rotated()
    for column, only in (
        ("document", {"v1:2"}),
        ("phone", {"v1:2"}),
        ("document_index", {"2"}),
        ("phone_index", {"2"}),
    ):
        assert marks(column) == only
    assert find(document, worker).residents == (home.resident,)
    assert Resident.objects.get(pk=home.resident.pk).phone == NUMBERS["phone"]
    assert rotate().done == 0


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_one_document_stays_one_persons_while_two_indexes_lie_there() -> None:
    number = a_document()
    a_resident(a_household(), document=number)
    new_key()
    with pytest.raises(Conflict):
        a_resident(a_household(), document=number)
    rotate()
    with pytest.raises(Conflict):
        a_resident(a_household(), document=number)


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_what_slipped_in_twice_is_said_and_left_to_be_made_one() -> None:
    first = a_resident(a_household())
    new_key()
    second = a_resident(a_household())
    index = crypto.blind(
        first.document, context=DOCUMENT
    )  # as of a transaction that began before the new key
    Resident.objects.filter(pk=second.pk).update(document=first.document, document_index=index)
    outcome = rotate()
    assert {key for _table, key in outcome.twice} == {raw(first)}
    assert Resident.objects.get(pk=first.pk).document == first.document
    assert len(find(first.document, the("operator")).residents) == 2


def raw(resident: Resident) -> UUID | str:
    return resident.pk if connection.vendor == "postgresql" else resident.pk.hex


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_an_index_of_something_else_and_a_value_that_no_key_opens_are_said() -> None:
    astray, broken = a_resident(a_household(), phone=PHONES[0]), a_resident(a_household())
    Resident.objects.filter(pk=astray.pk).update(phone_index=crypto.blind("13000000000", context=PHONE))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_resident SET document = 'v1:1:AAAA' WHERE id = %s", [raw(broken)])
    new_key()
    outcome = rotate()
    assert {key for _table, key in outcome.astray} == {raw(astray)}
    assert {key for _table, key in outcome.unopened} == {raw(broken)}
    assert Resident.objects.defer("document").get(pk=astray.pk).phone == PHONES[0]


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_the_national_cipher_reads_what_aes_closed_and_a_rotation_closes_all_with_it(settings: Any) -> None:
    home = a_marked_home()
    settings.MULIN_CIPHER = "sm4-gcm"
    assert Resident.objects.get(pk=home.resident.pk).document == NUMBERS["document"]
    a_resident(a_household(), phone=PHONES[0])
    assert {"v1:1", "s1:1"} <= marks("phone")
    assert find(NUMBERS["phone"], the("worker")).residents == (home.resident,)  # an index knows no cipher
    rotate()  # no new key
    assert marks("phone") == marks("document") == {"s1:1"}
    new_key()
    rotate()
    assert marks("phone") == marks("document") == {"s1:2"}
    assert Resident.objects.get(pk=home.resident.pk).document == NUMBERS["document"]
    assert find(PHONES[0], the("worker")).residents


@pytest.mark.django_db
@pytest.mark.tiny_town
def test_killed_in_the_middle_it_goes_on_with_what_is_left() -> None:
    for phone in PHONES:
        a_resident(a_household(), phone=phone)
    new_key()
    batches = iter(range(100))

    class Killed(Exception):
        pass

    def kill(_seconds: float) -> None:
        if "v1:2" in marks("phone") and next(batches) == 1:
            raise Killed

    with pytest.raises(Killed):
        rotate(kill)
    assert marks("phone") == {"v1:1", "v1:2"}
    assert not keys.is_rotated()
    worker = the("worker")
    assert all(find(phone, worker) for phone in PHONES)
    rotate()
    assert marks("phone") == {"v1:2"}
    assert all(find(phone, worker) for phone in PHONES)


def only_residents(monkeypatch: pytest.MonkeyPatch) -> None:
    """In many small batches, so that many meet."""
    small = [each for each in rotation.tables() if each.name == "registry_resident"]
    monkeypatch.setattr(rotation, "tables", lambda: small)


@pytest.mark.tiny_town
def test_readers_and_writers_at_work_notice_nothing(copied_db: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    only_residents(monkeypatch)
    people = [a_resident(a_household(), phone=phone) for phone in PHONES]
    worker, over = the("worker"), threading.Event()
    failures: list[object] = []

    def read(part: int) -> None:
        while not over.wait(0.01):
            for phone, person in list(zip(PHONES, people, strict=True))[part::2]:
                opened = Resident.objects.get(pk=person.pk).document
                if not opened or person.pk not in find(phone, worker).people:
                    failures.append(phone)

    def write(part: int) -> None:
        turn = 0
        while not over.wait(0.01):
            person = people[part::2][turn % 6]
            turn += 1
            try:
                change_resident(
                    person, {"workplace": f"第{turn}厂", "phone": person.phone}, by=worker, now=NOW
                )
            except Refusal as refusal:
                failures.append(refusal)

    def turn_the_key() -> None:
        try:
            for _time in range(2):
                new_key()
                rotate()
        finally:
            over.set()

    told = at_once(turn_the_key, lambda: read(0), lambda: read(1), lambda: write(0), lambda: write(1))
    rotate()
    assert told == [None] * 5
    assert failures == []
    assert (marks("phone"), marks("phone_index"), marks("document")) == ({"v1:3"}, {"3"}, {"v1:3"})
    assert [Resident.objects.get(pk=person.pk).phone for person in people] == PHONES


@pytest.mark.tiny_town
@pytest.mark.real_clock
def test_the_command_is_killed_and_this_process_never_lacks_a_key(
    copied_db: Home, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MULIN_KEYS = copied_db.folder / "keys"
    with transaction.atomic():
        people = [a_resident(a_household(), phone=phone) for phone in PHONES]
    ids, worker = [person.pk for person in people], the("worker")
    command = [sys.executable, "-m", "mulin", "keys", "rotate"]
    rotating = subprocess.Popen(command, env=copied_db.environ(), stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while "2" not in marks("phone_index") and time.monotonic() < until and rotating.poll() is None:
            assert all(Resident.objects.filter(pk__in=ids).values_list("phone", flat=True))
    finally:
        os.kill(rotating.pid, signal.SIGKILL)
        rotating.wait()
    assert keys.ring().current == 2  # noticed without being told
    assert not keys.is_rotated()
    assert status() == 0
    assert "A rotation is not through" in capsys.readouterr().out
    rotate()
    assert marks("phone_index") == {"2"}
    assert all(find(phone, worker) for phone in PHONES)
    assert status() == 0
    assert "Everything is closed by it." in capsys.readouterr().out
