"""Where Wagtail finds what this app adds to its admin and to rich text."""

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from pages.admin.emergencies import emergency_urls
from pages.admin.fixed_pages import refuse_to_remove, refuse_to_unpublish, refuse_together
from pages.admin.in_use import refuse_deletion, refuse_unpublishing
from pages.admin.menu import without_image_count, without_images
from pages.admin.notice_board import notice_urls
from pages.admin.reviews import ReviewsDueMenuItem, review_urls
from pages.admin.snippets import TRANSLATED_VIEWSETS, VIEWSETS, ContactLineViewSet
from pages.contacts.rich_text import PhoneEmbedHandler, PhoneToContentState, phone_to_database
from pages.page_reports.admin import PageReportsMenuItem, page_report_urls
from pages.rich_text import GatheredPageLinkHandler
from pages.translations.admin.bulk import refuse_bulk_publishing
from pages.translations.admin.changes import register_log_action
from pages.translations.admin.menu import TranslationsMenuItem, translation_urls
from pages.translations.admin.viewset import SitePageViewSet
from pages.translations.permissions import TranslatedSnippetPolicy
from pages.translations.xliff.views import xliff_urls

for viewset in TRANSLATED_VIEWSETS:
    register_permission_policy(viewset.model, TranslatedSnippetPolicy(viewset.model))
for viewset in VIEWSETS:
    register_snippet(viewset)


@hooks.register("register_rich_text_features", order=10)
def register_rich_text(features):
    features.register_link_type(GatheredPageLinkHandler)
    features.register_embed_type(PhoneEmbedHandler)
    features.register_editor_plugin(
        "draftail",
        "phone",
        draftail_features.EntityFeature(
            {
                "type": "PHONE",
                "icon": "mobile-alt",
                "description": "Telephone number",
                "chooserUrls": {"contactLineChooser": reverse_lazy(ContactLineViewSet.chooser_url_name)},
            },
            js=["wagtailadmin/js/chooser-modal.js", "admin/phone.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "phone",
        {
            "from_database_format": {'embed[embedtype="phone"]': PhoneToContentState()},
            "to_database_format": {"entity_decorators": {"PHONE": phone_to_database}},
        },
    )


@hooks.register("register_admin_viewset")
def page_views():
    return SitePageViewSet()


@hooks.register("insert_global_admin_js")
def widgets_script():
    return format_html('<script src="{}"></script>', static("admin/widgets.js"))


@hooks.register("insert_global_admin_css")
def admin_stylesheet():
    sheets = [[static(f"admin/{name}.css")] for name in ("admin", "translations", "notices")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


hooks.register("register_admin_urls", translation_urls)
hooks.register("register_admin_urls", xliff_urls)
hooks.register("register_admin_urls", review_urls)
hooks.register("register_log_actions", register_log_action)
hooks.register("register_admin_urls", notice_urls)
hooks.register("register_admin_urls", emergency_urls)
hooks.register("register_admin_urls", page_report_urls)
hooks.register("register_reports_menu_item", PageReportsMenuItem)
hooks.register("register_reports_menu_item", ReviewsDueMenuItem)
hooks.register("register_admin_menu_item", TranslationsMenuItem)
hooks.register("before_bulk_action", refuse_bulk_publishing)
hooks.register("before_bulk_action", refuse_together)
hooks.register("before_move_page", refuse_to_remove)
hooks.register("before_delete_page", refuse_to_remove)
hooks.register("before_unpublish_page", refuse_to_unpublish)
hooks.register("before_delete_snippet", refuse_deletion)
hooks.register("before_unpublish", refuse_unpublishing)
hooks.register("construct_main_menu", without_images)
hooks.register("construct_homepage_summary_items", without_image_count)
