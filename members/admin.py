"""The languages of help in the admin: the list with what has been reviewed, and the review of one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from lacare_site import languages
from members import selectors, sign_off
from members.models import LanguageHelp
from pages.translations.admin.sign_off import SignOffForm
from pages.translations.ledger import LedgerError


class LanguageHelpPolicy(ModelPermissionPolicy):
    """Reviewers find and read the languages of help too; sign_off.py says which they sign."""

    def user_has_permission(self, user, action):
        return super().user_has_permission(user, action) or (action == "view" and sign_off.reviews_some_language(user))


class ReviewView(InspectView):
    """What the site says in one language beside the English, and the sign-off."""

    page_title = "Review"
    posted = None

    def post(self, request, *args, **kwargs):
        if not sign_off.may_review(request.user, self.object):
            raise PermissionDenied
        self.posted = SignOffForm(request.POST)
        if self.posted.is_valid():
            try:
                sign_off.sign(self.object.pk, request.user, **self.posted.cleaned_data)
            except LedgerError as error:
                self.posted.add_error("qualification", str(error))
            else:
                messages.success(request, f"You have signed the {self.object.english_name} text.")
                return redirect(request.path)
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        obstacle = sign_off.obstacle(row, user)
        if not obstacle and not sign_off.may_review(user, row):
            obstacle = f"{review_state(row)}. You do not review {row.english_name} texts."
        opened = SignOffForm(initial={"text_hash": row.text_hash, "source_hash": row.source_hash})
        return super().get_context_data(**kwargs) | {
            "language": {"name": row.english_name},
            "action_url": self.request.path,
            "sign_off": {
                "entry": getattr(row, "review", None),
                "obstacle": obstacle,
                "form": self.posted or (None if obstacle else opened),
            },
            "texts": [
                ("Name", row.english_name, row.own_name),
                ("Notice", row.english_notice, row.notice),
                ("Sentence on the card", row.english_sentence, row.card_sentence),
            ],
        }


def review_state(row: LanguageHelp) -> str:
    if row.code == languages.DEFAULT:
        return "Original"
    if row.reviewed_on:
        return f"Reviewed on {date_format(row.reviewed_on, 'M j, Y')}"
    return "Changed since its review" if hasattr(row, "review") else "Not reviewed"


class LanguageHelpViewSet(SnippetViewSet):
    model = LanguageHelp
    icon = "globe"
    menu_label = "Languages of help"
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "english_name",
        "own_name",
        "code",
        TitleColumn(
            "review",
            label="Review",
            accessor=review_state,
            get_url=lambda row: reverse(row.snippet_viewset.get_url_name("inspect"), args=[row.pk]),
        ),
        BooleanColumn("is_confirmed", label="Confirmed"),
        "live",
    ]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = ReviewView
    inspect_template_name = "members/admin/review.html"

    def get_queryset(self, request):
        return selectors.with_reviews()
