"""The token of a form: ours, of that form, not too early and not too late."""

import time

import pytest

from lacare_site.intake import tokens


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock by which tokens are signed and read: `clock(seconds)`."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + clock.passed)

    def move(seconds: float) -> None:
        clock.passed = seconds

    clock = move
    clock.passed = 0
    return clock


def test_a_token_is_good_once_somebody_had_the_time_to_type(clock):
    text = tokens.new("a form")
    assert tokens.read(text, "a form").is_early
    clock(5)
    token = tokens.read(text, "a form")
    assert token.is_timely
    clock(11 * 60 * 60)
    assert tokens.read(text, "a form") == token
    clock(13 * 60 * 60)
    late = tokens.read(text, "a form")
    assert late.is_late and not late.is_timely and late.key == token.key


def test_every_token_is_another():
    assert tokens.read(tokens.new("a form"), "a form").key != tokens.read(tokens.new("a form"), "a form").key


@pytest.mark.parametrize("change", [lambda text: "", lambda text: text[:-1], lambda text: "x" + text, lambda text: text + "\0"])
def test_what_we_have_not_signed_is_no_token(change):
    assert tokens.read(change(tokens.new("a form")), "a form") is None


def test_the_token_of_another_form_is_none_of_this():
    assert tokens.read(tokens.new("another"), "a form") is None
