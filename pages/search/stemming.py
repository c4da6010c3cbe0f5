"""Words without the endings, prefixes and articles of their language.

Snowball where it knows the language well. Its Arabic, Armenian and Persian leave common forms of short nouns apart (card, my card, the
card), so that these, and languages that it does not know, have rules here, in the manner of Larkey's light stemmers: what they make of a
word is no word, but the same for its forms.
"""

import re
import threading

import snowballstemmer

SNOWBALL = {"en": "english", "es": "spanish", "ru": "russian"}

# By language: pattern, replacement; in their order. A word has at least two letters left, where a shorter rest would be ambiguous three.
RULES = {
    "ar": [
        # "و" (and), "ب" (with) and "ل" (to) are written with the word: before the article, and before words in Latin letters.
        (r"^[وفبلك]?(?:ال)?(?=[a-z0-9])", ""),
        (r"^[وف]?(?:[بك]?ال|لل)(?=.{3})", ""),
        (r"(?<=.{4})(?:يات|يه|ي|ا)$|(?<=.{3})(?:ات(?:ك|ي|كم|نا|ها|هم)?|ت(?:ك|ي|كم|نا|ها|هم)|ون|ين|ان|ها|هم|كم|نا|ه|ك)$", ""),
    ],
    "fa": [(r"(?<=.{3})(?:(?:ها(?:يي?|يم|يتان)?|ان|ي|م))+$", "")],
    "hy": [
        (r"(?<=.)ութ(?:յուն|յան|յամբ)(?:ներ)?(?:ից|ով|ում|ին|ի)?[ընսդ]?$", "ութ"),
        (r"(?<=..)(?:ներ|եր)?(?:ից|ով|ում|ման|ին|ի|ելու|ել|եք|եմ|ալ|ած)?[ընսդ]?$", ""),
        (r"(?<=.)(?:ու|ի)(?=[^աեէըիոօու]+$)", ""),  # բժիշկ, բժշկի: the vowel goes when an ending comes
    ],
    "ko": [
        (
            r"(?<=..)(?:에서는?|에게|까지|부터|으로|이나|하고|하려면|하기|하세요|합니다|하는|해요|려면|를|을|은|는|이|가|에|의|와|과|도|만|로|나)$",
            "",
        ),
    ],
    "ru": [(r"сестер$", "сестр")],  # медсестёр, медсестра: the vowel comes where no ending stands
    "tl": [(r"^(?:ipag|ipa|mag|nag|pag|maka|naka|mang|pang)(?=.{4})", ""), (r"(?<=.{4})[hn]?[ai]n$", "")],
    "vi": [(r"(?<=[bcdghklmnpqrstvx])y$", "i")],  # sỹ, sĩ
}
# The Spanish stemmer knows "ión" by its accent alone, which readers leave out.
BEFORE = {"es": [(r"ion$", "ión"), (r"eria(s?)$", r"era\1")]}  # enfermería, enfermera
# Pague and pagar, busque and buscar, realice and realizar are one verb.
AFTER = {"es": [(r"gu$", "g"), (r"qu$", "c"), (r"z$", "c")]}

_of_this_thread = threading.local()  # a snowball stemmer keeps the word it works on, so threads cannot share one


def stem(word: str, language: str) -> str:
    """The stem of a word in normal form (see analysis.normalise); unchanged in a language without rules."""
    if word.isdecimal():
        return word
    word = _by_rules(word, BEFORE.get(language, ()))
    if algorithm := SNOWBALL.get(language):
        if not hasattr(_of_this_thread, algorithm):
            setattr(_of_this_thread, algorithm, snowballstemmer.stemmer(algorithm))
        word = getattr(_of_this_thread, algorithm).stemWord(word)
    return _by_rules(_by_rules(word, RULES.get(language, ())), AFTER.get(language, ()))


def _by_rules(word: str, rules) -> str:
    for pattern, replacement in rules:
        word = re.sub(pattern, replacement, word, count=1)
    return word
