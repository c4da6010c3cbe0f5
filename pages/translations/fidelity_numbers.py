"""The numbers in a text, written alike whatever its language: $2.9 million is $2900000, and so is 290만 달러; December is 12."""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

WORDS = yaml.safe_load(Path(__file__).with_name("fidelity_words.yaml").read_text(encoding="utf-8"))

DIGITS_OF_ANY_SCRIPT = re.compile(r"[^\D0-9]")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:[,٬\u00a0\u202f]\d{3})+|(?:\.\d{3}){2,})(?!\d)")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def numbers_in(text: str, code: str) -> Counter:
    """How often each number stands in figures in a plain text of language `code`, with its sign: 12, $5, 40%, or a time such as 18:00."""
    language = _language(code)
    text = DIGITS_OF_ANY_SCRIPT.sub(lambda match: str(int(match[0])), text).replace("٫", ".")
    text = THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    if language.decimal_comma:
        text = DECIMAL_COMMA.sub(".", text)
    text = language.with_months_in_figures(text)
    times, text = language.without_times(text)
    return Counter(times + language.amounts(text))


def numbers_in_words(text: str, code: str) -> Counter:
    """How often each number stands in words, as far as the language's words for numbers mean nothing else.

    One that means something else too counts only beside a word that leaves no doubt: năm (5, or a year) before days, 이 (2, or this)
    before years. In doubt it is no number: a true translation is not refused, and a false one is left to the reviewer's eye.
    """
    language = _language(code)
    return Counter(language.numbers[match[0].casefold()] for match in language.number_words.finditer(text))


class Language:
    """How one language writes months, times and large numbers: its part of fidelity_words.yaml as patterns."""

    def __init__(self, words: dict):
        before, after = words.get("prefix", ""), words.get("suffix", "")
        if words.get("spaced", True):
            before, after = rf"(?<!\w){before}", rf"{after}(?!\w)"
        self.decimal_comma = words.get("decimal_comma", False)
        self.adds_scales = words.get("adds_scales", False)

        self.months = {name: number for number, names in enumerate(words["months"], start=1) for name in names}
        self.months |= {name[0].upper() + name[1:]: number for name, number in self.months.items()}
        uncertain = words.get("uncertain", [])
        certain = f"{before}({_any_of(name for name in self.months if name not in uncertain)}){after}"
        beside_number = f"{before}({_any_of(uncertain)}){after}"
        self.month_patterns = [
            re.compile(pattern) for pattern in (certain, rf"{beside_number}(?=\s\d)", rf"(?<=\d\s){beside_number}")
        ]

        self.scales = {word: Decimal(scale) for word, scale in words["scales"].items()}
        self.amount = re.compile(
            rf"(?P<dollar>\$\s?)?(?P<percent>{_any_of(words.get('percent_before', []))}\s?)?"
            rf"(?P<number>\d+(?:\.\d+)?)(?:\s*(?P<scale>{_any_of(self.scales)}){after})?"
            rf"(?:\s?(?P<percents>[%٪％]|{_any_of(words['percent'])})|\s?(?P<dollars>{_any_of(words['dollars'])}))?"
        )
        self.numbers = {word: str(number) for number, found in words.get("numbers", {}).items() for word in found}
        before_number = words.get("before_number", r"(?<![\w\u200c-])")
        after_number = words.get("after_number", r"(?![\w\u200c])")
        self.number_words = re.compile(f"{before_number}{_any_of(self.numbers)}{after_number}", re.IGNORECASE)

        hour, minute = _any_of(words.get("hour", [])), _any_of(words.get("minute", []))
        clock = rf"(?<![\d.:])(?P<hour>[01]?\d|2[0-4])(?!\d|\.\d)(?::(?P<minute>[0-5]\d)|\s*{hour}(?:\s*(?P<minutes>\d+)\s*{minute})?)?"
        half = rf"(?:(?P<morning>{_any_of(words['morning'])})|(?P<evening>{_any_of(words['evening'])}))"
        time = rf"{before}{half}{after}\s*{hour}?\s*{clock}" if words.get("half_first") else rf"{clock}\s*{half}{after}"
        self.time_patterns = [
            re.compile(time, re.IGNORECASE),
            re.compile(r"(?<![\d.:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])"),
        ]

    def with_months_in_figures(self, text: str) -> str:
        for pattern in self.month_patterns:
            text = pattern.sub(lambda match: f" {self.months[match[1]]} ", text)
        return text

    def without_times(self, text: str) -> tuple[list[str], str]:
        """The times of day, and the text without them."""
        times = []
        for pattern in self.time_patterns:
            times += [_time(match.groupdict()) for match in pattern.finditer(text)]
            text = pattern.sub(" ", text)
        return times, text

    def amounts(self, text: str) -> list[str]:
        """Each number with its sign, multiplied by the scale after it; where the language adds scales, 1억 500만 is one."""
        amounts, signs, end, last_scale = [], [], 0, Decimal(1)
        for match in self.amount.finditer(text):
            scale = self.scales[match["scale"]] if match["scale"] else Decimal(1)
            value = Decimal(match["number"]) * scale
            sign = "$" if match["dollar"] or match["dollars"] else "%" if match["percent"] or match["percents"] else ""
            if self.adds_scales and value < last_scale and not text[end : match.start()].strip():
                amounts[-1] += value
                signs[-1] = signs[-1] or sign
            else:
                amounts.append(value)
                signs.append(sign)
            end, last_scale = match.end(), scale
        numbers = [format(amount.normalize(), "f") for amount in amounts]
        return [f"${number}" if sign == "$" else f"{number}{sign}" for number, sign in zip(numbers, signs, strict=True)]


def _time(parts: dict[str, str | None]) -> str:
    hour, minute = int(parts["hour"]), int(parts.get("minute") or parts.get("minutes") or 0)
    if parts.get("evening") and hour < 12:
        hour += 12
    elif parts.get("morning") and hour == 12:
        hour = 0
    return f"{hour}:{minute:02}"


def _any_of(words) -> str:
    """A pattern for one of these words, the longest first since 一月 stands in 十一月; for none, one that matches nowhere."""
    found = sorted((re.escape(word) for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(found)})" if found else r"(?!)"


@cache
def _language(code: str) -> Language:
    return Language(WORDS["languages"][code])
