from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, SET_NULL

from pages.translations.texts import parts_of


def divide(apps, schema_editor):
    """The English that a text translates stood there as a whole. Which parts of the text are new, the ledger sees at the next change."""
    entries = apps.get_model("pages", "Translation").objects
    for entry in entries.exclude(source_text={}).iterator():
        entry.source_text = parts_of(entry.source_text)
        entry.save(update_fields=["source_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0012_indexes_of_many_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField("translation", "source_hash"),
        migrations.AddField("translation", "part_hashes", models.JSONField(default=dict)),
        migrations.CreateModel(
            "DraftSignature",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_hash", models.CharField(max_length=64)),
                ("reviewed_at", models.DateTimeField()),
                ("reviewer_name", models.CharField(max_length=160)),
                ("qualification", models.CharField(max_length=255)),
                ("source_hash", models.CharField(max_length=64)),
                ("entry", models.OneToOneField(on_delete=CASCADE, related_name="draft_signature", to="pages.translation")),
                (
                    "reviewer",
                    models.ForeignKey(null=True, on_delete=SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(divide, migrations.RunPython.noop),
    ]
