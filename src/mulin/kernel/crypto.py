"""Encryption of single values, their blind index, and keyed draws.

A closed value reads "v1:<key number>:<base64>" (AES-256-GCM) or "s1:<key number>:<base64>" (SM4-GCM, the
national cipher, by the setting MULIN_CIPHER = "sm4-gcm"). Twelve random bytes of nonce and sixteen of tag
lie in the base64. What the value is for (its context, "contact.phone") is authenticated with it: moved
elsewhere, it does not open.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings

from mulin.kernel import keys
from mulin.kernel.keyring import KeyRing

AES, NATIONAL = "v1", "s1"
NONCE_BYTES, TAG_BYTES, SM4_KEY_BYTES = 12, 16, 16


class CannotOpen(ValueError):
    """The value was altered, belongs elsewhere, or was closed with another key."""


def encrypt(text: str, *, context: str) -> str:
    """Close `text` for `context` with the current key."""
    return closer(context)(text)


def closer(context: str) -> Callable[[str], str]:
    """`encrypt` for many values of one context, which looks for the current key once."""
    form, ring = _form(), keys.ring()
    seal, bound = _sealer(form, ring.secret(f"encrypt:{form}", ring.current)), context.encode()
    prefix = f"{form}:{ring.current}:"

    def close(text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        return prefix + urlsafe_b64encode(nonce + seal(nonce, text.encode(), bound)).decode()

    return close


def _sealer(form: str, key: bytes) -> Callable[[bytes, bytes, bytes], bytes]:
    if form == AES:
        return AESGCM(key).encrypt
    return lambda nonce, plain, context: _seal_sm4(key, nonce, plain, context)


def decrypt(token: str, *, context: str) -> str:
    """Open what `encrypt` closed for the same context, by whichever cipher and key."""
    try:
        form, number, packed = token.split(":")
        key = _key(form, int(number))
        body = urlsafe_b64decode(packed)
        opener = {AES: _open_aes, NATIONAL: _open_sm4}[form]
        return opener(key, body[:NONCE_BYTES], body[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, ValueError, KeyError) as error:
        raise CannotOpen(f"an encrypted value for {context!r} does not open") from error


def mark() -> str:
    """How every value begins that was closed by the cipher of the setting and the current key."""
    return f"{_form()}:{keys.ring().current}:"


def _form() -> str:
    return NATIONAL if settings.MULIN_CIPHER == "sm4-gcm" else AES


def _key(form: str, number: int) -> bytes:
    return keys.ring().secret(f"encrypt:{form}", number)


def _open_aes(key: bytes, nonce: bytes, body: bytes, context: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, body, context)


def _seal_sm4(key: bytes, nonce: bytes, plain: bytes, context: bytes) -> bytes:
    sealer = Cipher(SM4(key[:SM4_KEY_BYTES]), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(context)
    return sealer.update(plain) + sealer.finalize() + sealer.tag


def _open_sm4(key: bytes, nonce: bytes, body: bytes, context: bytes) -> bytes:
    tag = body[-TAG_BYTES:]
    opener = Cipher(SM4(key[:SM4_KEY_BYTES]), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(context)
    return opener.update(body[:-TAG_BYTES]) + opener.finalize()


def blind(value: str, *, context: str) -> str:
    """Return the index entry ("1:hex") under which `value` is found again by the current key.

    Bring the value to one form first (`kernel.text.phone`): the index knows only equal and not equal.
    """
    return blinder(context)(value)


def blinder(context: str) -> Callable[[str], str]:
    """`blind` for many values of one context, which looks for the current key once."""
    ring = keys.ring()
    return _blinder(context, ring, ring.current)


def blind_all(value: str, *, context: str) -> list[str]:
    """Return the index entries of `value` under every key of the ring, newest first: search by these."""
    return [each(value) for each in blinders(context)]


def blinders(context: str) -> list[Callable[[str], str]]:
    """`blind_all` for many values of one context: a function for each key of the ring, newest first."""
    ring = keys.ring()
    return [_blinder(context, ring, number) for number in sorted(ring.roots, reverse=True)]


def blind_mark() -> str:
    """How every index entry begins that was made by the current key."""
    return f"{keys.ring().current}:"


def is_blind_of(entry: str, value: str, *, context: str) -> bool:
    """Whether an index entry, by whichever key, is that of this value."""
    return any(hmac.compare_digest(entry, each) for each in blind_all(value, context=context))


def _blinder(context: str, ring: KeyRing, number: int) -> Callable[[str], str]:
    key = ring.secret(f"blind:{context}", number)
    return lambda value: f"{number}:{hmac.digest(key, value.encode(), 'sha256').hex()}"


def keyed_hash(value: str | bytes, *, context: str) -> bytes:
    """Return 32 bytes that stand for `value` without showing it (throttle keys, one-time codes)."""
    return _keyed_hash(value, context, keys.ring().current)


def keyed_hashes(value: str | bytes, *, context: str) -> list[bytes]:
    """The same under every key of the ring, newest first: for what was given out before a rotation."""
    return [_keyed_hash(value, context, number) for number in sorted(keys.ring().roots, reverse=True)]


def _keyed_hash(value: str | bytes, context: str, number: int) -> bytes:
    plain = value.encode() if isinstance(value, str) else value
    return hmac.new(keys.ring().secret(f"hash:{context}", number), plain, hashlib.sha256).digest()


def keyed_share(key: bytes | str, context: str) -> float:
    """Return a number in [0, 1) that nobody can predict without the key ring, the same for the same key.

    For draws: "check this one by hand if its share is below 0.1" can be proved afterwards, and not be
    steered.
    """
    return int.from_bytes(keyed_hash(key, context=f"share:{context}")[:7], "big") / 2**56
