"""Who among the staff there is: the one table of roles, each a group of that name in the admin.

A role is held by membership alone. Whoever administers the site does not thereby see a case: they would have to give themselves the
role, and the log of the admin says so.
"""

from dataclasses import dataclass

from lacare_site import languages


@dataclass(frozen=True)
class Role:
    group: str  # the group's name; for a role by language, what stands before the language
    may: str
    by_language: bool = False
    on_cases: bool = False

    @property
    def groups(self) -> list[str]:
        """The names of its groups: one, or one for each language that is translated to."""
        if not self.by_language:
            return [self.group]
        return [f"{self.group}: {language.name}" for language in languages.LANGUAGES if language.code != languages.DEFAULT]


EDITOR = Role("Editors", "draft pages, notices, menus and standing texts")
MODERATOR = Role("Moderators", "draft, publish and delete pages, notices and menus; keep telephone numbers and redirects")
PUBLISHER = Role("Publishers", "change and publish pages")
TRANSLATOR = Role("Translators", "draft the texts of one language", by_language=True)
TRANSLATION_REVIEWER = Role("Translation reviewers", "sign off the texts of one language", by_language=True)
LANGUAGE_HELP_REVIEWER = Role("Language help reviewers", "sign off what is said of help in languages that the site does not have")
INTAKE_REVIEWER = Role("Intake reviewers", "read cases and their documents, and work them up to the decision", on_cases=True)
INTAKE_DECISION_MAKER = Role("Intake decision makers", "read cases and their documents, and decide", on_cases=True)
GRIEVANCE_REVIEWER = Role("Grievance reviewers", "read members' grievances and appeals, work them and decide", on_cases=True)
GRIEVANCE_SUPERVISOR = Role(
    "Grievance supervisors", "read them, are told before a deadline is missed, take more time, reopen and hold", on_cases=True
)
PAGE_MAILER = Role("Page mailers", "read members' requests for a page by mail, and send it", on_cases=True)
AUDITOR = Role("Auditors", "read cases and the audit log, and change nothing", on_cases=True)
COMPLIANCE_OFFICER = Role("Compliance officers", "read reports of misconduct that are sealed to them, and work them")
HEAD_COMPLIANCE_OFFICER = Role("Head compliance officers", "do so, and give the work out, shut an officer out, and close")

ROLES = (
    *(EDITOR, MODERATOR, PUBLISHER, TRANSLATOR, TRANSLATION_REVIEWER, LANGUAGE_HELP_REVIEWER),
    *(INTAKE_REVIEWER, INTAKE_DECISION_MAKER, GRIEVANCE_REVIEWER, GRIEVANCE_SUPERVISOR, PAGE_MAILER, AUDITOR),
    *(COMPLIANCE_OFFICER, HEAD_COMPLIANCE_OFFICER),
)


def has(user, *roles: Role) -> bool:
    """Whether `user` holds one of the roles, in any language. Asks the database once per user object."""
    if not user.is_active:
        return False
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return any(not user._group_names.isdisjoint(role.groups) for role in roles)
