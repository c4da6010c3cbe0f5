"""Why a roster cannot be read is kept with its check. Those of old ones are made anew by whoever asks for them."""

from django.db import migrations, models


def forget_unreadable(apps, schema_editor):
    apps.get_model('providers', 'RosterCheck').objects.filter(is_readable=False).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0004_group_permissions'),
    ]

    operations = [
        migrations.RunPython(forget_unreadable, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='rostercheck',
            name='is_readable',
        ),
        migrations.AddField(
            model_name='rostercheck',
            name='obstacle',
            field=models.JSONField(default=list),
        ),
    ]
