"""Official numbers: a misheard one is refused, however it is misheard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.kernel.numbers import check_digit, parse, with_check

SOME = [with_check(year, n) for year in (2026, 2031) for n in (1, 138, 99_999, 123_456, 907_060, 1_234_567)]


def test_looks_as_people_know_it() -> None:
    assert with_check(2026, 138).startswith("26-000138-")
    assert with_check(26, 138) == with_check(2026, 138)
    assert len(with_check(2026, 1_234_567)) == len("26-1234567-0")


@pytest.mark.parametrize("number", SOME)
def test_every_wrong_digit_is_noticed(number: str) -> None:
    digits = number.replace("-", "")
    for place, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            assert parse(digits[:place] + wrong + digits[place + 1 :]) is None


@pytest.mark.parametrize("number", SOME)
def test_every_swap_of_neighbours_is_noticed(number: str) -> None:
    digits = number.replace("-", "")
    for place in range(len(digits) - 1):
        a, b = digits[place], digits[place + 1]
        if a != b:
            assert parse(digits[:place] + b + a + digits[place + 2 :]) is None


def test_the_scheme_itself_notices_all_errors_in_any_position() -> None:
    for body in (f"{n:04d}" for n in range(10_000)):
        valid = body + check_digit(body)
        for place in range(len(valid) - 1):
            a, b = valid[place], valid[place + 1]
            if a != b:
                swapped = valid[:place] + b + a + valid[place + 2 :]
                assert check_digit(swapped[:-1]) != swapped[-1]


@given(st.integers(2000, 2099), st.integers(1, 999_999_999))
def test_what_is_written_is_read(year: int, n: int) -> None:
    number = with_check(year, n)
    assert parse(number) == number
    assert parse(number.replace("-", "")) == number
    assert parse(f"  {number.replace('-', ' – ')} ") == number


def test_full_width_digits_are_read() -> None:
    number = with_check(2026, 138)
    assert parse(number.translate({ord("0") + i: ord("０") + i for i in range(10)})) == number


@pytest.mark.parametrize("text", ["", "26-000138", "x26-000138-5", "²6000138", "1" * 500, "26-138-5", "路灯"])
def test_anything_else_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_numbers_lie_within_bounds() -> None:
    for n in (0, -1, 10**9):
        with pytest.raises(ValueError, match="between"):
            with_check(2026, n)
