"""The local authority, and what a certificate says."""

from __future__ import annotations

import ipaddress
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from mulin.kernel import certificates
from mulin.kernel.certificates import AUTHORITY, AUTHORITY_KEY, SERVER, SERVER_KEY
from mulin.kernel.refusals import Conflict, Invalid

NOW = datetime(2026, 3, 18, 2, tzinfo=UTC)
NAMES = ("192.168.1.20", "mulin.local")


def verified(folder: Path, name: str, *, at: datetime = NOW) -> bool:
    """Whether somebody who trusts the authority would talk to this server under that name."""
    server = x509.load_pem_x509_certificate((folder / SERVER).read_bytes())
    store = Store([x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())])
    try:
        subject: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        subject = x509.DNSName(name)
    assert isinstance(subject, x509.IPAddress | x509.DNSName)
    try:
        PolicyBuilder().store(store).time(at).build_server_verifier(subject).verify(server, [])
    except VerificationError:
        return False
    return True


def test_whoever_trusts_the_authority_trusts_the_server_under_its_names_only(tmp_path: Path) -> None:
    made = certificates.make_authority(tmp_path, NAMES, now=NOW)
    assert made.names == NAMES
    assert [verified(tmp_path, name) for name in (*NAMES, "192.168.1.21", "bank.example")] == [
        True,
        True,
        False,
        False,
    ]
    assert not verified(tmp_path, NAMES[0], at=NOW + certificates.SERVER_FOR + timedelta(days=1))


def test_an_address_alone_is_no_name_that_would_have_to_be_allowed(tmp_path: Path) -> None:
    """OpenSSL (curl, Python) takes a common name with dots for a name, where no other name stands in it."""
    certificates.make_authority(tmp_path, NAMES[:1], now=NOW)
    server = x509.load_pem_x509_certificate((tmp_path / SERVER).read_bytes())
    assert server.subject.rfc4514_string() == "CN=Mulin"
    assert verified(tmp_path, NAMES[0])


def test_the_authority_vouches_for_nobody_else(tmp_path: Path) -> None:
    certificates.make_authority(tmp_path, NAMES, now=NOW)
    authority = x509.load_pem_x509_certificate((tmp_path / AUTHORITY).read_bytes())
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    for name in ("bank.example", "8.8.8.8", "xmulin.local"):
        with pytest.raises(Invalid):
            certificates.issue(tmp_path, [name], now=NOW)
    certificates.issue(tmp_path, ["10.9.8.7", "desk.mulin.local"], now=NOW)
    assert verified(tmp_path, "10.9.8.7")


def test_an_authority_of_addresses_alone_vouches_for_no_name(tmp_path: Path) -> None:
    certificates.make_authority(tmp_path, ["192.168.1.20"], now=NOW)
    with pytest.raises(Invalid):
        certificates.issue(tmp_path, ["mulin.local"], now=NOW)


def test_keys_are_for_this_account_only_and_never_replaced_by_a_second_authority(tmp_path: Path) -> None:
    certificates.make_authority(tmp_path / "tls", NAMES, now=NOW)
    before = (tmp_path / "tls" / AUTHORITY_KEY).read_bytes()
    for file in (tmp_path / "tls").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    with pytest.raises(Conflict):
        certificates.make_authority(tmp_path / "tls", NAMES, now=NOW)
    assert (tmp_path / "tls" / AUTHORITY_KEY).read_bytes() == before


def test_a_renewed_certificate_has_a_new_key_and_the_same_authority(tmp_path: Path) -> None:
    certificates.make_authority(tmp_path, NAMES, now=NOW)
    authority = (tmp_path / AUTHORITY).read_bytes()
    old_key = (tmp_path / SERVER_KEY).read_bytes()
    later = NOW + timedelta(days=390)
    assert certificates.read(tmp_path / SERVER).ends_soon(later)
    certificates.issue(tmp_path, NAMES, now=later)
    assert (tmp_path / AUTHORITY).read_bytes() == authority
    assert certificates.belong_together(tmp_path / SERVER, tmp_path / SERVER_KEY)
    (tmp_path / "old.key").write_bytes(old_key)
    assert not certificates.belong_together(tmp_path / SERVER, tmp_path / "old.key")
    assert verified(tmp_path, NAMES[1], at=later)


@pytest.mark.parametrize("name", ["", "a b", "-x", "a_b", "http://x", "x" * 64, "../x"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid):
        certificates.make_authority(tmp_path, [name], now=NOW)
    assert not list(tmp_path.iterdir())
