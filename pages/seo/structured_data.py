"""What search engines read of a page as data (schema.org, in JSON-LD): who we are, and where the page stands."""

import json

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from lacare_site.organisation import ORGANISATION
from pages import links, translated
from pages.contacts import selectors as contacts
from pages.models import HomePage
from pages.navigation import selectors as navigation
from pages.seo.addresses import absolute

# Within a script element a browser looks for these alone.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of(page) -> SafeString:
    """The data of a page, safe inside `<script type="application/ld+json">`, which no browser executes."""
    data = {"@context": "https://schema.org", **(organization() if isinstance(page, HomePage) else breadcrumbs(page))}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308  (escaped)


def organization() -> dict:
    data = {
        "@type": "Organization",
        "@id": f"{settings.BASE_URL}/#organization",
        "name": ORGANISATION.name,
        "legalName": ORGANISATION.legal_name,
        "url": f"{settings.BASE_URL}/",
        "logo": absolute(static("images/icon-512.png")),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ORGANISATION.street,
            "addressLocality": ORGANISATION.city,
            "addressRegion": ORGANISATION.state,
            "postalCode": ORGANISATION.postcode,
            "addressCountry": ORGANISATION.country,
        },
        "sameAs": [link.url for row in navigation.menu("social") for link in row.links],
    }
    if line := contacts.lines().get(ORGANISATION.questions_line):
        data["telephone"] = line.dial
    return data


def breadcrumbs(page) -> dict:
    """The way down to the page, as the visitor sees it above the heading."""
    steps = [(str(ancestor.heading), ancestor.url) for ancestor in links.ancestors_of(page) if ancestor.type_name != "folderpage"]
    steps.append((str(translated.of(page, "heading")), links.page_url(page.url_path)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(url)}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }
