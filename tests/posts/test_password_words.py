"""What everybody here would guess is no password."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "mulin123456",
        "MuLin-2026!",
        "睦邻社区网格中心123",
        "wanggeyuan01",
        "mul1n@dmin2026",
        "longshanlu110",
        "ｍｕｌｉｎ12345",
    ],
)
def test_words_of_this_place_with_some_digits_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "place_word" in {each.code for each in refused.value.error_list}


@pytest.mark.parametrize(
    "password", ["窗台上的三盆吊兰要浇水", "mulin likes rainy mornings", "kWv7-rrtq-81zx"]
)
def test_what_says_more_is_taken(password: str) -> None:
    validate_password(password)
