from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members"

    def ready(self):
        from lacare_site.casework import registry as casework
        from lacare_site.intake import registry as intake
        from members.content import language_help
        from members.grievance import desk as grievance_desk
        from members.grievance import kinds as grievance
        from members.models import InterpreterCardPage, LanguageHelpPage
        from pages.content import registry

        registry.page_types |= {"language_help": LanguageHelpPage, "interpreter_card": InterpreterCardPage}
        registry.data_loaders.append(language_help.load)
        casework.register(grievance_desk.CASE_KIND)
        intake.register(grievance.FORM_KIND)
