"""Lists of codes, as people type them."""

import re

# What stands between the items in any of our languages.
SEPARATORS = re.compile(r"[\s,;\u060c\u061b\u3001\uff0c\uff1b]+")


def codes_of(text: str) -> list[str]:
    """The items in small letters, each once."""
    return list(dict.fromkeys(code for code in SEPARATORS.split(text.lower()) if code))
