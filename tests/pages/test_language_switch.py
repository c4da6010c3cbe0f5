"""The language switch leads to the same page in another language: with the question that was asked, and nothing else of the address."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytestmark = pytest.mark.django_db


class Switch(HTMLParser):
    """The address of each language in the list of languages."""

    def __init__(self, html: str):
        super().__init__()
        self.addresses = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("class") == "language__link":
            self.addresses[attrs["hreflang"]] = attrs["href"]


def switch(client, address: str) -> dict[str, str]:
    found = Switch(client.get(address).content.decode()).addresses
    assert len(found) == 11
    return found


@pytest.mark.parametrize(
    ("here", "spanish", "english"),
    [
        ("/search?q=nurse", "/es/search?q=nurse", "/search?q=nurse"),
        ("/ko/search?q=nurse&page=2", "/es/search?q=nurse&page=2", "/search?q=nurse&page=2"),
        ("/members/interpreter-card?size=large&line=medi-cal&language=vi",)
        + tuple(f"{prefix}/members/interpreter-card?language=vi&line=medi-cal&size=large" for prefix in ("/es", "")),
        ("/es/news?page=2", "/es/news?page=2", "/news?page=2"),
        ("/members", "/es/members", "/members"),
        ("/", "/es", "/"),
        ("/search", "/es/search", "/search"),
        ("/search?q=&page=", "/es/search", "/search"),
        ("/es/%5Chost.example", "/es/%5Chost.example", "/%5Chost.example"),
        ("/no%3Fsuch%23page%2541", "/es/no%3Fsuch%23page%2541", "/no%3Fsuch%23page%2541"),
        ("/members?utm_source=x&code=ABCD-EFGH&check=1&name=Rosa", "/es/members", "/members"),
    ],
)
def test_the_question_goes_along(client, here, spanish, english):
    found = switch(client, here)
    assert (found["es"], found["en"]) == (spanish, english)


@pytest.mark.parametrize(
    "question",
    [
        '"><script>alert(1)</script>',
        "' onclick=alert(1) x='",
        "a&to_language=fa&q=b#c",
        "//host.example/%2e%2e",
        "a\r\nSet-Cookie: x=1",
        "\0",
        "간호사 护士 ممرضة",
        "\u202eevil",
        "n" * 5000,
    ],
)
def test_hostile_questions_stay_a_question(client, question):
    address = switch(client, f"/search?{urlencode({'q': question, 'page': '<b>'})}")["es"]
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("", "", "/es/search", "")
    assert parse_qs(parts.query) == {"q": [question[:100]], "page": ["<b>"]}
    assert address.isascii() and not set("<>\"' \r\n\0") & set(address)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("query", ["q=a&q=b", "q=%FF%FE", "q=%", "=&&=", "q[]=1", "%00=1"])
def test_malformed_queries_answer(client, query):
    switched = switch(client, f"/search?{query}")
    for language in ("en", "ar", "ko"):
        assert client.get(switched[language]).status_code == 200
