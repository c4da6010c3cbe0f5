from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField("deficiency", "version", models.PositiveIntegerField(default=0)),
    ]
