"""The report of pages whose next review has come, for whoever works on pages."""

import django_filters
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageTypeColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from pages.models import FolderPage, SitePage


class ReviewFilters(WagtailFilterSet):
    due_by = django_filters.DateFilter("next_review_on", "lte", label="Due by", widget=AdminDateInput, help_text="Empty: today.")

    class Meta:
        model = SitePage
        fields = []


class ReviewsDueView(ReportView):
    """The public pages that this user may edit and whose review is due by today, or by the day that is asked for."""

    model = SitePage
    page_title = "Pages due for review"
    header_icon = "calendar-check"
    index_url_name = "reviews_due"
    index_results_url_name = "reviews_due_results"
    any_permission_required = ["add", "change", "publish"]
    filterset_class = ReviewFilters
    no_results_message = "No page is due for review."
    columns = [
        TitleColumn("title", label="Page", get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])),
        PageTypeColumn("type", label="Type", accessor="page_type_display_name"),
        Column("updated", label="Last updated", accessor="shown_updated_on"),
        Column("next_review_on", label="Review due"),
    ]
    list_export = ["title", "next_review_on"]
    export_headings = {"title": "Page", "next_review_on": "Review due"}

    def get_queryset(self):
        editable = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = SitePage.objects.live().not_type(FolderPage).filter(pk__in=editable.values("pk"))
        return super().get_queryset().order_by("next_review_on", "path")

    def filter_queryset(self, queryset):
        asked = self.filters.is_valid() and self.filters.form.cleaned_data["due_by"]
        return super().filter_queryset(queryset) if asked else queryset.filter(next_review_on__lte=timezone.localdate())


class ReviewsDueMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            ReviewsDueView.page_title,
            reverse_lazy("reviews_due"),
            name="reviews-due",
            icon_name=ReviewsDueView.header_icon,
            order=100,
        )

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


def review_urls() -> list:
    return [
        path("reports/reviews-due/", ReviewsDueView.as_view(), name="reviews_due"),
        path("reports/reviews-due/results/", ReviewsDueView.as_view(results_only=True), name="reviews_due_results"),
    ]
