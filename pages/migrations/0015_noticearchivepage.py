import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

COLUMNS = ("es", "zh_hant", "ko", "hy", "ru", "tl", "vi", "fa", "km", "ar")


def body(**options):
    return wagtail.fields.StreamField([], blank=True, block_lookup={}, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0014_notices_by_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeArchivePage",
            fields=[
                (
                    "sitepage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="pages.sitepage",
                    ),
                ),
                ("body", body()),
                *[(f"body_{column}", body(null=True)) for column in ("en", *COLUMNS)],
            ],
            options={
                "verbose_name": "notices",
            },
            bases=("pages.sitepage",),
        ),
    ]
