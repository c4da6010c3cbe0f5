"""Turns text into the terms of the search index, alike for pages and for questions.

Terms are made of a to z and 0 to 9 alone, so that SQLite's and PostgreSQL's tokenisers, which differ in how they cut Khmer, Persian
or a hyphen, keep every one whole and find the same pages.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

LONGEST_WORD = 60  # characters; what is longer is no word of ours
STEMMERS = {"en": "english", "es": "spanish", "hy": "armenian", "ru": "russian", "fa": "persian", "ar": "arabic"}

# Stands inside words without being a letter to Python: accents, vowel signs, Armenian stress and question marks, joiners.
# Not the zero-width non-joiner: Persian writes it where others leave a space, and many readers type a space.
INSIDE_WORDS = "\u0300-\u036f\u0483-\u0487\u055a-\u055f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u17b4-\u17d3\u17dd\u00ad\u200b\u200d-\u200f\u2060"
LETTER = rf"(?:[^\W_]|[{INSIDE_WORDS}])"
WORD = re.compile(rf"{LETTER}+(?:['’ʼ.\-‐‑]{LETTER}+)*")
ABBREVIATION = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
APOSTROPHES = re.compile("['’ʼ]")
POSSESSIVE = re.compile("['’ʼ]s$")
BETWEEN_PARTS = re.compile(r"[\s.\-‐⁄]+")
# Written without spaces between words, or (Korean) with endings glued to them: found by pairs of characters.
PAIRED = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+|[\uac00-\ud7a3]+|[\u1780-\u17ff][\u1780-\u17ff\u200b-\u200d]*")
JOINERS = "\u200b\u200c\u200d"
LATIN_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
DROPPED = re.compile("[\u0483-\u0487\u055a-\u055f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u2060]")
ONE_FORM = str.maketrans(
    {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ё": "е"}
    | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ىیېئ", "ي")
    | dict.fromkeys("ةۀۂہە", "ه")
    | {"ک": "ك", "ؤ": "و"}
)
PERSIAN_FORM = str.maketrans("يك", "یک")
# Snowball takes the first letter of "بطاقة" (card) for a prefix, but not after the article: without it both become one.
ARABIC_ARTICLE = re.compile("^[وف]?[بك]?ال(?=.{3})")

_of_this_thread = threading.local()  # a snowball stemmer keeps the word it works on, so threads cannot share one


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
            yield from _pairs(text, *run.span())
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
    places = [place for place in range(start, end) if text[place] not in JOINERS]
    terms = {place: encode(normalise(text[place])) for place in places}
    if len(places) == 1:
        yield Word(places[0], places[0] + 1, (terms[places[0]],), ())
    for first, second in zip(places, places[1:], strict=False):
        yield Word(first, second + 1, (terms[first] + terms[second],), (terms[first], terms[second]))


@lru_cache(maxsize=50_000)
def _terms_of(token: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of a word as WORD finds it: "Medi-Cal" gives `medi cal`, and besides `medic` for whoever writes "medical"."""
    token = normalise(token[:LONGEST_WORD])
    if ABBREVIATION.fullmatch(token):
        token = token.replace(".", "")
    token = APOSTROPHES.sub("", POSSESSIVE.sub("", token))
    parts = [part for part in BETWEEN_PARTS.split(token) if part]
    others = [encode(stem("".join(parts), language))] if len(parts) > 1 else []
    return tuple(encode(stem(part, language)) for part in parts), tuple(others)


def normalise(text: str) -> str:
    """One spelling for what readers write in several: case, width, Latin accents, Arabic and Persian letters, digits."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFKC", LATIN_ACCENTS.sub("", text))
    text = DROPPED.sub("", text).translate(ONE_FORM)
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


def stem(word: str, language: str) -> str:
    """The word without the endings of its language; unchanged in a language for which there is no stemmer."""
    algorithm = STEMMERS.get(language)
    if algorithm is None or word.isdecimal():
        return word
    if language == "es":
        word = re.sub("ion$", "ión", word)  # the stemmer knows this ending by its accent alone
    elif language == "fa":
        word = word.translate(PERSIAN_FORM)
    elif language == "ar":
        word = ARABIC_ARTICLE.sub("", word)
    if not hasattr(_of_this_thread, algorithm):
        setattr(_of_this_thread, algorithm, snowballstemmer.stemmer(algorithm))
    return getattr(_of_this_thread, algorithm).stemWord(word)


def encode(term: str) -> str:
    """The term in a to z and 0 to 9; every other letter as x and its code point.

    None begins with a digit: PostgreSQL takes "0e0a" for a number and a word.
    """
    letters = "".join(letter if letter.isascii() and letter.isalnum() else f"x{ord(letter):x}" for letter in term)
    return f"n{letters}" if letters[:1].isdecimal() else letters
