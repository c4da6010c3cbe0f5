"""Tags of the templates that show forms."""

from django import forms, template

from lacare_site.intake import shown_forms

register = template.Library()


@register.simple_tag
def form_parts(form: forms.BaseForm) -> list[shown_forms.Part]:
    """`{% form_parts form as parts %}`: `fields` and, for fields that belong together, `group` (legend, hint)."""
    return shown_forms.parts(form)
