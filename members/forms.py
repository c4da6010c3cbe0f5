"""Forms of the admin."""

from wagtail.admin.forms import WagtailAdminModelForm

TEXTS = {"notice", "card_sentence"}
REVIEW = {"reviewed_on", "reviewer", "qualification"}


class LanguageHelpForm(WagtailAdminModelForm):
    """A review is of the words that the reviewer has read: a change of the words alone takes it away."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*TEXTS, "own_name", "unreviewed_note"):
            self.fields[name].widget.attrs["dir"] = "auto"  # Arabic and Farsi are typed from the right

    def _post_clean(self):
        super()._post_clean()
        changed = set(self.changed_data)
        if self.instance.pk and changed & TEXTS and not changed & REVIEW:
            self.instance.forget_review()
