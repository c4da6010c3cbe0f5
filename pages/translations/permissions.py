"""Who may do what with a text in a language: the one place that answers.

Whoever may change a page may draft it in all languages, and whoever may publish it may publish each. Translators draft and reviewers
sign off in the languages that LanguageAssignment gives to them or to their groups, and change nothing else of a page.
"""

from django.db.models import Q
from wagtail.models import PagePermissionTester

from lacare_site import languages

from .models import LanguageAssignment

Role = LanguageAssignment.Role
TRANSLATIONS = frozenset(code for code in languages.BY_CODE if code != languages.DEFAULT)


def languages_of(user, role: str) -> frozenset[str]:
    """The codes of the languages in which `user` has the role."""
    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return TRANSLATIONS
    if not hasattr(user, "_language_assignments"):
        condition = Q(user=user) | Q(group__in=user.groups.all())
        user._language_assignments = set(LanguageAssignment.objects.filter(condition).values_list("role", "language"))
    return frozenset(code for known_role, code in user._language_assignments if known_role == role)


def works_on_translations(user) -> bool:
    return bool(languages_of(user, Role.TRANSLATOR) | languages_of(user, Role.REVIEWER))


class SitePagePermissionTester(PagePermissionTester):
    def can_edit(self):
        """Opening the form, in whichever language."""
        return self.can_edit_shared() or (not self.page_is_root and works_on_translations(self.user))

    def can_edit_shared(self) -> bool:
        """The English, and what all languages share."""
        return super().can_edit()

    def can_copy(self):
        return self.can_edit_shared()

    def can_edit_language(self, code: str) -> bool:
        return self.can_edit_shared() or code in languages_of(self.user, Role.TRANSLATOR)

    def can_review_language(self, code: str) -> bool:
        return code in languages_of(self.user, Role.REVIEWER)

    def can_view_language(self, code: str) -> bool:
        return self.can_edit_language(code) or self.can_review_language(code)
