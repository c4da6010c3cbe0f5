"""The sign-off of what a language of help says: by whom, and what stands against it. The rules are those of the translation ledger.

Its own table keeps it, since the ledger knows texts of the site's languages alone, and most of all pages: here each language is a row.
"""

from django.db import transaction

from lacare_site import languages
from lacare_site.security import roles
from members.models import REVIEWED_TEXTS, LanguageHelp, LanguageHelpReview
from pages.translations import authors
from pages.translations.ledger import LedgerError, signature_of
from pages.translations.permissions import TRANSLATIONS, Role, languages_of
from pages.translations.texts import hash_of


def reviews_some_language(user) -> bool:
    return bool(languages_of(user, Role.REVIEWER)) or roles.has(user, roles.LANGUAGE_HELP_REVIEWER)


def may_review(user, row: LanguageHelp) -> bool:
    """The reviewers of a language of the site review it here too; for the others, which have no reviewers of their own, there is a role."""
    code = row.code.lower()
    return code in languages_of(user, Role.REVIEWER) if code in TRANSLATIONS else roles.has(user, roles.LANGUAGE_HELP_REVIEWER)


def writers_of(row: LanguageHelp) -> set[int]:
    """The ids of all who have written in the published texts since the version that was signed last, whoever published them."""
    until = row.revisions.filter(pk__lte=row.live_revision_id or 0).order_by("created_at", "pk")
    versions = until.values_list("content", "user_id").iterator()
    saved = ((hash_of({name: content.get(name) for name in REVIEWED_TEXTS}), user_id) for content, user_id in versions)
    review = getattr(row, "review", None)
    return authors.among(saved, row.text_hash, review.text_hash if review else "")[1]


def obstacle(row: LanguageHelp, user) -> str:
    """Why `user`, who may review this language, may not sign its text as it is; "" where nothing stands against it."""
    if row.code == languages.DEFAULT:
        return "This is the English that the others translate."
    if not row.live:
        return "There is no published text to sign yet."
    if not LanguageHelp.objects.filter(code=languages.DEFAULT, live=True).exists():
        return "There is no published English to compare it with."
    if not row.needs_review:
        return "The published text has been reviewed."
    if user.pk in writers_of(row):
        return "You wrote this text. Somebody else has to review it."
    return ""


@transaction.atomic
def sign(pk: int, reviewer, qualification: str, text_hash: str, source_hash: str) -> None:
    """A qualified reviewer signs that the published text says what the English says.

    `text_hash` and `source_hash` are those of the texts that the reviewer has read: if either has changed meanwhile, or something else
    stands against it, LedgerError says so.
    """
    # The English row, too: neither text changes before the signature stands.
    known = {row.pk: row for row in LanguageHelp.objects.select_for_update().order_by("pk")}
    row = known[pk]
    if reason := obstacle(row, reviewer):
        raise LedgerError(reason)
    if (row.text_hash, row.source_hash) != (text_hash, source_hash):
        raise LedgerError("The text has changed since you opened it. Read it again.")
    hashes = {"text_hash": text_hash, "source_hash": source_hash}
    LanguageHelpReview.objects.update_or_create(row=row, defaults=hashes | signature_of(reviewer, qualification))
