"""Wagtail's widgets without the inline scripts that our Content Security Policy forbids.

Choosers and the fields for dates and times start themselves by a script beside them. Allowing those by hash would not do: a row that is added to a
form in the browser brings scripts that no header can have foreseen. So each element says in data attributes what it needs, and
static/admin/widgets.js starts it. InlinePanel does the same in templates/wagtailadmin/panels/inline_panel.html.
"""

import json

from django.utils.html import format_html
from wagtail.admin.widgets import datetime as pickers
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

PICKERS = {
    pickers.AdminDateInput: ("initDateChooser", "django/forms/widgets/date.html"),
    pickers.AdminTimeInput: ("initTimeChooser", "django/forms/widgets/time.html"),
    pickers.AdminDateTimeInput: ("initDateTimeChooser", "django/forms/widgets/datetime.html"),
}


def start_attributes(function: str, *arguments) -> dict[str, str]:
    """Attributes with which static/admin/widgets.js calls or constructs `function` with the element's id and `arguments`."""
    return {
        "data-controller": "site-start",
        "data-site-start-function-value": function,
        "data-site-start-arguments-value": json.dumps(arguments),
    }


def _render_chooser(self, name, value, attrs=None, renderer=None):
    value_data = self.get_value_data(value)
    options = self.get_js_init_options(attrs["id"], name, value_data)
    marks = start_attributes(self.js_constructor, options) | {"data-site-start-target-id-value": attrs["id"]}
    marks_html = format_html(" ".join(f'{mark}="{{}}"' for mark in marks), *marks.values())
    return format_html("<div {}>{}</div>", marks_html, self.render_html(name, value_data, attrs))


def _picker_context(picker, function: str):
    def get_context(self, name, value, attrs):
        attrs = {**self.attrs, **(attrs or {})}
        marks = start_attributes(function, self.get_config())
        marks["data-controller"] += f" {attrs.get('data-controller', '')}"
        return super(picker, self).get_context(name, value, attrs | marks)

    return get_context


def replace() -> None:
    """Called once, when the app starts."""
    BaseChooser.render = _render_chooser
    AdminTaskChooser.js_constructor = "createTaskChooser"  # that one names no class, but writes a call
    for picker, (function, template) in PICKERS.items():
        picker.template_name = template
        picker.get_context = _picker_context(picker, function)
