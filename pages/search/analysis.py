"""Turns text into the terms of the search index, alike for pages and for questions.

Terms are made of a to z and 0 to 9 alone, so that SQLite's and PostgreSQL's tokenisers, which differ in how they cut Khmer, Persian
or a hyphen, keep every one whole and find the same pages.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .stemming import stem

LONGEST_WORD = 60  # characters; what is longer is no word of ours

# Stands inside words without being a letter to Python: accents, vowel signs, Armenian stress and question marks, joiners.
INSIDE_WORDS = "\u0300-\u036f\u0483-\u0487\u055a-\u055f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u17b4-\u17d3\u17dd\u00ad\u200b\u200d-\u200f\u2060"
LETTER = rf"(?:[^\W_]|[{INSIDE_WORDS}])"
WORD = re.compile(rf"{LETTER}+(?:['’ʼ.\-‐‑\u200c]{LETTER}+)*")
ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
APOSTROPHES = re.compile("['’ʼ]")
POSSESSIVE = re.compile("['’ʼ]s$")
NON_JOINER = "\u200c"  # stands between the parts of Persian words, where readers also type a space, or nothing
BETWEEN_PARTS = re.compile(rf"[\s.\-‐⁄{NON_JOINER}]+")
# Written without spaces between words, or (Korean) with endings glued to them: found by pairs of characters.
PAIRED = re.compile(
    "[\u3400-\u9fff\U00020000-\U0003ffff]+|(?P<korean>[\uac00-\ud7a3]+)|[\u1780-\u17d3\u17d7\u17dc\u17dd][\u1780-\u17d3\u17d7\u17dc\u17dd\u200b-\u200d]*"
)
# What counts as a character there: in Khmer a letter with those below it and its vowel signs.
CHARACTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d3\u17dd\u200b-\u200d])*|.")
KHMER_SIGNS = re.compile("\u17d2.|.")
LATIN_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
DROPPED = re.compile(
    "[\u0483-\u0487\u055a-\u055f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u17d0\u00ad\u200b\u200d-\u200f\u2060]"
)
SIMPLIFIED = Path(__file__).parent / "words" / "simplified.txt"
ONE_FORM = str.maketrans(
    {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ё": "е"}
    | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ىیېئ", "ي")
    | dict.fromkeys("ةۀۂہە", "ه")
    | {"ک": "ك", "ؤ": "و"}
    | dict.fromkeys("ឪឲឳ", "ឱ")
    # The site writes traditional Chinese; many readers type simplified characters.
    | dict(pair for pair in SIMPLIFIED.read_text(encoding="utf-8").split() if len(pair) == 2 and not pair.isascii())
)


class Word(NamedTuple):
    """One word of a text: where it stands, its terms in their order, and further terms by which it is found."""

    start: int
    end: int
    terms: tuple[str, ...]
    others: tuple[str, ...]


def words(text: str, language: str) -> Iterator[Word]:
    """The words of `text`, a text in the language of that code; pairs of characters where no spaces part words."""
    for match in WORD.finditer(text):
        place = match.start()
        for run in PAIRED.finditer(text, *match.span()):
            yield from _word(text, place, run.start(), language)
            yield from _pairs(text, run.start(), run.start() + len(stem(run[0], "ko")) if run["korean"] else run.end())
            place = run.end()
        yield from _word(text, place, match.end(), language)


def index_terms(text: str, language: str) -> str:
    """What the index holds of a text: the terms in their order, then the further ones, separated by spaces."""
    found = list(words(text, language))
    ordered = [term for word in found for term in word.terms]
    others = dict.fromkeys(term for word in found for term in word.others)
    return " ".join([*ordered, *others])


def _word(text: str, start: int, end: int, language: str) -> Iterator[Word]:
    terms, others = _terms_of(text[start:end], language)
    if terms:
        yield Word(start, end, terms, others)


def _pairs(text: str, start: int, end: int) -> Iterator[Word]:
    """The pairs of "會員卡" are 會員 and 員卡; 會, 員 and 卡 stand beside them; a single character gives itself."""
    found = [(match.start(), match.end(), _character(match[0])) for match in CHARACTER.finditer(text, start, end)]
    if len(found) == 1:
        yield Word(*found[0][:2], (found[0][2],), ())
    for (begin, _, first), (_, finish, second) in zip(found, found[1:], strict=False):
        yield Word(begin, finish, (first + second,), (first, second))


@lru_cache(maxsize=50_000)
def _character(characters: str) -> str:
    """The term of a character; the signs of a Khmer one in a fixed order, whatever order they were typed in."""
    normal = normalise(characters)
    return encode(normal[:1] + "".join(sorted(KHMER_SIGNS.findall(normal[1:]))))


@lru_cache(maxsize=50_000)
def _terms_of(token: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of a word as WORD finds it, and further ones.

    "Medi-Cal" gives `medi cal`, and besides `medic` for whoever writes "medical"; a Persian compound the word as written in one, and
    besides its parts for whoever leaves a space.
    """
    token = normalise(token[:LONGEST_WORD])
    if ABBREVIATION.fullmatch(token):
        token = token.replace(".", "")
    token = APOSTROPHES.sub("", POSSESSIVE.sub("", token))
    terms = [encode(stem(part, language)) for part in BETWEEN_PARTS.split(token) if part]
    if len(terms) < 2:
        return tuple(terms), ()
    joined = encode(stem(BETWEEN_PARTS.sub("", token), language))
    return ((joined,), tuple(terms)) if NON_JOINER in token else (tuple(terms), (joined,))


def normalise(text: str) -> str:
    """One spelling for what readers write in several: case, width, accents, Arabic, Persian and Chinese letters, digits."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFKC", LATIN_ACCENTS.sub("", text))
    text = DROPPED.sub("", text).translate(ONE_FORM).replace("\u17d2ដ", "\u17d2ត")  # below another letter they look alike
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


def encode(term: str) -> str:
    """The term in a to z and 0 to 9; every other letter as x and its code point.

    None begins with a digit: PostgreSQL takes "0e0a" for a number and a word.
    """
    letters = "".join(letter if letter.isascii() and letter.isalnum() else f"x{ord(letter):x}" for letter in term)
    return f"n{letters}" if letters[:1].isdecimal() else letters
