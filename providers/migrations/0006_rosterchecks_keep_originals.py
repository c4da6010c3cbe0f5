from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_roster_obstacle")]

    operations = [migrations.AddField("rostercheck", "keeps_original", models.BooleanField(default=True))]
