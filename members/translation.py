"""Which fields stand in the database once for each language (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from members import models


@register([models.LanguageHelpPage, models.InterpreterCardPage])
class BodyTranslation(TranslationOptions):
    fields = ("body",)
