"""The questions of a path as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .tables import Chosen, QuestionPath, worded

ERRORS = {"required": _("Choose one answer."), "invalid_choice": _("Choose one of the answers below.")}


class QuestionsForm(forms.Form):
    """What is sent are numbers alone: `q2=3` is the third choice of the second question."""

    def __init__(self, path: QuestionPath, data=None):
        super().__init__(data)
        self.path = path
        for number, question in enumerate(path.questions, 1):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=worded(question.text),
                help_text=worded(question.hint),
                choices=[(str(place), worded(words)) for place, (_key, words) in enumerate(question.choices, 1)],
                widget=forms.RadioSelect,
                error_messages=ERRORS,
            )

    @property
    def chosen(self) -> Chosen:
        """Of a form without errors."""
        return {
            question.key: question.choices[int(self.cleaned_data[f"q{number}"]) - 1][0]
            for number, question in enumerate(self.path.questions, 1)
        }

    def in_words(self) -> list[tuple[str, str]]:
        """(question, what was chosen), of a form without errors."""
        return [(field.label, dict(field.field.choices)[self.cleaned_data[field.name]]) for field in self]
