"""Model fields that several models of this app use."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose blocks stay out of the migrations.

    A page type has its body in eleven languages, so that every change of a block would otherwise write dozens of column changes
    that change no column.
    """

    def deconstruct(self):
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {"blank": kwargs.get("blank", False), "block_lookup": {}}


class KeyListField(models.JSONField):
    """An ordered list of short keys out of `key_choices` (a callable), edited as checkboxes."""

    def __init__(self, *args, key_choices=None, **kwargs):
        self.key_choices = key_choices
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if unknown := set(value) - {key for key, _name in self.key_choices()}:
            raise ValidationError(f"Not among the choices: {', '.join(sorted(unknown))}.")

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.key_choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name.capitalize(),
            help_text=self.help_text,
        )
