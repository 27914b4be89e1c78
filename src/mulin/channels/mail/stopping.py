"""The link under each mail: whoever holds it may say how often mail comes, without signing in, and nothing else."""

from __future__ import annotations

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from mulin.kernel.crypto import keyed_hash, keyed_hashes

CONTEXT = "mail.stop"
PROOF_BYTES = 16


def stop_token(user: UUID) -> str:
    """Good for as long as the person and the key ring are: a mail may lie unread for years."""
    return urlsafe_b64encode(user.bytes + _proof(user)).decode().rstrip("=")


def whose(token: str) -> UUID | None:
    """The person whose mail this is about, if we made it."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + PROOF_BYTES:
        return None
    user = UUID(bytes=raw[:16])
    proofs = keyed_hashes(user.bytes, context=CONTEXT)
    return user if any(hmac.compare_digest(raw[16:], each[:PROOF_BYTES]) for each in proofs) else None


def stop_path(user: UUID) -> str:
    return reverse("mail-stop", args=[stop_token(user)])


def stop_url(user: UUID) -> str:
    """Whole, where the house knows its own address; else nothing."""
    return f"{settings.MULIN_PUBLIC_URL}{stop_path(user)}" if settings.MULIN_PUBLIC_URL else ""


def _proof(user: UUID) -> bytes:
    return keyed_hash(user.bytes, context=CONTEXT)[:PROOF_BYTES]
