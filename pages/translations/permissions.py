"""Who may do what with a text in a language: the one place that answers.

Whoever may change a page or snippet may draft it in all languages, and whoever may publish it may publish each. Translators draft and
reviewers sign off in the languages that LanguageAssignment gives to them or to their groups, and change nothing else of it.
"""

from django.db.models import Q
from wagtail.models import DraftStateMixin, Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.permissions import get_permission_name

from lacare_site import languages

from .models import LanguageAssignment

Role = LanguageAssignment.Role
TRANSLATIONS = frozenset(code for code in languages.BY_CODE if code != languages.DEFAULT)


def languages_of(user, role: str) -> frozenset[str]:
    """The codes of the languages in which `user` has the role."""
    if not user.is_active:
        return frozenset()
    if user.is_superuser and role != Role.REVIEWER:  # whoever administers the site signs nothing without being made a reviewer
        return TRANSLATIONS
    if not hasattr(user, "_language_assignments"):
        condition = Q(user=user) | Q(group__in=user.groups.all())
        user._language_assignments = set(LanguageAssignment.objects.filter(condition).values_list("role", "language"))
    return frozenset(code for known_role, code in user._language_assignments if known_role == role)


def works_on_translations(user) -> bool:
    return bool(languages_of(user, Role.TRANSLATOR) | languages_of(user, Role.REVIEWER))


def of(instance, user) -> "LanguagePermissions":
    """What `user` may do with a page or snippet."""
    return instance.permissions_for_user(user) if isinstance(instance, Page) else SnippetPermissions(user, instance)


class LanguagePermissions:
    """`can_edit_shared` (the English, and what all languages share) and `can_publish` are a subclass's."""

    def can_edit_language(self, code: str) -> bool:
        return self.can_edit_shared() or code in languages_of(self.user, Role.TRANSLATOR)

    def can_review_language(self, code: str) -> bool:
        return code in languages_of(self.user, Role.REVIEWER)

    def can_view_language(self, code: str) -> bool:
        return self.can_edit_shared() or code in languages_of(self.user, Role.TRANSLATOR) or self.can_review_language(code)


class SitePagePermissionTester(LanguagePermissions, PagePermissionTester):
    def can_edit(self):
        """Opening the form, in whichever language."""
        return self.can_edit_shared() or (not self.page_is_root and works_on_translations(self.user))

    def can_edit_shared(self) -> bool:
        return super().can_edit()

    def can_copy(self):
        return self.can_edit_shared()

    def can_view_revisions(self):
        """The history is one of all languages together: no way leads whoever works on one to it."""
        return super().can_view_revisions() and self.can_edit_shared()


class TranslatedSnippetPolicy(ModelPermissionPolicy):
    """Translators and reviewers find and open snippets too; SnippetPermissions says what they do there."""

    def user_has_permission(self, user, action):
        return super().user_has_permission(user, action) or (action == "change" and works_on_translations(user))


class SnippetPermissions(LanguagePermissions):
    def __init__(self, user, instance):
        self.user, self.model = user, type(instance)
        self.has_drafts = isinstance(instance, DraftStateMixin)

    def can_edit_shared(self) -> bool:
        return self.user.has_perm(get_permission_name("change", self.model))

    def can_publish(self) -> bool:
        return self.user.has_perm(get_permission_name("publish" if self.has_drafts else "change", self.model))

    def can_edit_language(self, code: str) -> bool:
        # What has no drafts is public once it is saved, and translators do not publish.
        return super().can_edit_language(code) if self.has_drafts else self.can_edit_shared()
