"""What Wagtail's two groups may do with the languages of help: Editors write, Moderators also publish and delete."""

from django.db import migrations

MODEL = "languagehelp"
ACTIONS = {"Editors": ("add", "change"), "Moderators": ("add", "change", "publish", "delete")}


def give(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="members", model=MODEL)
    for group_name, actions in ACTIONS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
        for action in actions:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=f"{action}_{MODEL}", defaults={"name": f"Can {action} {MODEL}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
