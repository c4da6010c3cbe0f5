"""The text of a filing, as it was when it was filed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0018_page_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="declaredemergency",
            name="filed_text",
            field=models.TextField(blank=True, editable=False),
        ),
    ]
