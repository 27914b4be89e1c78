"""Certificates for HTTPS at home: a small authority of the town's own, and what is to be known about any certificate.

The authority may vouch for the names it was made for and for addresses of private networks, for nothing else
(RFC 5280, name constraints): a phone that trusts it trusts nobody more than this town.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import Conflict, Invalid

AUTHORITY_FOR = timedelta(days=3650)
SERVER_FOR = timedelta(days=397)  # phones refuse longer ones
RENEW_BEFORE = timedelta(days=30)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fd00::/8", "::1/128")
_NAME = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.I
)
AUTHORITY, AUTHORITY_KEY = "authority.pem", "authority.key"
SERVER, SERVER_KEY = "server.pem", "server.key"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says. `fingerprint` is SHA-256, as phones show it."""

    names: tuple[str, ...]
    begins: datetime
    ends: datetime
    issuer: str
    fingerprint: str

    def has_ended(self, now: datetime) -> bool:
        return now >= self.ends

    def ends_soon(self, now: datetime) -> bool:
        return now >= self.ends - RENEW_BEFORE


def folder_of_town() -> Path:
    """Where this installation's own authority lies: beside the key ring."""
    return Path(settings.MULIN_KEYS) / "tls"


def read(file: Path) -> Certificate:
    """What the first certificate of a PEM file says. Raises OSError or ValueError."""
    return _facts(x509.load_pem_x509_certificate(file.read_bytes()))


def belong_together(certificate: Path, key: Path) -> bool:
    """Whether this is the key of the certificate. Raises OSError or ValueError."""
    private = serialization.load_pem_private_key(key.read_bytes(), None)
    public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.public_key().public_bytes(*form) == public.public_bytes(*form)


def make_authority(folder: Path, names: Sequence[str], *, now: datetime) -> Certificate:
    """Make a local authority and its first certificate for these names and addresses."""
    if (folder / AUTHORITY_KEY).exists():
        raise Conflict(_("There is a local authority already: phones trust it. Use `mulin tls renew`."))
    checked = [_subject_name(name) for name in names]
    if not checked:
        raise Invalid(_("Say by which names or addresses it is reached."), field="names")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_called("Mulin"), _called("Mulin"), key.public_key(), now, AUTHORITY_FOR)
    for extension, critical in _of_authority(key, checked):
        builder = builder.add_extension(extension, critical=critical)
    # The key last: whoever is stopped before it begins anew.
    _write(folder / AUTHORITY, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    _write(folder / AUTHORITY_KEY, _pem(key))
    return issue(folder, names, now=now)


def issue(folder: Path, names: Sequence[str], *, now: datetime) -> Certificate:
    """Let the local authority issue the server's certificate anew, with a new key."""
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    signer = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise Invalid(_("This is not a key of a local authority."))
    checked = [_subject_name(name) for name in names]
    _check_constraints(authority, checked)
    key = ec.generate_private_key(ec.SECP256R1())
    # Not called by its address: some programs take that for a name, which the authority may not vouch for.
    builder = _builder(_called("Mulin"), authority.subject, key.public_key(), now, SERVER_FOR)
    for extension, critical in _of_server(key, signer, checked):
        builder = builder.add_extension(extension, critical=critical)
    made = builder.sign(signer, hashes.SHA256())
    chain = [
        made.public_bytes(serialization.Encoding.PEM),
        authority.public_bytes(serialization.Encoding.PEM),
    ]
    # The key first: who is stopped between the two finds a pair that does not fit, and a clear word about it.
    _write(folder / SERVER_KEY, _pem(key))
    _write(folder / SERVER, b"".join(chain))
    return _facts(made)


def authority_der(folder: Path) -> bytes:
    """The authority's certificate as phones take it."""
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    return authority.public_bytes(serialization.Encoding.DER)


def _of_authority(
    key: ec.EllipticCurvePrivateKey, names: Sequence[x509.GeneralName]
) -> list[tuple[x509.ExtensionType, bool]]:
    own = [name for name in names if isinstance(name, x509.DNSName)]
    outside = [name for name in names if isinstance(name, x509.IPAddress) and not _is_private(name)]
    networks = [x509.IPAddress(ipaddress.ip_network(each)) for each in PRIVATE]
    exactly = [x509.IPAddress(ipaddress.ip_network(each.value)) for each in outside]
    # Where no name is allowed, one that cannot exist stands for "none": without any, all would be.
    allowed = own or [x509.DNSName("none.invalid")]
    return [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(signs_certificates=True), True),
        (x509.NameConstraints([*allowed, *networks, *exactly], None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
    ]


def _of_server(
    key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, names: Sequence[x509.GeneralName]
) -> list[tuple[x509.ExtensionType, bool]]:
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs_certificates=False), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName(names), False),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False),
    ]


def _check_constraints(authority: x509.Certificate, names: Sequence[x509.GeneralName]) -> None:
    allowed = (
        authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    )
    for name in names:
        if not any(_within(name, each) for each in allowed):
            message = _(
                "The local authority was not made for %(name)s. A new one is needed, and phones must trust it anew."
            )
            raise Invalid(message % {"name": name.value}, code="not_allowed_name", field="names")


def _within(name: x509.GeneralName, allowed: x509.GeneralName) -> bool:
    if isinstance(name, x509.DNSName) and isinstance(allowed, x509.DNSName):
        return name.value == allowed.value or name.value.endswith(f".{allowed.value}")
    if isinstance(name, x509.IPAddress) and isinstance(allowed, x509.IPAddress):
        network = ipaddress.ip_network(str(allowed.value))
        return ipaddress.ip_address(str(name.value)) in network
    return False


def _is_private(name: x509.IPAddress) -> bool:
    address = ipaddress.ip_address(str(name.value))
    return any(address in ipaddress.ip_network(each) for each in PRIVATE)


def _subject_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    if not _NAME.fullmatch(name):
        message = _("%(name)s is neither a name nor an address of a computer.")
        raise Invalid(message % {"name": name}, code="no_name", field="names")
    return x509.DNSName(name.lower())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    # An hour back: phones' clocks are not exact.
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + lasts)


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _facts(made: x509.Certificate) -> Certificate:
    try:
        held = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(str(name.value) for name in held)
    except x509.ExtensionNotFound:
        names = ()
    digest = made.fingerprint(hashes.SHA256()).hex().upper()
    pairs = ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
    issuer = made.issuer.rfc4514_string()
    return Certificate(names, made.not_valid_before_utc, made.not_valid_after_utc, issuer, pairs)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(file: Path, data: bytes) -> None:
    """For this account's eyes only, whole or not at all."""
    beside = file.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
    os.replace(beside, file)
