from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0013_sources_of_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="in_languages",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Only on pages in these languages. Empty: in all.",
                verbose_name="languages",
            ),
        ),
    ]
