"""The buttons under the form of a page in one language."""

from wagtail.admin.action_menu import ActionMenuItem, PageActionMenu, PublishMenuItem, SaveDraftMenuItem

from lacare_site import languages


class PublishLanguageItem(PublishMenuItem):
    """Publishes the form's language and nothing else."""

    def __init__(self, language: languages.Language, order: int):
        super().__init__(order=order)
        self.label = f"Publish {language.name}"

    def get_context_data(self, parent_context):
        # The schedule of the page is that of its English.
        return super().get_context_data(parent_context) | {"is_scheduled": False}


class PublishMinorEditItem(ActionMenuItem):
    """Publishes a change of the English that does not change what it says, such as a comma."""

    label = "Publish a minor edit: translations stay up to date"
    icon_name = "upload"
    template_name = "pages/admin/translations/publish_minor_edit.html"


def language_actions(menu: PageActionMenu, language: languages.Language, can_edit: bool) -> PageActionMenu:
    """Wagtail's menu with what makes sense in this language: for reviewers who only read, nothing."""
    items = [item for item in (menu.default_item, *menu.menu_items) if item]
    publishing = next((item for item in items if isinstance(item, PublishMenuItem)), None)
    if not can_edit:
        items = []
    elif language.code == languages.DEFAULT:
        if publishing and menu.context["page"].live:
            items.insert(items.index(publishing) + 1, PublishMinorEditItem(order=publishing.order))
    elif not menu.context["locked_for_user"]:
        # Workflows, unpublishing and the like concern the whole page.
        saving = [item for item in items if isinstance(item, SaveDraftMenuItem)]
        items = [*saving, *([PublishLanguageItem(language, publishing.order)] if publishing else [])]
    menu.default_item, menu.menu_items = (items[0], items[1:]) if items else (None, [])
    return menu
