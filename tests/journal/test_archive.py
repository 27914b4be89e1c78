"""Old, sealed years move out, and everything can still be proven."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mulin.journal import archive as archives
from mulin.journal import triggers
from mulin.journal.face import (
    SYSTEM,
    Archive,
    Entry,
    Given,
    Subject,
    archive,
    check_archive,
    check_seal,
    seal,
    seal_file,
    verify,
)
from mulin.journal.models import ArchivedEntry, EntryText, Head
from mulin.kernel.refusals import Invalid
from tests.journal.acts import NOW, a_subject, act
from tests.journal.test_verify import lift

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3 * 366)
YEAR = NOW.year


@pytest.fixture
def subject() -> Subject:
    subject = a_subject()
    for _ in range(2):
        act(subject, note="words", phone="13800138000")
        act(a_subject())
    return subject


def proof() -> Given:
    made = seal(NOW)
    assert made
    return Given(seal_file(made))


def moved(folder: Path) -> Archive:
    row = archive(YEAR, folder, by=SYSTEM, at=LATER)
    assert row
    return row


def test_what_ended_long_ago_moves_and_the_rest_is_proven(subject: Subject, tmp_path: Path) -> None:
    given = proof()
    row = moved(tmp_path)
    assert (row.entries, row.chains) == (4, 3)
    assert list(Entry.objects.values_list("code", flat=True)) == ["journal.archived"]
    assert (EntryText.objects.count(), ArchivedEntry.objects.count()) == (0, 4)
    assert check_archive(tmp_path / row.name) == (4, [])
    assert (tmp_path / row.name).stat().st_mode & 0o077 == 0
    assert verify().whole
    assert check_seal(given) == []
    assert triggers.missing(connection) == []


def test_a_chain_goes_on_where_it_was(subject: Subject, tmp_path: Path) -> None:
    proof()
    moved(tmp_path)
    assert act(subject, note="again").seq == 3
    seal(NOW)
    assert verify().whole
    assert archive(YEAR, tmp_path, by=SYSTEM, at=LATER + timedelta(days=1))  # twice of one chain
    assert act(subject, note="once more").seq == 4
    assert verify().whole


def test_what_is_young_or_not_sealed_stays(subject: Subject, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Nothing is sealed"):
        archive(YEAR, tmp_path, by=SYSTEM, at=LATER)
    with pytest.raises(Invalid, match="two years ago"):
        archive(YEAR, tmp_path, by=SYSTEM, at=NOW + timedelta(days=400))
    proof()
    act(subject)
    assert moved(tmp_path).chains == 2
    assert Entry.objects.filter(subject=subject.id).count() == 3
    assert archive(YEAR - 1, tmp_path, by=SYSTEM, at=LATER) is None


def test_what_is_removed_otherwise_is_still_found(subject: Subject, tmp_path: Path) -> None:
    proof()
    moved(tmp_path)
    lift()
    Head.objects.filter(subject=subject.id).update(seq=3)
    assert {problem.code for problem in verify().problems} == {"chain_gone"}
    ArchivedEntry.objects.filter(position=2)._raw_delete("default")
    assert {problem.code for problem in verify().problems} == {"chain_gone", "feed_gap"}


def test_a_failure_on_the_way_moves_nothing(
    subject: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof()
    before = Entry.objects.count()
    monkeypatch.setattr(archives, "_line", _full_disk)
    with pytest.raises(OSError, match="No space left"):
        archive(YEAR, tmp_path, by=SYSTEM, at=LATER)
    assert (Entry.objects.count(), list(tmp_path.iterdir())) == (before, [])


def test_what_is_written_meanwhile_is_not_lost(
    subject: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mulin retention run`, say, or a server on another machine: no lock keeps those away."""
    proof()
    note = archives._note

    def noting(*given: Any) -> Archive:
        act(subject, note="meanwhile")
        return note(*given)

    monkeypatch.setattr(archives, "_note", noting)
    moved(tmp_path)
    assert Entry.objects.filter(subject=subject.id).count() == 3
    assert ArchivedEntry.objects.count() == 2
    assert verify().whole


def _full_disk(document: object) -> bytes:
    raise OSError(28, "No space left on device")


def test_an_archive_that_was_altered_is_found(subject: Subject, tmp_path: Path) -> None:
    proof()
    file = tmp_path / moved(tmp_path).name
    content = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(content.replace(b"words", b"swords").replace(b"filed", b"filfd", 1)))
    count, found = check_archive(file)
    assert count == 4
    assert any("not the one that was made" in problem for problem in found)
    assert any("was altered" in problem for problem in found)
    file.write_bytes(gzip.compress(content)[:-20])
    with pytest.raises(Invalid):
        check_archive(file)


def test_the_guards_stand_again_at_once(subject: Subject) -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), triggers.lifted(connection):
        raise RuntimeError
    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all()._raw_delete("default")
