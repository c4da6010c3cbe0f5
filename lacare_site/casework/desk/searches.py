"""What is searched for may name a person, and addresses stand in logs and histories: the words are kept in the session of whoever
searches, and the address says no more than that there are some."""

from django.http import HttpRequest, HttpResponseRedirect, QueryDict

from lacare_site.casework.registry import CaseKind
from lacare_site.casework.selectors import Filters

SEARCHED = "searched"
LONGEST = 200  # characters, as the fields say
WORDS, CHOICES = ("q",), ("stage", "assigned", "due", "urgent")


def keep(request: HttpRequest, place: str, words: tuple[str, ...], choices: tuple[str, ...] = ()) -> HttpResponseRedirect:
    """Of a form that was sent, keeps the fields `words` for this place (a kind of cases, a log) and puts `choices` into the address."""
    typed = {name: text for name in words if (text := request.POST.get(name, "").replace("\0", "").strip()[:LONGEST])}
    request.session[f"{SEARCHED} {place}"] = typed
    query = QueryDict(mutable=True)
    query.update({name: request.POST[name] for name in choices if name in request.POST} | ({SEARCHED: "yes"} if typed else {}))
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def words_of(request: HttpRequest, place: str) -> dict[str, str]:
    """The words that the address speaks of, by field; none once the session has ended."""
    return request.session.get(f"{SEARCHED} {place}", {}) if SEARCHED in request.GET else {}


def choices(kind: CaseKind) -> tuple[str, ...]:
    """What a list of this kind is narrowed down by without naming anybody."""
    return (*CHOICES, *(facet.key for facet in kind.facets))


def filters_of(request: HttpRequest, kind: CaseKind) -> Filters:
    chosen = {name: request.GET[name] for name in choices(kind) if name in request.GET}
    return Filters.of(chosen | words_of(request, kind.key), kind)
