"""Reading the two pages about help in one's language."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

HELP, CARD = "/members/language-help", "/members/interpreter-card"
# The facts' list, in its order, with the tag of each language.
LANGUAGES = {
    "en": "English", "es": "Spanish", "zh-Hant": "Chinese", "vi": "Vietnamese", "tl": "Tagalog", "ko": "Korean", "hy": "Armenian",
    "fa": "Farsi", "ru": "Russian", "ja": "Japanese", "ar": "Arabic", "pa": "Punjabi", "km": "Khmer (Cambodian)", "hmn": "Hmong",
    "hi": "Hindi", "th": "Thai",
}  # fmt: skip
RIGHT_TO_LEFT = {"fa", "ar"}


def html(client, address: str) -> LexborHTMLParser:
    answer = client.get(address)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def notices(page: LexborHTMLParser) -> list[LexborNode]:
    return page.css("main section.language-help")


def cards(page: LexborHTMLParser) -> list[LexborNode]:
    return page.css("main section.speak-card")


def text(node: LexborNode) -> str:
    return " ".join(node.text().split())
