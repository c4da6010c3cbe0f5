"""A group for whoever signs what is said of help in languages that the site is not translated into; lacare_site/security/roles.py has its role."""

from django.db import migrations


def give(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailadmin", model="admin")
    access, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Language help reviewers")
    group.permissions.add(access)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_signed_reviews"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="languagehelp",
            options={"ordering": ["order", "code"], "verbose_name": "language of help", "verbose_name_plural": "languages of help"},
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
