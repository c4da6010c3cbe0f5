"""What the hints cost: each look at a review computes them again."""

import time

import pytest

from compliance import hints


@pytest.mark.parametrize("sign", ["㌖", "a", "социальн"])
def test_a_text_without_a_space_takes_the_time_of_any_other(sign):
    def seconds(text: str) -> float:
        began = time.process_time()
        assert hints.found_in(text) == []
        return time.process_time() - began

    usual = seconds("Somebody bills for others. " * 700)
    assert seconds(sign * (20_000 // len(sign))) < 20 * usual  # the plain form of the first has six times its length


def test_an_address_is_found_wherever_it_stands():
    assert hints.found_in("㌖" * 5000 + " write to rosa@example.org") == ["email"]
    assert hints.found_in("rosa@example") == hints.found_in("at @example.org") == []
