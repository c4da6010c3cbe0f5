"""The health plan whose site this is: its names, its address, its plans. Another one writes its own here, beside content of its own."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Organisation:
    name: str
    short_name: str  # the first words of the name; they stand large beside the mark
    legal_name: str
    entity: str  # what kind of body it is, as its legal line says
    since: int  # the first year of its site
    street: str
    city: str
    state: str
    postcode: str
    country: str
    domain: str  # of its site and mail
    time_zone: str
    clock: str  # what its people call that time
    plans: tuple[tuple[str, str], ...]  # by the keys that pages, notices and telephone lines name them with
    questions_line: str  # the line, by its key in the contacts registry, for whoever is not a member yet
    interpreter_line: str  # the line that most members have, named where a page is not in the visitor's language
    theme_colour: str  # --deep of static/css/tokens.css, in which a telephone paints the browser's own bars
    dark_theme_colour: str

    @property
    def kind(self) -> str:
        """The rest of the name."""
        return self.name.removeprefix(self.short_name).strip()


ORGANISATION = Organisation(
    name="L.A. Care Health Plan",
    short_name="L.A. Care",
    legal_name="Local Initiative Health Authority for Los Angeles County",
    entity="A Public Entity",
    since=2000,
    street="1200 W. 7th Street",
    city="Los Angeles",
    state="CA",
    postcode="90017",
    country="US",
    domain="lacare.org",
    time_zone="America/Los_Angeles",
    clock="Los Angeles",
    plans=(
        ("medi-cal", "Medi-Cal"),
        ("covered", "L.A. Care Covered"),
        ("medicare-plus", "L.A. Care Medicare Plus (HMO D-SNP)"),
        ("pasc-seiu", "PASC-SEIU Plan"),
    ),
    questions_line="coverage",
    interpreter_line="medi-cal",
    theme_colour="#07364b",
    dark_theme_colour="#06222f",
)


def organisation(request: HttpRequest) -> dict:
    """What every template knows of it: `{{ organisation.name }}`."""
    return {"organisation": ORGANISATION}
