"""Check digits and forms: what is right is taken in any form that people write, what is wrong by one sign is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mulin.kernel.checkdigits import (
    credit_code_check,
    identity_born,
    identity_check,
    is_credit_code,
    is_identity,
    passes_luhn,
)
from mulin.kernel.refusals import Invalid
from mulin.registry import values
from mulin.registry.rules.documents import document_form, in_number, is_phone, phone_form

TODAY = date(2026, 3, 4)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
days = some.dates(date(1900, 1, 1), TODAY)
serials = some.integers(0, 999)
divisions = some.integers(110000, 659999)
texts = some.text(max_size=40)


@some.composite
def identities(draw: some.DrawFn) -> str:
    first = f"{draw(divisions)}{draw(days):%Y%m%d}{draw(serials):03d}"
    return first + identity_check(first)


@some.composite
def credit_codes(draw: some.DrawFn) -> str:
    kind = draw(some.sampled_from(["91", "92", "93", "52", "N2", "11"]))
    first = f"{kind}{draw(divisions)}" + draw(some.text(SIGNS, min_size=9, max_size=9))
    return first + credit_code_check(first)


def test_the_examples_that_everybody_knows() -> None:
    assert is_identity("11010519491231002X")
    assert is_credit_code("91110000600037341L")
    assert passes_luhn("79927398713")
    assert document_form("130503670401001") == "130503196704010016"


@given(identities())
def test_an_identity_number_says_when_its_bearer_was_born(number: str) -> None:
    said = in_number(number)
    assert is_identity(number)
    assert said
    assert said.born_on == identity_born(number)
    spaced = f" {number[:6]} {number[6:14]} {number[14:].lower()} "
    assert document_form(spaced) == number == document_form(document_form(spaced))


@given(identities(), some.integers(0, 17), some.sampled_from("0123456789X"))
def test_one_wrong_sign_is_noticed(number: str, place: int, sign: str) -> None:
    wrong = number[:place] + sign + number[place + 1 :]
    assert is_identity(wrong) == (wrong == number)


@given(identities(), some.integers(0, 16))
def test_two_signs_changed_over_are_noticed(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_identity(wrong) == (wrong == number)


@given(credit_codes(), some.integers(0, 17), some.sampled_from(SIGNS))
def test_one_wrong_sign_of_a_credit_code_is_noticed(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(wrong) == (wrong == code)


@given(texts)
def test_no_text_upsets_the_validators(text: str) -> None:
    assert isinstance(is_identity(text), bool)
    assert isinstance(is_credit_code(text), bool)
    assert isinstance(is_phone(text), bool)
    assert document_form(document_form(text)) == document_form(text)


@given(some.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_number_is_one_however_it_is_grouped(number: str) -> None:
    for written in (number, f"+86 {number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:]}"):
        assert is_phone(written)
        assert phone_form(written) == number
    assert not is_phone("12" + number[2:])
    assert not is_phone(number[:10] + "a")


@given(some.dictionaries(some.sampled_from(sorted(values.RESIDENT)), some.one_of(texts, days, some.none())))
def test_whatever_is_typed_is_read_or_refused_with_words(sent: dict[str, Any]) -> None:
    checked = values.resident(sent, today=TODAY)
    for fault in checked.faults:
        assert isinstance(fault, Invalid)
        assert str(fault)
        assert fault.field in values.RESIDENT
    if not checked.faults:
        kept = checked.values
        again = values.resident(kept, today=TODAY).or_refuse()
        assert again == kept


@given(identities(), some.sampled_from(["born_on", "sex"]))
def test_the_number_and_what_is_said_agree(number: str, told: str) -> None:
    said = in_number(number)
    assert said
    sent = {"name": "王秀英", "document_kind": "111", "document": number}
    right = values.resident(sent, today=TODAY).or_refuse()
    assert (right["born_on"], right["sex"]) == (said.born_on, said.sex)
    wrong = {"born_on": said.born_on - timedelta(days=1), "sex": "2" if said.sex == "1" else "1"}
    faults = values.resident({**sent, told: wrong[told]}, today=TODAY).faults
    assert told in [fault.field for fault in faults]


@pytest.mark.parametrize("written", ["1978-4-23", "1978/04/23", "19780423", "1978年4月23日", "1978.04.23"])
def test_a_day_as_people_write_it(written: str) -> None:
    assert values.resident({"name": "王", "born_on": written}, today=TODAY).or_refuse()["born_on"] == date(
        1978, 4, 23
    )
