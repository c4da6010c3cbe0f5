"""The buttons under the form of a page or snippet in one language."""

from wagtail.admin import action_menu as pages_menu
from wagtail.admin.ui.components import Component
from wagtail.snippets import action_menu as snippets_menu

from lacare_site import languages

PUBLISH = (pages_menu.PublishMenuItem, snippets_menu.PublishMenuItem)
SAVE = (pages_menu.SaveDraftMenuItem, snippets_menu.SaveMenuItem)


class PublishLanguageItem(Component):
    """Publishes the form's language and nothing else."""

    template_name = "wagtailadmin/pages/action_menu/publish.html"

    def __init__(self, language: languages.Language):
        self.label = f"Publish {language.name}"

    def get_context_data(self, parent_context):
        # A schedule is that of the English.
        return {"label": self.label, "icon_name": "upload", "is_scheduled": False}


class MinorEditItem(Component):
    """Publishes a change of the English that does not change what it says, such as a comma."""

    template_name = "pages/admin/translations/publish_minor_edit.html"

    def __init__(self, verb: str):
        self.label = f"{verb} a minor edit: translations stay up to date"

    def get_context_data(self, parent_context):
        return {"label": self.label, "icon_name": "upload"}


def language_actions(menu, language: languages.Language, can_edit: bool, is_locked: bool, is_live: bool):
    """Wagtail's menu with what makes sense in this language: for reviewers who only read, nothing."""
    items = [item for item in (menu.default_item, *menu.menu_items) if item]
    publishing = next((item for item in items if isinstance(item, PUBLISH)), None)
    saving = next((item for item in items if isinstance(item, SAVE)), None)
    if not can_edit:
        items = []
    elif language.code == languages.DEFAULT:
        has_drafts = menu.context.get("draftstate_enabled", True)
        if (making_public := publishing if has_drafts else saving) and is_live:
            items.insert(items.index(making_public) + 1, MinorEditItem("Publish" if has_drafts else "Save"))
    elif not is_locked:
        # Workflows, unpublishing and the like concern all languages.
        items = [item for item in (saving, publishing and PublishLanguageItem(language)) if item]
    menu.default_item, menu.menu_items = (items[0], items[1:]) if items else (None, [])
    return menu
