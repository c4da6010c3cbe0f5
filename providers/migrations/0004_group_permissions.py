"""Who among the staff closes the intake and says who is told of a request: decision makers do, reviewers see it."""

from django.db import migrations

MODELS = ("applicationperiod", "topicroute")
ACTIONS = {"Intake decision makers": ("add", "change", "delete", "view"), "Intake reviewers": ("view",)}


def give(apps, schema_editor):
    for model in MODELS:
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="providers", model=model)
        for group_name, actions in ACTIONS.items():
            group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
            for action in actions:
                permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                    content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0003_roster_rows"),
        ("security", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
