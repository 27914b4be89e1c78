"""Python looks after its memory again, whatever happened while much was made."""

import gc

import pytest

from mulin.kernel.memory import much_at_once


def test_it_is_looked_after_again_also_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        _break()
    assert gc.isenabled()


def _break() -> None:
    with much_at_once():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_one_within_another_leaves_it_to_the_outer_one() -> None:
    with much_at_once():
        with much_at_once():
            pass
        assert not gc.isenabled()
