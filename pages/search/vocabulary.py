"""What the search knows of the words of a language: a file in words/ for each."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, in the forms that its analysis does not bring together by itself."""

    # Say nothing about what is looked for: left out of a question that has other words, and kept in one that has none ("who we are").
    stop_words: str = ""
    # Say that a telephone line is meant, not which: a question's other words decide.
    line_words: str = ""
    # Expressions of one line, separated by commas, find each other; what was typed counts more.
    synonyms: list[list[str]] = field(default_factory=list)
    # Several words for which the site has others, put in their place before a question is read (English only).
    phrases: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=16)
def of(language: str) -> Vocabulary:
    """The vocabulary of a language by its code."""
    entries = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    entries["synonyms"] = [[words.strip() for words in line.split(",")] for line in entries["synonyms"]]
    return Vocabulary(**entries)
