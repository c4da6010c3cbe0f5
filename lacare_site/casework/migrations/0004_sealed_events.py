"""What people have written of cases is encrypted. The history refuses changes: its triggers are put back after every `migrate`."""

from django.db import migrations

from lacare_site.sealed_fields import SealedTextField

TEXTS = ("reason", "text")


def open_history(apps, schema_editor):
    on_table = " ON casework_caseevent" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS casework_caseevent_no_UPDATE{on_table}")


def seal(apps, schema_editor):
    open_history(apps, schema_editor)
    for event in apps.get_model("casework", "CaseEvent").objects.iterator():
        event.reason, event.text = event.plain_reason, event.plain_text
        event.save(update_fields=TEXTS)


def unseal(apps, schema_editor):
    open_history(apps, schema_editor)
    for event in apps.get_model("casework", "CaseEvent").objects.iterator():
        event.plain_reason, event.plain_text = event.reason, event.text
        event.save(update_fields=[f"plain_{name}" for name in TEXTS])


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_clocks_of_cases")]

    operations = [
        *(migrations.RenameField("caseevent", name, f"plain_{name}") for name in TEXTS),
        *(migrations.AddField("caseevent", name, SealedTextField()) for name in TEXTS),
        migrations.RunPython(seal, unseal),
        *(migrations.RemoveField("caseevent", f"plain_{name}") for name in TEXTS),
    ]
