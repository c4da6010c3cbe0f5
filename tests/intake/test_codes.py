"""Codes that people hold: read aloud, typed in again, and never mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacare_site.intake import codes
from tests.intake import sample_codes

CODE = st.builds(codes.derived, st.text(), st.just("test"))


def test_a_code_has_groups_that_can_be_read_aloud():
    code = sample_codes.new()
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert not set(code) & set("OILU")
    assert sample_codes.new() != code


@given(CODE, st.sampled_from([str.lower, str.upper, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]))
def test_a_code_is_read_however_it_is_typed(code, change):
    assert codes.read(f"  {change(code)}\n") == code
    assert codes.read(change(code).replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize("zero", "٠۰០")
def test_digits_of_other_scripts_are_read(zero):
    code = sample_codes.new()
    assert codes.read(code.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)})) == code


def test_signs_of_other_keyboards_are_read():
    code = sample_codes.new()
    assert codes.read("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code


@given(CODE, st.data())
def test_one_wrong_sign_is_noticed(code, data):
    signs = code.replace("-", "")
    place = data.draw(st.integers(0, len(signs) - 1))
    wrong = data.draw(st.sampled_from(codes.ALPHABET).filter(lambda sign: sign != signs[place]))
    assert codes.read(signs[:place] + wrong + signs[place + 1 :]) == ""


@given(CODE, st.data())
def test_two_signs_in_the_wrong_order_are_noticed(code, data):
    signs = code.replace("-", "")
    place = data.draw(st.integers(0, len(signs) - 2))
    swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert codes.read(swapped) == ("" if swapped != signs else code)


@pytest.mark.parametrize("typed", ["", "x", "-" * 34, "é" * 28, "\0" * 28, "9" * 100_000, "٣" * 28, "²" * 28])
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) == ""


def test_the_same_secret_gives_the_same_code_and_its_hash_says_nothing_of_it():
    one, same, other = codes.derived("a", "x"), codes.derived("a", "x"), codes.derived("a", "y")
    assert one == same != other
    assert codes.hash_of(one) == codes.hash_of(same) != codes.hash_of(other)
    assert len(codes.hash_of(one)) == 64 and one not in codes.hash_of(one)
