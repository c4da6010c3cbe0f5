"""The group of those who send pages by mail to whoever asks for that. They open the admin; what they may do there is asked of lacare_site/security/roles.py."""

from django.db import migrations


def give(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Page mailers")
    group.permissions.add(access)


class Migration(migrations.Migration):
    dependencies = [("security", "0004_grievance_supervisors")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
