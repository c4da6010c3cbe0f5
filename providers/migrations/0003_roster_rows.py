"""Checks of rosters are made anew by whoever asks for one: the table begins empty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '__first__'),
        ('providers', '0002_application'),
    ]

    operations = [
        migrations.DeleteModel(name='RosterCheck'),
        migrations.CreateModel(
            name='RosterCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_corrected', models.BooleanField(default=False)),
                ('is_readable', models.BooleanField(default=True)),
                ('headings', models.JSONField(default=list)),
                ('expected', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='roster_check', to='intake.attachment')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RosterRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('cells', models.JSONField()),
                ('faults', models.JSONField(default=list)),
                ('fault_count', models.PositiveSmallIntegerField(default=0)),
                ('place', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_removed', models.BooleanField(default=False)),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='providers.rostercheck')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(models.F('roster'), models.F('place'), name='roster_row_place')],
                'constraints': [models.UniqueConstraint(fields=('roster', 'number'), name='roster_row_once')],
            },
        ),
    ]
