"""Forms of the admin."""

from wagtail.admin.forms import WagtailAdminModelForm


class LanguageHelpForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("notice", "card_sentence", "own_name", "unreviewed_note"):
            self.fields[name].widget.attrs["dir"] = "auto"  # Arabic and Farsi are typed from the right
