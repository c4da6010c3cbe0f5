"""What the log of the admin says of accounts: their second step, and which roles they were given."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed
from wagtail.log_actions import LogFormatter, log

ACTIONS = {
    "security.second_step_set_up": ("Set up second step", "Set up an app for the second step of signing in"),
    "security.recovery_codes": ("Made recovery codes", "Made new recovery codes"),
    "security.recovery_code_used": ("Used a recovery code", "Used up a recovery code"),
    "security.second_step_reset": ("Reset second step", "Took the second step of signing in away, to be set up anew"),
}
CHANGES = {"post_add": "added", "post_remove": "removed"}


class RolesFormatter(LogFormatter):
    label = "Change of groups"

    def format_message(self, entry) -> str:
        return "; ".join(
            f"{change.capitalize()}: {', '.join(entry.data[change])}" for change in CHANGES.values() if entry.data.get(change)
        )


def register_actions(actions) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
    actions.register_action("security.groups")(RolesFormatter)


def note_groups(sender, instance, action, reverse, pk_set, **kwargs) -> None:
    """Who was given a role, and by whom, is known afterwards."""
    if action == "pre_clear":
        pk_set, action = set(instance.groups.values_list("pk", flat=True)) if not reverse else set(), "post_remove"
    if reverse or action not in CHANGES or not pk_set:
        return
    names = sorted(Group.objects.filter(pk__in=pk_set).values_list("name", flat=True))
    log(instance, "security.groups", data={CHANGES[action]: names})


def connect() -> None:
    m2m_changed.connect(note_groups, sender=get_user_model().groups.through, dispatch_uid="security.groups")
