from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [migrations.AddField("tombstone", "halted_days", models.PositiveIntegerField(default=0))]
