"""After a new key what was given out before still opens: codes, keys of the API, links in mails, second steps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from mulin.channels.mail.stopping import stop_token, whose
from mulin.doors.watch.secrets import key_rotation
from mulin.kernel import crypto, keyring, keys, rotation, throttle
from mulin.kernel.fields import BlindIndex
from mulin.kernel.refusals import TooMany
from mulin.matters.actions.reporters import opens
from mulin.posts.factors import CONTEXT, factors_of, proven_by_code
from mulin.posts.models import Bond
from mulin.posts.single_sign_on import bound_to, index_of
from tests.api.client import Program
from tests.matters.world import NOW, a_kind, a_matter, the
from tests.registry.rings import new_key, own_ring, rotate

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town, pytest.mark.usefixtures("own_ring")]
__all__ = ["own_ring"]


def test_the_code_on_a_receipt_still_opens() -> None:
    raised = a_matter()
    new_key()
    assert opens(raised.matter, raised.code)
    rotate()
    assert opens(raised.matter, raised.code)
    assert not opens(raised.matter, "AAAAAAAA")


def test_a_request_that_is_sent_again_after_a_new_key_acts_once() -> None:
    program = Program("worker")
    body = {"type": a_kind().code, "text": "楼道的灯坏了三天。", "area": the("building").seats[0].area.path}  # type: ignore[union-attr]  # sits at a building
    first = program.post("/matters", body, key="once")
    assert first.status_code == 201
    new_key()
    again = program.post("/matters", body, key="once")
    assert (again.content, again["Idempotent-Replay"]) == (first.content, "true")


def test_the_link_under_an_old_mail_still_stops_it() -> None:
    user = the("worker").user
    assert user
    token = stop_token(user.pk)
    new_key()
    assert whose(token) == user.pk


def test_second_steps_and_single_sign_on_go_with_it(settings: Any) -> None:
    settings.MULIN_SSO_ISSUER = "https://sso.example"
    user = the("worker").user
    assert user
    secret = crypto.encrypt("JBSWY3DP", context=CONTEXT)
    row = Authenticator.objects.create(user_id=user.pk, type="totp", data={"secret": secret})
    Bond.objects.create(user=user, subject="4711", subject_index=index_of("4711"), bound_at=NOW)
    new_key()
    assert bound_to("4711") == user
    rotate()
    row.refresh_from_db()
    assert row.data["secret"].startswith("v1:2:")
    assert crypto.decrypt(row.data["secret"], context=CONTEXT) == "JBSWY3DP"
    assert Bond.objects.get().subject_index.startswith("2:")
    assert bound_to("4711") == user
    assert rotation.waiting() == {}


def test_a_damaged_second_factor_stops_no_other_and_is_counted() -> None:
    user = the("worker").user
    assert user
    whole = crypto.encrypt("JBSWY3DP", context=CONTEXT)
    for kind, data in (
        ("totp", {"secret": "v1:1:AAAA"}),
        ("recovery_codes", {"seed": "v1:1:AAAA", "used_mask": 0}),
    ):
        Authenticator.objects.create(user_id=user.pk, type=kind, data=data)
    other = Authenticator.objects.create(user=the("head").user, type="totp", data={"secret": whole})
    new_key()
    outcome = rotate()
    assert {name for name, _key in outcome.unopened} == {"second factors"}
    other.refresh_from_db()
    assert other.data["secret"].startswith("v1:2:")
    assert rotation.unopened() == {"second factors": 2}
    assert proven_by_code(user, "123456", now=NOW) is None  # neither lets in, nor stops the page
    assert factors_of(user).codes_left == 0


def test_an_allowance_begins_anew_with_a_new_key_and_holds_again() -> None:
    def take() -> None:
        throttle.take("x", limit=1, per=timedelta(hours=1), now=NOW)

    take()
    new_key()
    take()
    with pytest.raises(TooMany):
        take()


def test_the_light_is_off_then_amber_then_green() -> None:
    assert list(key_rotation(NOW)) == []
    new_key()
    assert [light.colour for light in key_rotation(NOW)] == ["amber"]
    rotate()
    assert [light.colour for light in key_rotation(NOW)] == ["green"]


def test_every_index_goes_with_its_value_or_stands_for_what_nobody_keeps() -> None:
    """A new index beside a value is found by its name; one that is neither is looked up under every key."""
    beside = {f"{table.name}.{column}" for table in rotation.tables() for column in table.indexes}
    alone = {
        f"{model._meta.db_table}.{field.column}"
        for model in _models()
        for field in model._meta.concrete_fields
        if isinstance(field, BlindIndex)
    } - beside
    assert {name.rpartition(".")[2] for name in alone} == {
        "code",
        "code_hash",
        "key",
        "bounced",
        "subject_index",
    }
    assert "registry_resident.document_index" in beside


def _models() -> list[Any]:
    from django.apps import apps

    return list(apps.get_models())


def test_a_ring_that_vanished_goes_on_opening_and_another_one_is_noticed(tmp_path: Path) -> None:
    closed = crypto.encrypt("13812345678", context="x")
    kept = keys.path().read_bytes()
    keys.path().unlink()
    assert crypto.decrypt(closed, context="x") == "13812345678"
    assert not keys.path().exists()
    keys.path().write_bytes(kept)
    keyring.save(keys.ring().rotated(), keys.path())
    assert crypto.mark() == "v1:2:"
    assert crypto.decrypt(closed, context="x") == "13812345678"
