"""What this room closed where no column of ours is: second factors, and the numbers of the single sign-on.

Told to `kernel.rotation`, which closes everything again after a new key was made.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from mulin.kernel import crypto, rotation
from mulin.kernel.keyring import KeyMissing
from mulin.posts.models import Bond


def declare() -> None:
    """Called when the application starts."""
    rotation.also("second factors", factors_again, factors_unopened)
    rotation.also("single sign-on", bonds_again)


@transaction.atomic
def factors_again(failed: rotation.Failed) -> int:
    """Secrets of apps and seeds of sheets of codes, in the package's own table. One that is damaged stops no other."""
    from allauth.mfa.models import Authenticator

    from mulin.posts.factors import CONTEXT

    done = 0
    for row in Authenticator.objects.select_for_update():
        try:
            data = {name: _again(value, CONTEXT) for name, value in row.data.items()}
        except (crypto.CannotOpen, KeyMissing):
            failed(row.pk)
            continue
        if data != row.data:
            done += Authenticator.objects.filter(pk=row.pk).update(data=data)
    return done


def factors_unopened() -> int:
    """How many second factors no key opens: their people need a new one."""
    from allauth.mfa.models import Authenticator

    from mulin.posts.factors import CONTEXT

    rows = Authenticator.objects.values_list("data", flat=True)
    return sum(not all(_opens(value, CONTEXT) for value in data.values()) for data in rows)


def _opens(value: Any, context: str) -> bool:
    if isinstance(value, list):
        return all(_opens(each, context) for each in value)
    try:
        if _is_closed(value):
            crypto.decrypt(value, context=context)
    except (crypto.CannotOpen, KeyMissing):
        return False
    return True


def _again(value: Any, context: str) -> Any:
    if isinstance(value, list):
        return [_again(each, context) for each in value]
    if not _is_closed(value) or value.startswith(crypto.mark()):
        return value
    return crypto.encrypt(crypto.decrypt(value, context=context), context=context)


def _is_closed(value: Any) -> bool:
    return isinstance(value, str) and value.startswith((f"{crypto.AES}:", f"{crypto.NATIONAL}:"))


def bonds_again(_failed: rotation.Failed) -> int:
    """Their index is of the number and of where it means something, so no column beside it says what it is of.

    A number that does not open is told of as every value of a column is.
    """
    from mulin.posts.single_sign_on import index_of, indexes_of

    done = 0
    for bond in Bond.objects.exclude(subject_index__startswith=crypto.blind_mark()):
        if bond.subject_index in indexes_of(bond.subject):  # else it was bound at another single sign-on
            same = Bond.objects.filter(pk=bond.pk, subject_index=bond.subject_index)
            done += same.update(subject_index=index_of(bond.subject))
    return done
