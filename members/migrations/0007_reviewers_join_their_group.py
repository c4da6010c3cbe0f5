"""Who had the permission of before 0004, by a group or in person, joins the group whose members have the role now; the permission goes."""

from django.db import migrations
from django.db.models import Q


def join(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="members", codename="review_languagehelp"
    )
    users = apps.get_model("auth", "User").objects.filter(
        Q(user_permissions__in=permissions) | Q(groups__permissions__in=permissions)
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Language help reviewers")
    group.user_set.add(*users.distinct())
    permissions.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_copy_requests"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
