"""What staff ask and senders answer is encrypted."""

from django.db import migrations, models

from lacare_site.sealed_fields import SealedTextField

TEXTS = ("text", "answer")


def seal(apps, schema_editor):
    for asked in apps.get_model("intake", "Deficiency").objects.iterator():
        asked.text, asked.answer = asked.plain_text, asked.plain_answer
        asked.save(update_fields=TEXTS)


def unseal(apps, schema_editor):
    for asked in apps.get_model("intake", "Deficiency").objects.iterator():
        asked.plain_text, asked.plain_answer = asked.text, asked.answer
        asked.save(update_fields=[f"plain_{name}" for name in TEXTS])


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_sealed_steps")]

    operations = [
        *(migrations.RenameField("deficiency", name, f"plain_{name}") for name in TEXTS),
        *(migrations.AddField("deficiency", name, SealedTextField()) for name in TEXTS),
        migrations.AlterField("deficiency", "plain_text", models.TextField(default="")),  # so that the way back can fill it
        migrations.RunPython(seal, unseal),
        *(migrations.RemoveField("deficiency", f"plain_{name}") for name in TEXTS),
    ]
