"""Passwords that cost nothing to check."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """Argon2id like the real one, so that a running Mulin can check what tests stored; only far too weak."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


def use_cheap_passwords() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = [f"{__name__}.CheapArgon2"]
