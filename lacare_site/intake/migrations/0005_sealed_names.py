"""The names of files are encrypted."""

from django.db import migrations, models

from lacare_site.sealed_fields import SealedTextField


def seal(apps, schema_editor):
    for file in apps.get_model("intake", "Attachment").objects.iterator():
        file.name = file.plain_name
        file.save(update_fields=["name"])


def unseal(apps, schema_editor):
    for file in apps.get_model("intake", "Attachment").objects.iterator():
        file.plain_name = file.name
        file.save(update_fields=["plain_name"])


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_sealed_deficiencies")]

    operations = [
        migrations.RenameField("attachment", "name", "plain_name"),
        migrations.AddField("attachment", "name", SealedTextField()),
        migrations.AlterField("attachment", "plain_name", models.CharField(default="", max_length=200)),  # for the way back
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("attachment", "plain_name"),
    ]
