"""What stands in the steps of drafts is encrypted."""

from django.db import migrations

from lacare_site.sealed_fields import SealedJSONField


def seal(apps, schema_editor):
    for step in apps.get_model("intake", "DraftStep").objects.iterator():
        step.data = step.plain
        step.save(update_fields=["data"])


def unseal(apps, schema_editor):
    for step in apps.get_model("intake", "DraftStep").objects.iterator():
        step.plain = step.data
        step.save(update_fields=["plain"])


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_deficiency_version")]

    operations = [
        migrations.RenameField("draftstep", "data", "plain"),
        migrations.AddField("draftstep", "data", SealedJSONField(default=dict)),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("draftstep", "plain"),
    ]
