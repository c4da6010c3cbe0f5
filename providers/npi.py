"""The National Provider Identifier: ten digits, the last of them a check digit (45 CFR 162.406)."""

# The Luhn sum is taken over the identifier as a card number, which has this prefix: 80 for health, 840 for the United States.
CARD_PREFIX = "80840"


def is_npi(text: str) -> bool:
    """Whether these are ten digits, the first a 1 or 2, with the right check digit."""
    return len(text) == 10 and text.isascii() and text.isdecimal() and text[0] in "12" and _luhn(CARD_PREFIX + text) % 10 == 0


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total
