from django.db import migrations, models


def take_over(apps, schema_editor):
    """Until now the last author stood alone; a version that is signed is the one to count from."""
    entries = apps.get_model("pages", "Translation").objects
    for entry in entries.exclude(changed_by=None):
        entry.writer_ids = [entry.changed_by_id]
        entry.save(update_fields=["writer_ids"])
    entries.exclude(reviewed_at=None).update(signed_hash=models.F("text_hash"))


class Migration(migrations.Migration):
    dependencies = [("pages", "0008_review_asked")]

    operations = [
        migrations.AddField("translation", "signed_hash", models.CharField(blank=True, max_length=64)),
        migrations.AddField("translation", "writer_ids", models.JSONField(blank=True, default=list)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
