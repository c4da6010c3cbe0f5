"""Which interpreter cards a visitor has asked for, by links alone: `?language=vi&line=medi-cal&size=large`."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

LARGE = "large"


@dataclass(frozen=True)
class Option:
    """One link of a row; `thing` is the language or telephone line that it chooses, None for "all" and for sizes."""

    text: str
    address: str
    is_chosen: bool
    thing: object = None


@dataclass(frozen=True)
class Choice:
    """What is chosen among `offered_languages` and `offered_lines`; an empty value chooses all, or wallet size."""

    page_url: str
    offered_languages: list
    offered_lines: list
    language: str = ""  # a language's tag
    line: str = ""  # the key of a plan's line
    size: str = ""

    @property
    def is_large(self) -> bool:
        return self.size == LARGE

    @property
    def languages(self) -> list:
        return [language for language in self.offered_languages if self.language in ("", language.code)]

    @property
    def lines(self) -> list:
        return [line for line in self.offered_lines if self.line in ("", line.key)]

    def rows(self) -> list[tuple[str, str, list[Option]]]:
        """(id, label, options) of each row of links."""
        languages = [self._option("language", "", _("All languages"))]
        languages += [self._option("language", one.code, one.own_name, one) for one in self.offered_languages]
        lines = [self._option("line", "", _("All plans"))]
        lines += [self._option("line", one.key, one.get_plan_display() or one.label_en, one) for one in self.offered_lines]
        sizes = [self._option("size", "", _("Wallet size")), self._option("size", LARGE, _("Large print"))]
        return [("language", _("Language on the card"), languages), ("line", _("Your plan"), lines), ("size", _("Size"), sizes)]

    def _option(self, name: str, value: str, text: str, thing=None) -> Option:
        """A link to this page with one thing chosen differently, and the rest as it is."""
        values = {"language": self.language, "line": self.line, "size": self.size, name: value}
        query = urlencode({key: chosen for key, chosen in values.items() if chosen})
        address = f"{self.page_url}?{query}" if query else self.page_url
        return Option(text, address, getattr(self, name) == value, thing)


def chosen(query, page_url: str, languages: list, lines: list) -> Choice:
    """What the query of an address chooses; what is not on offer chooses nothing."""
    language, line = query.get("language", ""), query.get("line", "")
    return Choice(
        page_url,
        languages,
        lines,
        language if language in {one.code for one in languages} else "",
        line if line in {one.key for one in lines} else "",
        LARGE if query.get("size") == LARGE else "",
    )
