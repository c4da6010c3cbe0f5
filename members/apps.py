from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members"

    def ready(self):
        from members.content import language_help
        from members.models import InterpreterCardPage, LanguageHelpPage
        from pages.content import registry

        registry.page_types |= {"language_help": LanguageHelpPage, "interpreter_card": InterpreterCardPage}
        registry.data_loaders.append(language_help.load)
