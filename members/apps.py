from functools import partial

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Members"

    def ready(self):
        from django.core.checks import register

        from lacare_site.casework import registry as casework
        from lacare_site.intake import registry as intake
        from members.content import language_help
        from members.copy_request import kinds as copy_request
        from members.grievance import desk as grievance_desk
        from members.grievance import kinds as grievance
        from members.models import InterpreterCardPage, LanguageHelpPage
        from members.questions import checks, copies, paths
        from pages.contacts import uses
        from pages.content import registry
        from pages.copies import in_place

        registry.page_types |= {"language_help": LanguageHelpPage, "interpreter_card": InterpreterCardPage}
        registry.data_loaders.append(language_help.load)
        casework.register(grievance_desk.CASE_KIND)
        intake.register(grievance.FORM_KIND)
        casework.register(copy_request.CASE_KIND)
        intake.register(copy_request.FORM_KIND)
        register(checks.check_paths)
        for path in paths.PATHS.values():
            in_place.register(path.path, copies.TEMPLATE, partial(copies.known, path))
        uses.NAMED_BY_THE_SITE.extend(
            (line, "the answers of the question paths for members") for line in sorted(paths.lines_named())
        )
