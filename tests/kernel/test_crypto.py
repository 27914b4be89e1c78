"""Encrypted values and their blind index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from mulin.kernel import crypto, keys
from mulin.kernel.keyring import KeyMissing, KeyRing, new_ring


@pytest.mark.parametrize(("cipher", "form"), [("aes-256-gcm", "v1:1:"), ("sm4-gcm", "s1:1:")])
def test_what_was_closed_opens(settings: Settings, cipher: str, form: str) -> None:
    settings.MULIN_CIPHER = cipher
    token = crypto.encrypt("13812345678 张三", context="contact.phone")
    assert token.startswith(form)
    assert "138" not in token
    settings.MULIN_CIPHER = "aes-256-gcm"  # what opens is said by the value, not by the setting
    assert crypto.decrypt(token, context="contact.phone") == "13812345678 张三"


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_opens_only_where_it_belongs_and_whole(settings: Settings, cipher: str) -> None:
    settings.MULIN_CIPHER = cipher
    token = crypto.encrypt("13812345678", context="contact.phone")
    with pytest.raises(crypto.CannotOpen):
        crypto.decrypt(token, context="resident.phone")
    form, number, body = token.split(":")
    for place in range(0, len(body) - 2, 5):
        wrong = "A" if body[place] != "A" else "B"
        with pytest.raises(crypto.CannotOpen):
            crypto.decrypt(
                f"{form}:{number}:{body[:place]}{wrong}{body[place + 1 :]}", context="contact.phone"
            )
    for broken in ("", "v1", "v9:1:AAAA", "v1:x:AAAA", "v1:1:", "v1:1:é"):
        with pytest.raises(crypto.CannotOpen):
            crypto.decrypt(broken, context="contact.phone")


def test_the_same_value_never_looks_the_same() -> None:
    assert len({crypto.encrypt("x", context="c") for _ in range(50)}) == 50


def test_old_keys_open_and_the_newest_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    old, index = crypto.encrypt("x", context="c"), crypto.blind("x", context="c")
    ring = keys.ring().rotated()
    monkeypatch.setattr(keys, "ring", lambda: ring)
    assert crypto.decrypt(old, context="c") == "x"
    assert crypto.encrypt("x", context="c").startswith("v1:2:")
    assert crypto.blind("x", context="c").startswith("2:")
    assert crypto.blind_all("x", context="c") == [crypto.blind("x", context="c"), index]


def test_another_towns_ring_says_which_key_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ring", lambda: KeyRing({2: new_ring().roots[1]}))
    with pytest.raises(KeyMissing, match="Key 1"):
        crypto.decrypt("v1:1:AAAA", context="c")


def test_the_index_finds_equals_and_nothing_else() -> None:
    assert crypto.blind("13812345678", context="phone") == crypto.blind("13812345678", context="phone")
    assert crypto.blind("13812345678", context="phone") != crypto.blind("13812345679", context="phone")
    assert crypto.blind("13812345678", context="phone") != crypto.blind("13812345678", context="identity")
    assert len(crypto.blind("13812345678", context="phone")) == len("1:") + 64


@given(st.binary(max_size=40), st.text(max_size=10))
def test_a_draw_is_a_share_and_always_the_same(key: bytes, context: str) -> None:
    share = crypto.keyed_share(key, context)
    assert 0 <= share < 1
    assert share == crypto.keyed_share(key, context)


def test_draws_are_even() -> None:
    shares = [crypto.keyed_share(str(n), "test") for n in range(4000)]
    for low in (0.0, 0.25, 0.5, 0.75):
        assert 850 < sum(low <= share < low + 0.25 for share in shares) < 1150
