"""A seal given outside proves everything up to it, also against somebody who can write heads and triggers anew."""

from __future__ import annotations

import hashlib

import pytest

from mulin.journal import merkle
from mulin.journal.face import Given, Seal, Subject, check_seal, disclose, last_seal, seal, seal_file, verify
from mulin.journal.models import DisclosureHead, Head
from mulin.journal.rules import digest
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid
from tests.journal.acts import NOW, a_subject, act
from tests.journal.test_verify import at, lift, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Subject:
    subject = a_subject()
    for note in ("one", "two", "three"):
        act(subject, note=note)
        act(a_subject())
    disclose(new_id(), [new_id()], kind="reveal", purpose="contact", at=NOW)
    return subject


def given() -> Given:
    made = seal(NOW) or last_seal()
    assert made
    return Given(seal_file(made))


def test_the_root_is_that_of_rfc_9162() -> None:
    leaves = [digest(str(n)) for n in range(7)]

    def node(some: list[str]) -> bytes:
        if len(some) == 1:
            return hashlib.sha256(b"\x00" + bytes.fromhex(some[0])).digest()
        half = 1 << ((len(some) - 1).bit_length() - 1)
        return hashlib.sha256(b"\x01" + node(some[:half]) + node(some[half:])).digest()

    for count in range(1, 8):
        assert merkle.root(leaves[:count]) == node(leaves[:count]).hex()
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


def test_what_was_not_touched_is_proven(subject: Subject) -> None:
    first = given()
    act(subject, note="four")
    second = given()
    assert (second.number, second.first) == (first.number + 1, first.last + 1)
    act(subject, note="five")
    assert check_seal(first) == check_seal(second) == []
    assert seal(NOW) is not None
    assert seal(NOW) is None


def test_a_tail_cut_off_with_its_head_is_found(subject: Subject) -> None:
    proof = given()
    lift()
    remove(at(subject, 3))
    before = at(subject, 2).get()
    Head.objects.filter(subject=subject.id).update(seq=2, hash=before.hash)
    assert "entries at positions" in " ".join(check_seal(proof))


def test_a_past_written_anew_with_all_later_seals_is_found(subject: Subject) -> None:
    first = given()
    act(subject, note="four")
    given()
    lift()
    entry = at(subject, 4).get()
    text = entry.text.replace("filed", "filfd")
    at(subject, 4).update(text=text, hash=digest(text))
    Head.objects.filter(subject=subject.id).update(hash=digest(text))
    assert verify().whole  # a chain whose head was rewritten looks whole
    assert check_seal(first) == []
    last = last_seal()
    assert last
    assert "entries at positions" in " ".join(check_seal(Given(seal_file(last))))


def test_a_seal_that_is_gone_or_other_is_found(subject: Subject) -> None:
    given()
    act(subject, note="four")
    second = given()
    lift()
    Seal.objects.filter(number=1).update(prev="1" * 64)
    assert "not the one that was made" in " ".join(check_seal(second))
    Seal.objects.filter(number=1)._raw_delete("default")
    assert "missing or were altered" in " ".join(check_seal(second))


def test_a_disclosure_that_is_gone_is_found(subject: Subject) -> None:
    proof = given()
    assert len(proof.readers) == 1
    reader = DisclosureHead.objects.get().reader
    disclose(reader, [new_id()], kind="reveal", purpose="contact", at=NOW)
    assert check_seal(proof) == []
    proof.readers = [(reader_, seq, "0" * 64) for reader_, seq, _ in proof.readers]
    assert "disclosures" in " ".join(check_seal(proof))


@pytest.mark.parametrize("data", [b"", b"Dear diary", b"\xff\xfe", b"{}\n00", b'{"kind": "x"}\n'])
def test_what_is_no_seal_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        Given(data)


def test_a_seal_that_was_edited_is_refused_and_one_in_a_mail_is_found(subject: Subject) -> None:
    made = seal(NOW)
    assert made
    with pytest.raises(Invalid, match="damaged"):
        Given(seal_file(made).replace(b'"number":1', b'"number":2'))
    assert Given(b"Subject: seal\n\nGood evening\n\n" + seal_file(made) + b"\n-- \nThe town").number == 1
