"""Editors write what is filed on a declared emergency; moderators may also delete it."""

from django.db import migrations

GIVEN = {"Editors": ("add", "change"), "Moderators": ("add", "change", "delete")}
MODEL = "declaredemergency"


def give(apps, schema_editor):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="pages", model=MODEL)
    for name, actions in GIVEN.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for action in actions:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=kind, codename=f"{action}_{MODEL}", defaults={"name": f"Can {action} declared emergency"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0016_declared_emergencies"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
