"""The dialog from which editors choose a telephone line for rich text."""

from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetChosenView

from .models import ContactLine


class ContactLineChosenView(SnippetChosenView):
    def get_chosen_response_data(self, item):
        return super().get_chosen_response_data(item) | {"key": item.key, "number": item.number}


class ContactLineChooserViewSet(SnippetChooserViewSet):
    """Offers the lines in use; answers with the key and the number that static/admin/phone.js puts into the text."""

    chosen_view_class = ContactLineChosenView

    def get_object_list(self):
        return ContactLine.objects.filter(retired=False)
